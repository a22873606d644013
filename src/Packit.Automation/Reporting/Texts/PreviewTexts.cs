using System.Globalization;
using System.Text;

namespace Packit.Automation.Reporting.Texts;

/// <summary>
/// What a preview says. The sentences are plain text: whoever shows them escapes them for the place where they are shown.
/// </summary>
public static class PreviewTexts
{
    private const int EntryCap = 4000;

    public const string TimeIsUp = "The time for one preview was over before this was known. Ask again, or look at it by hand.";

    public const string OnlyTheServiceKnows = "Only the running service knows; ask there by a comment.";

    public const string MatchesWithATag = "The job is for releases; whether it is for this one shows when its tag is known.";

    public const string NoTag = "The tag of the release is not known. Name it with --tag.";

    public const string DescriptionToCome =
        "The changelog will hold the text of the release ('copy_upstream_release_description'), which is not known before it is published.";

    public static string NeverEnded(int preview) => string.Create(
        CultureInfo.InvariantCulture, $"It was begun several times and did not come to an end; the service's operators were told. Reference: preview {preview}");

    /// <summary>What is told while an outage is waited out.</summary>
    public static string Waits(string problem, DateTimeOffset next, DateTimeOffset until) =>
        $"It waits for the end of an outage: {problem.TrimEnd('.')}. It is tried again at {ProposeDownstreamTexts.Instant(next)}, and until {ProposeDownstreamTexts.Instant(until)}.";

    public static string NotMade(string why) => $"{why} Ask again later with the same command.";

    public const string NobodyIsAsked = "This deployment proposes without asking packagers.";

    public static string NamedInDistGit(string package) => $"The configuration of {package} in dist-git names this project.";

    public static string Asks(string package) =>
        $"Its pull request would ask the packagers of {package} whether they agree; until one of them does, no source is uploaded.";

    public static string BranchAgreementUnknown(string why) => $"Whether the packagers agree for this branch is not known: {why}";

    public static string NotApproved(string why) => $"The project is not let through: {why}";

    public static string NoPackage(string package) => $"The package config has no package '{Clip(package)}'.";

    public static string NoRef(string name) => $"'{Clip(name)}' is not a name of a branch or tag. Name a branch, a tag, a whole commit id, or pull/NUMBER/head.";

    public static string RefMissing(string repository, string asked) =>
        $"{repository} has no '{Clip(asked)}'. Name a branch, a tag, a whole commit id, or pull/NUMBER/head.";

    public static string RepositoryMissing(string repository) =>
        $"{repository} is not a git repository, or not a public one. Check the address: it is the one that git clones from.";

    public static string NoTagName(string tag) => $"'{Clip(tag)}' cannot be the name of a tag. Name another one with --tag.";

    public static string NoSpecForTag(string path) =>
        $"The spec file '{path}' does not exist in this commit, so the version is not known. Correct 'specfile_path', or name the tag with --tag.";

    public static string NoVersionForTag(string path) =>
        $"The version in '{path}' cannot be told without running code. Name the tag with --tag.";

    public static string TagAndBranch(string name) =>
        $"'{Clip(name)}' is a tag and a branch; this is the tag. For the branch ask for refs/heads/{Clip(name)}.";

    public static string BuiltInAliases(DateOnly day) => string.Create(
        CultureInfo.InvariantCulture, $"Bodhi did not list its releases; what aliases such as fedora-all mean is taken from the list of {day:yyyy-MM-dd}.");

    public static string TagIsThere(string tag) => $"The tag {Clip(tag)} is there already, at this commit.";

    public static string TagIsElsewhere(string tag, string commit) =>
        $"The tag {Clip(tag)} is there already, at another commit ({commit[..8]}). A release of this commit needs another tag.";

    public static string DefaultBranchUnknown(string taken, string why) =>
        $"dist-git did not tell its default branch; {taken} is taken for it. {why}";

    public static string MoreBranches(int count) => string.Create(
        CultureInfo.InvariantCulture, $"{count} more branches are configured and were not looked at.");

    public static string PullRequestsUnknown(string why) => $"Whether there are open pull requests to this branch is not known: {why}";

    public static string ForkUnknown(string why) => $"Whether the working branch holds commits of others is not known: {why}";

    public static string OffersUnknown(string why) => $"Whether other branches are offered the same change is not known: {why}";

    public static string SameVersion(string branch, string version) =>
        $"{branch} has version {version} already; only what else differs would be proposed.";

    public static string TooManySources(int most) => string.Create(
        CultureInfo.InvariantCulture, $"Only the first {most} sources of a branch are looked at.");

    public static string NotBuilt(string nvr) => $"{nvr} is not built yet.";

    public static string IsBuilt(string nvr, bool isRunning) => isRunning
        ? $"{nvr} is being built already; a second build of the same name would be refused."
        : $"{nvr} is built already; a build of the proposed change would be refused. It needs another release number.";

    public static string BuildEnded(string nvr, string state) => $"An earlier build of {nvr} is {state}; it can be built again.";

    public static string NoUpdate(string nvr) => $"No update holds {nvr}.";

    public static string HasUpdate(string nvr, string alias, string status) => $"The update {alias} ({status}) holds {nvr} already.";

    /// <summary>The first entry of a changelog that is a file of its own.</summary>
    public static string? FirstEntry(ReadOnlyMemory<byte> file)
    {
        var lines = Encoding.UTF8.GetString(file.Span[..Math.Min(file.Length, EntryCap)]).Split('\n').SkipWhile(static line => !line.StartsWith('*')).ToList();
        var end = lines.FindIndex(1 < lines.Count ? 1 : 0, static line => line.StartsWith('*'));
        var entry = string.Join('\n', lines.Take(end > 0 ? end : lines.Count)).TrimEnd();
        return entry.Length == 0 ? null : entry;
    }

    private static string Clip(string text)
    {
        const int Longest = 120;
        text = MarkdownText.Visible(text).ReplaceLineEndings(" ").Trim();
        return text.Length <= Longest ? text : text[..Longest] + "…";
    }
}
