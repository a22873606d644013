using Packit.Automation.Storage;

namespace Packit.Automation.Reporting.Texts;

/// <summary>Answers to commands in pull requests of dist-git.</summary>
public static class PullRequestCommandTexts
{
    public const string NoPullRequest = "dist-git has no such pull request.";

    public const string NothingNew = "The comment holds no command that is new.";

    public const string CommentGone = "dist-git does not have the comment any more, so nothing was carried out.";

    public static string CommentDeleted(string author) =>
        $"A comment of {MarkdownText.Inline(author)} with this command was deleted before the command was carried out, so it was not. Give it in a new comment if it is still wanted.";

    public const string FromBefore =
        "The comment was written before this service listened, so it is not known whether the command is new. It was not carried out; give it in a new comment.";

    public static string NoConfig(string package) =>
        $"No config file for packit (e.g. `.packit.yaml`) found in the package {MarkdownText.Inline(package)}; nothing was started.";

    public static string NoJob(string job, string branch, IEnumerable<string> reasons)
    {
        var lines = string.Concat(reasons.Select(reason => $"\n- {MarkdownText.Beginning(reason)}"));
        return lines.Length == 0
            ? $"The package config has no `{job}` job; nothing was started."
            : $"No `{job}` job of the package config is for the branch {MarkdownText.Code(branch)}; nothing was started:\n{lines}";
    }

    /// <summary>Answers a command that names a package which the config does not have.</summary>
    public static string UnknownPackage(string named, IEnumerable<string> known) =>
        $"The package config has no package {MarkdownText.Code(named)}; nothing was started. "
            + $"Name one of these, or give the command without `--package`: {string.Join(", ", known.Select(MarkdownText.Code))}.";

    /// <summary>Answers a command about the package of the pull request that names another.</summary>
    public static string OtherPackage(string named, string package) =>
        $"This pull request is one of the package {MarkdownText.Code(package)}, and the command names {MarkdownText.Code(named)}; nothing was done. "
        + "Give it without `--package`, or in a pull request of the other package.";

    public static string BuildAccepted(string branch, string commit, IReadOnlyList<string> pages) =>
        $"The task was accepted. Commit {commit} of {MarkdownText.Code(branch)} is being built: {string.Join(' ', pages)}";

    public static string BuildEnded(KojiBuildTarget target, string page)
    {
        ArgumentNullException.ThrowIfNull(target);
        var outcome = target.Status switch
        {
            KojiBuildStatus.Success => $"{MarkdownText.Beginning(target.Nvr ?? "The scratch build")} was built.",
            KojiBuildStatus.Skipped => $"Nothing was built: {MarkdownText.Inline(target.Message ?? "")}",
            _ => $"The build did not succeed ({WireNames<KojiBuildStatus>.Of(target.Status)}): {MarkdownText.Inline(target.Message ?? "")}",
        };
        return $"{outcome}{(target.WebUrl is { } task ? $" Koji: {task}" : "")} See {page}";
    }
}
