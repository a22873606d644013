using System.Text;
using Packit.Automation.Storage;

namespace Packit.Automation.Reporting.Texts;

/// <summary>The issue that maintainers get when a build could not be submitted, failed or was canceled.</summary>
public static class KojiIssueTexts
{
    /// <summary>The title; the phrase is that of the established service, by which people search.</summary>
    public static string Title(string package, bool isSubmitted) => isSubmitted
        ? $"[packit] Fedora Koji build failed: {package}"
        : $"[packit] Fedora Koji build failed to be triggered: {package}";

    /// <summary>The text of a new issue, or of the comment in the open one.</summary>
    /// <param name="facts">Where and why.</param>
    /// <param name="commandPrefix">First word of commands.</param>
    /// <param name="projectMessage">What the package config adds to such texts.</param>
    public static string Body(FailedBuildFacts facts, string commandPrefix, string? projectMessage)
    {
        ArgumentNullException.ThrowIfNull(facts);
        var target = facts.Target;
        var text = new StringBuilder();
        text.Append(target.TaskId is null ? "Packit failed on creating Koji build in dist-git (" : "A Koji build failed for dist-git (");
        text.Append(facts.DistGitUrl).Append("):\n\n");
        text.Append("<table><tr><th>dist-git branch</th><th>error</th></tr>");
        text.Append("<tr><td><code>").Append(MarkdownText.Html(target.Branch)).Append("</code></td><td>");
        text.Append(MarkdownText.Html(target.Message ?? WireNames<KojiBuildStatus>.Of(target.Status)).Replace("\n", "<br>", StringComparison.Ordinal));
        if (target.WebUrl is { } page)
        {
            text.Append("<br>Task: <a href=\"").Append(MarkdownText.Html(page)).Append("\">").Append(MarkdownText.Html(page)).Append("</a>");
        }

        text.Append("<br>See <a href=\"").Append(facts.DashboardUrl).Append("\">").Append(facts.DashboardUrl).Append("</a></td></tr>\n</table>\n\n");
        if (target is { LogTail: { } tail, FailedLog: { } log })
        {
            text.Append("The end of ").Append(MarkdownText.Code(log)).Append(" (").Append(MarkdownText.Inline(target.FailedArch ?? "")).Append("):\n\n");
            text.Append(MarkdownText.Fenced(tail)).Append("\n\n");
        }

        text.Append(Trigger(facts)).Append("\n\n");
        text.Append("You can retrigger the build by adding a comment (`").Append(commandPrefix)
            .Append(" koji-build`) into this issue.\n");
        if (projectMessage is not null)
        {
            text.Append("\n\n---\n").Append(projectMessage);
        }

        return text.ToString();
    }

    public static string Resolved(string nvr) => $"{MarkdownText.Beginning(nvr)} was built. Closing.";

    private static string Trigger(FailedBuildFacts facts) => facts.Event.Type == ProjectEventType.PullRequest
        ? $"Fedora Koji build was re-triggered by comment in dist-git PR id {facts.Event.PrId}."
        : $"Fedora Koji build was triggered by push with sha {facts.Target.CommitSha}.";
}

/// <summary>A build that failed.</summary>
/// <param name="Target">The build.</param>
/// <param name="Event">What it was for.</param>
/// <param name="DistGitUrl">The package.</param>
/// <param name="DashboardUrl">Its page.</param>
public sealed record FailedBuildFacts(KojiBuildTarget Target, ProjectEvent Event, string DistGitUrl, string DashboardUrl);
