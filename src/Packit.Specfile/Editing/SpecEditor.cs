using System.Text.RegularExpressions;

namespace Packit.Specfile;

/// <summary>
/// Carries out a <see cref="SpecUpdate"/>, in the order merge, pre-release macro, version and release, changelog; each step on the
/// text that the step before left.
/// </summary>
internal sealed class SpecEditor(SpecUpdate update)
{
    private const int MaximumChangelog = 64 * 1024;
    private const int MaximumAuthor = 256;

    public SpecUpdateResult Apply()
    {
        string version;
        bool isPrerelease;
        try
        {
            if (Shape(update.Version) is { } shape)
            {
                return Refuse(SpecProblems.VersionInvalid, shape);
            }

            (version, isPrerelease) = PrereleaseSuffix.Apply(update.Version, update.PrereleaseSuffixPattern);
        }
        catch (RegexMatchTimeoutException)
        {
            return Refuse(SpecProblems.PrereleasePatternTimeout, "The pattern of pre-release suffixes takes too long; simplify prerelease_suffix_pattern.");
        }

        if (VersionGrammar.Problem(version) is { } invalid)
        {
            return Refuse(SpecProblems.VersionInvalid, invalid);
        }

        if (EntryProblem() is { } entry)
        {
            return Refuse(SpecProblems.ChangelogInvalid, entry);
        }

        var upstream = SpecFile.Parse(update.UpstreamSpec);
        var distGit = update.DistGitSpec is not { } bytes || bytes.Span.SequenceEqual(update.UpstreamSpec.Span) ? upstream : SpecFile.Parse(bytes);
        return (upstream.Problem ?? distGit.Problem) is { } problem
            ? new SpecUpdateResult.Refused(problem)
            : Edit(upstream, distGit, version, isPrerelease);
    }

    private SpecUpdateResult Edit(SpecFile upstream, SpecFile distGit, string version, bool isPrerelease)
    {
        var upstreamState = new SpecInterpreter(upstream, update.Macros).Run();
        var upstreamReading = upstreamState.ToReading();
        var distGitState = ReferenceEquals(distGit, upstream) ? upstreamState : new SpecInterpreter(distGit, update.Macros).Run();
        var distGitReading = ReferenceEquals(distGit, upstream) ? upstreamReading : distGitState.ToReading();
        var release = ReleaseRule.Choose(
            distGitReading,
            upstreamReading,
            upstreamReading.Version.TextOrNull is { } present && (present == version || present == update.Version),
            SameRelease(distGitState, upstreamState));

        var merged = ReferenceEquals(distGit, upstream) ? upstream : SpecMerge.Merge(upstream, distGit);
        var state = ReferenceEquals(merged, upstream) ? upstreamState : new SpecInterpreter(merged, update.Macros).Run();
        if (update.PrereleaseSuffixMacro is { Length: > 0 } macro
            && DefinitionComment.ForPrerelease(merged, state, macro, isPrerelease) is { } comment)
        {
            merged = SpecFile.FromText(TextEdit.Apply(merged.Content.Text, [comment]));
            state = new SpecInterpreter(merged, update.Macros).Run();
        }

        if (Tags(state, release is not null) is { } absent)
        {
            return new SpecUpdateResult.Refused(absent);
        }

        var edits = new VersionEdit(merged, state).Edits(state.RawTag("version")!, version);
        if (release is not null && state.RawTag("release") is { } tag && tag.Value != SpecText.Encode(release))
        {
            edits.Add(new TextEdit(tag.Range, SpecText.Encode(release)));
        }

        var edited = SpecFile.FromText(TextEdit.Apply(merged.Content.Text, edits));
        var after = new SpecInterpreter(edited, update.Macros).Run();
        var before = ReferenceEquals(state, upstreamState) ? upstreamReading : state.ToReading();
        var reading = after.ToReading();
        if (SpecProof.Compare(edited, before, reading, version, release ?? before.RawRelease ?? "") is { } problem)
        {
            return new SpecUpdateResult.Refused(problem);
        }

        return Record(edited, after, reading, update.DistGitSpec is null ? null : distGitReading);
    }

    /// <summary>Adds the changelog entry, unless the spec has no changelog, rpmautospec makes it, or dist-git has it.</summary>
    private SpecUpdateResult Record(SpecFile edited, SpecInterpreter state, SpecReading reading, SpecReading? before)
    {
        var sections = edited.Sections.Where(static section => section.IsChangelog).ToList();
        if (sections.Count == 0 || reading.UsesAutochangelog)
        {
            return new SpecUpdateResult.Edited(edited.ToBytes(), before, reading);
        }

        if (sections.Count > 1)
        {
            var second = sections[1].HeaderLine;
            return new SpecUpdateResult.Refused(SpecProblems.ChangelogUnclear, "The spec has a second %changelog section; remove one of them.", second, edited.Line(second));
        }

        if (!TryEvr(edited, state, reading, out var evr, out var problem))
        {
            return new SpecUpdateResult.Refused(problem!);
        }

        var headers = ChangelogInsertion.Headers(edited.Content, sections[0]);
        if (before is not null && headers is [var newest, ..] && newest.TrimEnd().EndsWith(" " + evr, StringComparison.Ordinal))
        {
            // The branch has this release and says so: a repetition adds nothing.
            return new SpecUpdateResult.Edited(edited.ToBytes(), before, reading);
        }

        var header = ChangelogText.Header(headers, update.Date, update.Time, SpecText.Encode(ChangelogText.Sanitize(update.Author)), evr);
        var text = update.ChangelogText ?? $"- Update to version {update.Version}";
        text = ChangelogText.Sanitize(text.ReplaceLineEndings("\n").TrimEnd('\n', ' ', '\t'));
        var insertion = ChangelogInsertion.At(edited, sections[0], header, SpecText.Encode(text));
        var final = SpecFile.FromText(TextEdit.Apply(edited.Content.Text, [insertion]));
        if (SpecProof.CompareSections(edited, final) is { } broken)
        {
            return new SpecUpdateResult.Refused(broken);
        }

        // The entry is no macro, so that only the lines behind it have another number now.
        var isLast = edited.Sections[^1].IsChangelog;
        return new SpecUpdateResult.Edited(final.ToBytes(), before, isLast ? reading : final.Read(update.Macros));
    }

    private bool TryEvr(SpecFile spec, SpecInterpreter state, SpecReading reading, out string evr, out SpecProblem? problem)
    {
        evr = "";
        problem = null;
        if (reading.Epoch is SpecValue.Unknown epoch)
        {
            problem = new SpecProblem(SpecProblems.EpochComputed, $"The changelog entry needs the epoch, which is not known: {epoch.Reason}.", epoch.Line, epoch.LineText);
            return false;
        }

        var release = Release(spec, state, reading);
        if (release is SpecValue.Unknown unknown)
        {
            problem = new SpecProblem(
                SpecProblems.ReleaseComputed,
                $"The changelog entry needs the release, which is not known: {unknown.Reason}. Write the release as text.",
                unknown.Line,
                unknown.LineText);
            return false;
        }

        evr = $"{(reading.Epoch.TextOrNull is { } number ? number + ":" : "")}{reading.Version.TextOrNull}-{release.TextOrNull}";
        return true;
    }

    /// <summary>The release without the dist tag; the first one where rpmautospec counts them.</summary>
    private SpecValue Release(SpecFile spec, SpecInterpreter state, SpecReading reading)
    {
        if (reading.UsesAutorelease)
        {
            return new SpecValue.Known("1");
        }

        if (state.RawTag("release")?.Value == ReleaseRule.Reset)
        {
            return new SpecValue.Known("1");
        }

        return new SpecInterpreter(spec, update.Macros.With("dist", "")).Run().Tag("release");
    }

    private static bool SameRelease(SpecInterpreter distGit, SpecInterpreter upstream)
    {
        var (ours, theirs) = (distGit.RawTag("release")?.Value ?? "", upstream.RawTag("release")?.Value ?? "");
        if (ReferenceEquals(distGit, upstream) || ours == theirs)
        {
            return true;
        }

        return distGit.Value(ReleaseRule.WithoutDist(ours), -1) is SpecValue.Known left
            && upstream.Value(ReleaseRule.WithoutDist(theirs), -1) is SpecValue.Known right
            && left.Text == right.Text;
    }

    private static SpecProblem? Tags(SpecInterpreter state, bool needsRelease)
    {
        if (state.RawTag("version") is null)
        {
            return state.Tag("version") is SpecValue.Unknown unknown
                ? new SpecProblem(SpecProblems.VersionComputed, $"The version is only known by running the spec: {unknown.Reason}.", unknown.Line, unknown.LineText)
                : new SpecProblem(SpecProblems.VersionAbsent, "The spec has no Version tag before its first section; add one.", 0, "");
        }

        return needsRelease && state.RawTag("release") is null
            ? new SpecProblem(SpecProblems.ReleaseAbsent, "The spec has no Release tag before its first section; add one.", 0, "")
            : null;
    }

    private string? EntryProblem()
    {
        if (string.IsNullOrWhiteSpace(update.Author) || update.Author.Length > MaximumAuthor || update.Author.Any(char.IsControl))
        {
            return $"The author of the changelog entry is to be one line of 1 to {MaximumAuthor} characters: Name <address>.";
        }

        if (update.ChangelogText is { } text && (text.Length > MaximumChangelog || text.Any(static c => char.IsControl(c) && c is not ('\n' or '\r' or '\t'))))
        {
            return $"The text of the changelog entry is to have at most {MaximumChangelog} characters and no control characters.";
        }

        return update.ChangelogText is not null && string.IsNullOrWhiteSpace(update.ChangelogText)
            ? "The text of the changelog entry is empty."
            : null;
    }

    /// <summary>What is refused before the pre-release pattern sees it.</summary>
    private static string? Shape(string version)
    {
        if (version.Length is 0 or > VersionGrammar.MaximumLength || version.Any(static c => char.IsControl(c) || char.IsWhiteSpace(c) || c == '%'))
        {
            return VersionGrammar.Problem(version) ?? "The version has blanks, line ends or percent signs, which no RPM version may have.";
        }

        return null;
    }

    private static SpecUpdateResult.Refused Refuse(string code, string message) => new(code, message, 0, "");
}
