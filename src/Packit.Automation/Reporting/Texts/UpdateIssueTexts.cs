using System.Globalization;
using System.Text;
using Packit.Automation.Storage;

namespace Packit.Automation.Reporting.Texts;

/// <summary>The issue that maintainers get when an update could not be made.</summary>
public static class UpdateIssueTexts
{
    /// <summary>The title; the phrase is that of the established service, by which people search.</summary>
    public static string Title(string package) => $"[packit] Fedora Bodhi update failed to be created: {package}";

    /// <summary>The text of a new issue, or of the comment in the open one.</summary>
    /// <param name="facts">Where and why.</param>
    /// <param name="commandPrefix">First word of commands.</param>
    /// <param name="projectMessage">What the package config adds to such texts.</param>
    public static string Body(FailedUpdateFacts facts, string commandPrefix, string? projectMessage)
    {
        ArgumentNullException.ThrowIfNull(facts);
        var target = facts.Target;
        var text = new StringBuilder();
        text.Append("Packit failed on creating Bodhi update in dist-git (").Append(facts.DistGitUrl).Append("):\n\n");
        text.Append("<table><tr><th>dist-git branch</th><th>error</th></tr>");
        text.Append("<tr><td><code>").Append(MarkdownText.Html(target.Branch)).Append("</code></td><td>");
        text.Append(MarkdownText.Html(target.Message ?? WireNames<BodhiUpdateStatus>.Of(target.Status)).Replace("\n", "<br>", StringComparison.Ordinal));
        text.Append("<br>See <a href=\"").Append(facts.DashboardUrl).Append("\">").Append(facts.DashboardUrl).Append("</a></td></tr>\n</table>\n\n");
        text.Append(Trigger(facts)).Append("\n\n");
        text.Append("You can retrigger the update by adding a comment (`").Append(commandPrefix)
            .Append(" create-update`) into this issue.\n");
        if (projectMessage is not null)
        {
            text.Append("\n\n---\n").Append(projectMessage);
        }

        return text.ToString();
    }

    public static string Resolved(string nvr, string alias) => $"{MarkdownText.Beginning(nvr)} is in the update {MarkdownText.Inline(alias)}. Closing.";

    private static string Trigger(FailedUpdateFacts facts) => facts.Event.Type == ProjectEventType.PullRequest
        ? string.Create(CultureInfo.InvariantCulture, $"Fedora Bodhi update was re-triggered by comment in dist-git PR with id {facts.Event.PrId}.")
        : $"Fedora Bodhi update was triggered by Koji build {MarkdownText.Inline(facts.Target.KojiNvrs)}.";
}

/// <summary>An update that could not be made.</summary>
/// <param name="Target">The update.</param>
/// <param name="Event">What it was for.</param>
/// <param name="DistGitUrl">The package.</param>
/// <param name="DashboardUrl">Its page.</param>
public sealed record FailedUpdateFacts(BodhiUpdateTarget Target, ProjectEvent Event, string DistGitUrl, string DashboardUrl);
