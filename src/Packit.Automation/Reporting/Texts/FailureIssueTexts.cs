using System.Net;
using System.Text;

namespace Packit.Automation.Reporting.Texts;

/// <summary>The issue that a project gets when a release could not be proposed.</summary>
public static class FailureIssueTexts
{
    public static string Title(string tag) => $"[packit] Propose downstream failed for release {tag}";

    /// <summary>The line, hidden in the rendered text, by which the issue is found again.</summary>
    public static string Marker(string kind, string subject) => $"<!-- packit-service: {kind} {WebUtility.HtmlEncode(subject).Replace("--", "&#45;&#45;", StringComparison.Ordinal)} -->";

    public static string Body(string distGitUrl, IEnumerable<FailedBranch> branches, string commandPrefix, string? projectMessage)
    {
        var text = new StringBuilder();
        text.Append("Packit failed on creating pull-requests in dist-git (").Append(distGitUrl).Append("):\n\n");
        text.Append("<table><tr><th>dist-git branch</th><th>error</th></tr>");
        foreach (var failed in branches.OrderBy(failed => failed.Branch, StringComparer.Ordinal))
        {
            text.Append("<tr><td><code>").Append(MarkdownText.Html(failed.Branch)).Append("</code></td><td>");
            text.Append(MarkdownText.Html(failed.Text).Replace("\n", "<br>", StringComparison.Ordinal));
            text.Append("<br>See <a href=\"").Append(failed.DashboardUrl).Append("\">").Append(failed.DashboardUrl).Append("</a></td></tr>\n");
        }

        text.Append("</table>\n\n\n");
        text.Append("You can retrigger the update by adding a comment (`").Append(commandPrefix).Append(" propose-downstream`) into this issue.\n");
        if (projectMessage is not null)
        {
            text.Append("\n\n---\n").Append(projectMessage);
        }

        return text.ToString();
    }

    public static string Resolved(string tag) => $"Release {MarkdownText.Inline(tag)} was proposed to all branches. Closing.";
}

/// <summary>One row of the issue's table.</summary>
public sealed record FailedBranch(string Branch, string Text, string DashboardUrl);
