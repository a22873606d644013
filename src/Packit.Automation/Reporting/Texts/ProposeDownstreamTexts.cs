using System.Text;
using Packit.Automation.Failures;

namespace Packit.Automation.Reporting.Texts;

/// <summary>What people read about a release on its way to dist-git. The quoted phrases are those of the established service.</summary>
public static class ProposeDownstreamTexts
{
    public const string CheckPrefix = "propose-downstream";
    public const string Accepted = "The task was accepted.";
    public const string Starting = "Starting propose downstream...";
    public const string Finished = "Propose downstream finished successfully.";
    public const string ArchiveAwaited =
        "Propose downstream is being retried because we were not able yet to download the archive.";

    private const int QuoteLength = 400;

    /// <summary>Name of the check of a branch; the identifier tells packages of one repository apart.</summary>
    public static string CheckName(string branch, string? identifier) =>
        identifier is null ? $"{CheckPrefix}:{branch}" : $"{CheckPrefix}:{branch}:{identifier}";

    public static string Failed(string reason) => $"Propose downstream failed: {reason}";

    /// <summary>A branch that is left alone on purpose is not a failure, so it is not called one.</summary>
    public static string Skipped(string reason) => $"Propose downstream skipped: {reason}";

    /// <summary>The title while something is waited for: what, and when it is tried again.</summary>
    public static string Waiting(string? failureCode, DateTimeOffset next, int attempt, int attempts)
    {
        if (failureCode == FailureCodes.RemoteLimit)
        {
            return $"Propose downstream is delayed because a service asked to slow down. It goes on at {Instant(next)}.";
        }

        var what = failureCode == FailureCodes.ArchiveNotThere
            ? ArchiveAwaited
            : "Propose downstream is being retried because a service did not answer as it should.";
        return OutagePatience.IsOutage(failureCode)
            ? $"{what} Next attempt at {Instant(next)}."
            : $"{what} Next attempt ({attempt} of {attempts}) at {Instant(next)}.";
    }

    public static string Downgrade(string present, string proposed) =>
        $"Downstream specfile version {present} is higher than the version to propose ({proposed}). Skipping the update.";

    public static string NewerProposed(string newer, string url, string proposed) =>
        $"The open pull request {url} proposes version {newer}, which is higher than {proposed}. Skipping the update.";

    public static string NothingToDo(string branch, string version) =>
        $"Branch {branch} already holds everything of version {version}; there is nothing to propose.";

    public static string BranchMissing(string branch, string package) =>
        $"Branch '{branch}' does not exist in dist-git of {package}. Request the branch, or correct 'dist_git_branches' in the package config.";

    public static string PackageMissing(string url) =>
        $"The dist-git repository {url} does not exist. Check 'downstream_package_name' in the package config.";

    public static string UpstreamSpecMissing(string path, string tag) =>
        $"The spec file '{path}' does not exist at tag {tag}. Correct 'specfile_path' in the package config and make a new release.";

    public static string LocalSourceMissing(string name) =>
        $"Upstream archive was not downloaded. Check that {name} exists in dist-git.";

    public static string SourceUnknown(string tag, string reason, int line, string text) =>
        $"The location of {tag} cannot be worked out without running code ({Quote(reason)}). Line {line}: {Quote(text)}\n"
        + "Write the location with plain macros, or name the archive under 'sources' in the package config.";

    /// <summary>Why a spec was not edited; what the edit would have changed follows line by line.</summary>
    public static string SpecRefused(string message, int line, string text, IReadOnlyList<string> diff) =>
        (line > 0 ? $"{Quote(message)} Line {line} of the spec file: {Quote(text)}" : Quote(message))
        + string.Concat(diff.Select(static changed => $"\n{Quote(changed)}"));

    public static string SourceName(string tag, string name) =>
        $"The file name of {tag} is '{Quote(name)}', which cannot stand in dist-git beside the spec file. Let its location end in a plain file name: "
        + "letters, digits and -._+~, without blanks and parentheses.";

    public static string SourceStale(string tag, string file, string present, string version) =>
        $"{tag} still names {Quote(file)} of {Quote(present)} after the version became {Quote(version)}: its location is built from macros that do not follow the version. "
        + "Write it with %{version}, or set the macros in a commit to dist-git by hand.";

    public static string SourceHashOld(string name, string hashType) =>
        $"'sources' in dist-git names {name} by its {hashType}, and old and new hashes cannot stand side by side. "
        + $"Upload {name} anew with 'fedpkg new-sources', or give it a URL in the spec file or under 'sources' in the package config.";

    public static string SourceAddress(string name, string address) =>
        $"The address '{Quote(address)}' of {name} under 'sources' in the package config cannot be fetched. Write one that begins with https://.";

    public static string ArchiveRefused(string url, string reason) => $"The source {url} was refused: {reason}";

    public static string ArchiveChanged(string url, string before, string now) =>
        $"The archive {url} is not the one that was there before: its SHA512 was {Short(before)} and is {Short(now)} now. "
        + "An archive that changes after the release is not proposed. If the change is wanted, make a new release.";

    public static string NotVerified(string file) =>
        $"The lookaside cache took {file}, but does not give it back. Nothing was pushed; the upload is tried again.";

    public static string ActionsOff(IEnumerable<string> actions) =>
        $"The package config defines the actions {string.Join(", ", actions)}, and this deployment runs no commands of projects. "
        + "Remove the actions, or use a deployment that runs them.";

    public static string SourceGit => "Source-git ('upstream_ref') is not supported by this deployment. Remove the key, or propose the release by hand.";

    public static string DistGitUnsupported(string tool) =>
        $"Packages of '{tool}' are not served by this deployment; it proposes to Fedora's dist-git only.";

    public static string ForeignCommits(string branch, IEnumerable<string> commits) =>
        $"The branch {branch} of the fork holds commits that this service did not make, so it was not overwritten:\n"
        + string.Join('\n', commits.Select(commit => $"- {commit}"))
        + "\n\nMerge the pull request, or remove these commits or the branch, and ask again with the command `propose-downstream`.";

    public static string BranchMoved(string branch) =>
        $"The branch {branch} of the fork was changed by somebody while this release was prepared; nothing was overwritten.";

    public static string Internal(string reference) =>
        $"Something went wrong inside the service; its operators were told. Reference: {reference}";

    public static string NeverEnded(int attempts, string reference) =>
        $"The work on this branch was begun {attempts} times and did not come to an end; the service's operators were told. Reference: {reference}";

    /// <summary>UTC to the minute, as pages and checks show it.</summary>
    public static string Instant(DateTimeOffset instant) => $"{instant.UtcDateTime:yyyy-MM-dd HH:mm} UTC";

    /// <summary>The summary under the title of a check: where to read more.</summary>
    public static string CheckSummary(string? dashboardUrl, string? details, string? advice = null)
    {
        var summary = new StringBuilder();
        if (dashboardUrl is not null)
        {
            summary.Append("| Name/Job | URL |\n| --- | --- |\n| Dashboard | ").Append(dashboardUrl).Append(" |\n");
        }

        if (details is { Length: > 0 })
        {
            summary.Append('\n').Append(MarkdownText.Fenced(details)).Append('\n');
        }

        if (advice is not null)
        {
            summary.Append('\n').Append(advice).Append('\n');
        }

        return summary.ToString();
    }

    /// <summary>A place of a foreign file, in a length that people read.</summary>
    private static string Quote(string text)
    {
        text = MarkdownText.Visible(text).Trim();
        return text.Length <= QuoteLength ? text : string.Concat(text.AsSpan(0, QuoteLength - (char.IsHighSurrogate(text[QuoteLength - 1]) ? 1 : 0)), "…");
    }

    private static string Short(string sha512) => sha512[..Math.Min(16, sha512.Length)] + "…";

    public static string PushDenied(string reason) => $"dist-git refused the push to the fork: {reason} An operator of this service has to see to the account's rights there.";

    /// <summary>Why a pull request keeps showing an older release: somebody else has pushed to its branch.</summary>
    public static string NotProposedHere(string tag, string text, string marker) =>
        $"Release {MarkdownText.Inline(tag)} was not proposed here.\n\n{text}\n\n{marker}";

    /// <summary>By which the comment is found again.</summary>
    public static string HeadMarker(string head) => $"Head of the branch: {head}";
}
