using System.Text;
using Packit.Automation.Storage;

namespace Packit.Automation.Reporting.Texts;

/// <summary>Answers to the commands that build a package, or make its updates, again: in the issues that this service opened about failures.</summary>
public static class IssueCommandTexts
{
    public static string NotHere(string command) =>
        $"The command `{command}` works in pull requests of dist-git, and in the issue that this service opened about "
        + $"{(command == "koji-build" ? "failed builds" : "failed updates")} of a package. This is neither; nothing was started.";

    public static string NoPackage(string package) =>
        $"dist-git has no package {MarkdownText.Inline(package)}, or the package has no branch; nothing was started.";

    public static string OtherIssueRepository(string package) =>
        $"The package config of {MarkdownText.Inline(package)} does not name this repository as its `issue_repository`, so nobody here decides about the "
        + "package; nothing was started. Give the command in a pull request of the package in dist-git.";

    public static string NoFailedBuild(string package) =>
        $"The newest build of each branch of {MarkdownText.Inline(package)} succeeded or is on its way; nothing was started.";

    public static string NoFailedUpdate(string package) =>
        $"The newest update of each branch of {MarkdownText.Inline(package)} was made or is on its way; nothing was started.";

    /// <summary>How far each build is.</summary>
    public static string Builds(CommandState state, IReadOnlyList<(KojiBuildTarget Build, string Page)> builds)
    {
        ArgumentNullException.ThrowIfNull(builds);
        return Listed(
            state switch
            {
                CommandState.Done => "The builds have ended:",
                CommandState.Failed => "Not all builds succeeded:",
                _ => "The task was accepted. These branches are being built:",
            },
            builds.Select(one => (one.Build.Branch, one.Build.Status switch
            {
                KojiBuildStatus.Success => $"{MarkdownText.Inline(one.Build.Nvr ?? "")} was built.",
                KojiBuildStatus.Skipped => $"nothing was built: {Reason(one.Build.Message)}",
                KojiBuildStatus.Queued => "waits for its turn.",
                KojiBuildStatus.Pending or KojiBuildStatus.Running => "is being built.",
                KojiBuildStatus.Retry => $"is tried again: {Reason(one.Build.Message)}",
                _ => $"did not succeed ({WireNames<KojiBuildStatus>.Of(one.Build.Status)}): {Reason(one.Build.Message)}",
            } + (one.Build.WebUrl is { } task ? $" Koji: {task}" : ""), one.Page)));
    }

    /// <summary>How far each update is.</summary>
    public static string Updates(CommandState state, IReadOnlyList<(BodhiUpdateTarget Update, string Page)> updates)
    {
        ArgumentNullException.ThrowIfNull(updates);
        return Listed(
            state switch
            {
                CommandState.Done => "The updates stand:",
                CommandState.Failed => "Not all updates could be made:",
                _ => "The task was accepted. These updates are being made:",
            },
            updates.Select(one => (one.Update.Branch, one.Update.Status switch
            {
                BodhiUpdateStatus.Success => $"{MarkdownText.Inline(one.Update.KojiNvrs)} is in {one.Update.WebUrl ?? one.Update.Alias}.",
                BodhiUpdateStatus.Skipped => $"nothing was made: {Reason(one.Update.Message)}",
                BodhiUpdateStatus.Queued => $"{MarkdownText.Inline(one.Update.KojiNvrs)} waits for its turn.",
                BodhiUpdateStatus.Retry => $"{MarkdownText.Inline(one.Update.KojiNvrs)} is tried again: {Reason(one.Update.Message)}",
                BodhiUpdateStatus.Error => $"{MarkdownText.Inline(one.Update.KojiNvrs)} failed: {Reason(one.Update.Message)}",
            }, one.Page)));
    }

    private static string Listed(string head, IEnumerable<(string Branch, string Stand, string Page)> lines)
    {
        var text = new StringBuilder(head).Append('\n');
        foreach (var (branch, stand, page) in lines)
        {
            text.Append("\n- ").Append(MarkdownText.Code(branch)).Append(": ").Append(stand).Append(" See ").Append(page);
        }

        return text.ToString();
    }

    private static string Reason(string? message) => MarkdownText.Inline((message ?? "").Split('\n')[0].TrimEnd());
}
