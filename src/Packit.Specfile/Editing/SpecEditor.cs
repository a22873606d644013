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
            Completed(upstream, upstreamReading).Version.TextOrNull is { } present && (present == version || present == update.Version),
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
        var problem = SpecProof.Compare(edited, before, reading, version, release ?? before.RawRelease ?? "")
            ?? SpecProof.CompareText(merged, edited, edits)
            ?? SpecProof.CompareConditions(merged, state, edited, after);
        if (problem is not null)
        {
            return new SpecUpdateResult.Refused(problem);
        }

        var completed = Completed(edited, reading);
        var missing = reading.Missing;
        return new ChangelogStep(update).Apply(edited, after, completed, update.DistGitSpec is null ? null : distGitReading) with
        {
            Missing = missing, Question = missing is null ? null : (ReadOnlyMemory<byte>?)edited.ToBytes(),
        };
    }

    /// <summary>A reading with what rpm says of the same spec, where it is needed and known.</summary>
    private SpecReading Completed(SpecFile spec, SpecReading reading) =>
        reading.Missing is not null && update.RpmReading?.Invoke(spec.ToBytes()) is { } rpm ? reading.Completed(rpm) : reading;

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
            return (state.Tag("version") as SpecValue.Unknown ?? state.UnreadLine) is { } unknown
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
