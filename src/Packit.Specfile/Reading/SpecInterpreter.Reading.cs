using System.Globalization;

namespace Packit.Specfile;

/// <summary>What the walk found, as values for readers.</summary>
internal sealed partial class SpecInterpreter
{
    public SpecReading ToReading() => new()
    {
        Name = Tag("name"),
        Version = Tag("version"),
        Release = Tag("release"),
        Epoch = Tag("epoch"),
        RawName = Raw("name"),
        RawVersion = Raw("version"),
        RawRelease = Raw("release"),
        RawEpoch = Raw("epoch"),
        UsesAutorelease = RawTag("release") is { } release && MacroReference.IsIn(release.Value, "autorelease"),
        UsesAutochangelog = UsesAutochangelog(),
        UnreadLine = UnreadLine,
        Sources = Sources("source", "sourcelist"),
        Patches = Sources("patch", "patchlist"),
    };

    /// <summary>The tag as written that applies: the first in a branch that counts, else the first of all.</summary>
    public SpecTag? RawTag(string name)
    {
        SpecTag? first = null;
        foreach (var tag in _spec.Tags)
        {
            if (tag.Is(name))
            {
                if (IsReached(tag.Line - 1))
                {
                    return tag;
                }

                first ??= tag;
            }
        }

        return first;
    }

    /// <summary>What a tag comes to; for a tag that nothing refers to yet, as far as it is known at its line.</summary>
    public SpecValue Tag(string name)
    {
        foreach (var tag in _effective)
        {
            if (tag.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return Known(tag.Value, tag.Line, tag.Undefined);
            }
        }

        if (_spec.Problem is { } problem)
        {
            return new SpecValue.Unknown(problem.Message, 0, "");
        }

        return _undecidedTags.TryGetValue(name, out var piece)
            ? new SpecValue.Unknown(piece.Reason, piece.Line + 1, _spec.Content.Shown(piece.Line)) { Partial = SpecText.Decode(piece.Written) }
            : SpecValue.Absent.Instance;
    }

    private string? Raw(string name) => RawTag(name) is { } tag ? SpecText.Decode(tag.Value).TrimEnd() : null;

    private bool UsesAutochangelog()
    {
        foreach (var section in _spec.Sections)
        {
            if (section.IsChangelog && ChangelogText.UsesAutochangelog(_spec.Content, section))
            {
                return true;
            }
        }

        return false;
    }

    private List<SpecSource> Sources(string kind, string list)
    {
        var sources = new List<SpecSource>();
        var number = -1;
        var written = new HashSet<int>();
        foreach (var tag in _spec.Tags.Where(tag => IsKind(tag.Name, kind)))
        {
            number = SourceNumber(tag.Name, number);
            written.Add(tag.Line - 1);
            sources.Add(Source(number, tag.Value, tag.Line - 1, IsReached(tag.Line - 1)));
        }

        // Sources that only a macro writes have no tag in the text.
        foreach (var tag in _effective.Where(tag => IsKind(tag.Name, kind) && !written.Contains(tag.Line)))
        {
            number = SourceNumber(tag.Name, number);
            sources.Add(Source(number, tag.Value, tag.Line, valid: true));
        }

        foreach (var section in _spec.Sections.Where(section => section.Name == list))
        {
            for (var line = section.FirstLine - 1; line < section.FirstLine - 1 + section.LineCount; line++)
            {
                var text = _spec.Content.Line(line).Trim();
                if (!text.IsEmpty && text[0] != '#' && !text.StartsWith("%if") && !text.StartsWith("%el") && !text.StartsWith("%endif"))
                {
                    sources.Add(Source(++number, text.ToString(), line, _listed.Contains((section, line))));
                }
            }
        }

        return sources;
    }

    private SpecSource Source(int number, string raw, int line, bool valid)
    {
        // Where the line itself is read, later macros are not known yet; who uses the source sees them all.
        var effective = _effectiveAt.GetValueOrDefault(line);
        var location = effective is { Undefined: null } ? Known(effective.Value, line, null) : Value(raw, line);
        var text = location.TextOrNull;
        var name = text is null ? null : SourceName.Of(text);
        return new SpecSource
        {
            Number = number,
            RawLocation = SpecText.Decode(_unknown.Written(raw)).TrimEnd(),
            Location = location,
            FileName = string.IsNullOrEmpty(name) ? null : name,
            IsUrl = text is not null && SourceName.IsUrl(text),
            IsValid = valid,
            IsUncertain = _undecidedLines.Contains(line),
            Line = line + 1,
        };
    }

    private static bool IsKind(ReadOnlySpan<char> name, string kind) =>
        name.StartsWith(kind, StringComparison.OrdinalIgnoreCase) && !name[kind.Length..].ContainsAnyExceptInRange('0', '9');

    private static int SourceNumber(string name, int previous)
    {
        var digits = name.AsSpan().TrimStart("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");
        return digits.IsEmpty
            ? previous + 1
            : int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : int.MaxValue - 1;
    }
}
