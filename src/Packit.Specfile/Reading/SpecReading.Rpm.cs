namespace Packit.Specfile;

/// <summary>What a reading without execution lacks, and how rpm's own reading fills it in.</summary>
public sealed partial record SpecReading
{
    private const int MaximumValue = 2048;

    /// <summary>
    /// The first thing that who packages a release has to know and that only a run of rpm could tell: name, version, release, epoch,
    /// a source or a patch, or whether there are more of them. Null when there is no such thing.
    /// </summary>
    public SpecValue.Unknown? Missing => Unknowns().FirstOrDefault();

    /// <summary>
    /// This reading with what is unknown in it taken from what rpm made of the same spec. What is known here stays: the spec's own code had
    /// no part in it. Values of rpm that still hold macros, or cannot be values at all, are not taken.
    /// </summary>
    /// <param name="rpm">The reading of the text that <c>rpmspec --parse</c> prints for this spec.</param>
    public SpecReading Completed(SpecReading rpm)
    {
        ArgumentNullException.ThrowIfNull(rpm);
        return Missing is null ? this : this with
        {
            Name = Taken(Name, rpm.Name, rpm.RawName),
            Version = Taken(Version, rpm.Version, rpm.RawVersion),
            Release = Taken(Release, rpm.Release, rpm.RawRelease),
            Epoch = Taken(Epoch, rpm.Epoch, rpm.RawEpoch),
            UnreadLine = null,
            Sources = Taken(Sources, rpm.Sources),
            Patches = Taken(Patches, rpm.Patches),
        };
    }

    private IEnumerable<SpecValue.Unknown> Unknowns()
    {
        foreach (var value in new[] { Name, Version, Release, Epoch })
        {
            if (value is SpecValue.Unknown unknown)
            {
                yield return unknown;
            }
        }

        foreach (var source in Sources.Concat(Patches))
        {
            if (source is { IsValid: true, Location: SpecValue.Unknown unknown })
            {
                yield return unknown;
            }
            else if (source.IsUncertain)
            {
                yield return new SpecValue.Unknown("depends on a condition that cannot be decided", source.Line, source.RawLocation);
            }
        }

        if (UnreadLine is not null)
        {
            yield return UnreadLine;
        }
    }

    private static SpecValue Taken(SpecValue own, SpecValue rpm, string? raw) => (own, rpm) switch
    {
        (SpecValue.Unknown, SpecValue.Known known) when IsPlain(known.Text, raw) => known,
        (SpecValue.Unknown, SpecValue.Absent) => rpm,
        _ => own,
    };

    private List<SpecSource> Taken(IReadOnlyList<SpecSource> own, IReadOnlyList<SpecSource> rpm)
    {
        List<SpecSource> taken = [];
        foreach (var source in own)
        {
            var found = rpm.FirstOrDefault(other => other.Number == source.Number);
            var located = found is { Location: SpecValue.Known known } && IsPlain(known.Text, found.RawLocation)
                ? source with { Location = found.Location, FileName = found.FileName, IsUrl = found.IsUrl }
                : source;
            var next = source.Location is SpecValue.Unknown ? located : source;
            taken.Add(!source.IsUncertain ? next
                : found is not null && CanBe(source.Location, found.Location) ? next with { IsUncertain = false, IsValid = true }
                : source with { IsUncertain = false, IsValid = false });
        }

        if (UnreadLine is not null || own.Any(static source => source.IsUncertain))
        {
            taken.AddRange(rpm
                .Where(other => other.Location is SpecValue.Known known && IsPlain(known.Text, other.RawLocation) && !taken.Exists(source => source.IsValid && source.Number == other.Number))
                .Select(static other => other with { Line = 0 }));
        }

        return taken;
    }

    /// <summary>Whether rpm's location can be that of a tag: of two with one number under one condition, one is not.</summary>
    private static bool CanBe(SpecValue own, SpecValue rpm) => rpm is SpecValue.Known { Text: var text }
        && (own.TextOrNull ?? (own as SpecValue.Unknown)?.Partial) is { } known
        && (known == text || known.Contains('%', StringComparison.Ordinal));

    /// <summary>A value that a tag can have: printable, and with no macro left in it beside the escapes of a URL.</summary>
    private static bool IsPlain(string text, string? raw)
    {
        if (text.Length is 0 or > MaximumValue || text.Any(static c => char.IsControl(c) || char.IsWhiteSpace(c)))
        {
            return false;
        }

        for (var at = raw?.IndexOf('%', StringComparison.Ordinal) ?? -1; at >= 0; at = raw!.IndexOf('%', at + 1))
        {
            if (at + 2 >= raw!.Length || !char.IsAsciiDigit(raw[at + 1]) || !char.IsAsciiHexDigit(raw[at + 2]))
            {
                return false;
            }
        }

        return true;
    }
}
