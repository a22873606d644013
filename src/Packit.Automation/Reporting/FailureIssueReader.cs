using System.Net;
using Packit.Automation.BodhiUpdate;
using Packit.Automation.KojiBuild;
using Packit.Automation.ProposeDownstream;

namespace Packit.Automation.Reporting;

/// <summary>
/// Reads issues about failures that no row tells of any more, those of the established service among them. Their branches stand in a table of
/// HTML, and in older ones in a table of Markdown (Packit: failure issues). Pure.
/// </summary>
public static class FailureIssueReader
{
    private const string Mark = "<!-- packit-service: ";
    private const string MarkEnd = " -->";
    private const string Proposal = "[packit] Propose downstream failed for release ";
    private const string Build = "[packit] Fedora Koji build failed";
    private const string Update = "[packit] Fedora Bodhi update failed to be created";
    private const string DistGit = "dist-git (";

    /// <summary>Reads an issue that the service's own account opened.</summary>
    /// <returns>Null when it is about something else.</returns>
    public static FailedThing? Read(string title, string body)
    {
        ArgumentNullException.ThrowIfNull(title);
        ArgumentNullException.ThrowIfNull(body);
        if (Marked(body) is { } marked)
        {
            return marked with { Branches = Branches(body) };
        }

        if (title.StartsWith(Proposal, StringComparison.Ordinal))
        {
            return new FailedThing(ProposeDownstreamJob.Kind, title[Proposal.Length..].Trim(), Branches(body));
        }

        var kind = title.StartsWith(Build, StringComparison.Ordinal) ? KojiBuildIssues.NotBuilt
            : title.StartsWith(Update, StringComparison.Ordinal) ? UpdateIssues.NotMade
            : null;
        return kind is not null && Package(body) is { } package ? new FailedThing(kind, package, Branches(body)) : null;
    }

    private static FailedThing? Marked(string body)
    {
        string[] kinds = [ProposeDownstreamJob.Kind, KojiBuildIssues.NotBuilt, KojiBuildIssues.NotSubmitted, UpdateIssues.NotMade];
        foreach (var line in body.Split('\n').Select(line => line.Trim()).Where(line => line.StartsWith(Mark, StringComparison.Ordinal)))
        {
            var words = line[Mark.Length..].Split(' ', 2);
            if (words is [var kind, var rest] && kinds.Contains(kind) && rest.EndsWith(MarkEnd, StringComparison.Ordinal))
            {
                return new FailedThing(kind, WebUtility.HtmlDecode(rest[..^MarkEnd.Length]), []);
            }
        }

        return null;
    }

    /// <summary>The package of the address in the first sentence: <c>… in dist-git (https://host/rpms/PACKAGE.git):</c>.</summary>
    private static string? Package(string body)
    {
        var begin = body.IndexOf(DistGit, StringComparison.Ordinal);
        var end = begin < 0 ? -1 : body.IndexOf(')', begin);
        if (end < 0)
        {
            return null;
        }

        var address = body[(begin + DistGit.Length)..end].TrimEnd('/');
        var name = address[(address.LastIndexOf('/') + 1)..];
        name = name.EndsWith(".git", StringComparison.Ordinal) ? name[..^4] : name;
        return name.Length is > 0 and <= 100 && name.All(IsOfName) ? name : null;
    }

    private static IReadOnlyList<string> Branches(string body)
    {
        var found = new List<string>();
        foreach (var line in body.Split('\n'))
        {
            // A row of Markdown: | `f43` | … |
            if (Between(line.TrimStart(), "| `", "` |", 0) is ({ } inMarkdown, _) && line.TrimStart().StartsWith("| `", StringComparison.Ordinal))
            {
                found.Add(inMarkdown);
            }

            for (var at = 0; Between(line, "<tr><td><code>", "</code></td>", at) is ({ } inHtml, var next); at = next)
            {
                found.Add(WebUtility.HtmlDecode(inHtml));
            }
        }

        return [.. found.Where(branch => branch.Length is > 0 and <= 100 && branch.All(IsOfName)).Distinct(StringComparer.Ordinal)];
    }

    private static (string? Text, int Next) Between(string line, string before, string after, int from)
    {
        var begin = line.IndexOf(before, from, StringComparison.Ordinal);
        var end = begin < 0 ? -1 : line.IndexOf(after, begin + before.Length, StringComparison.Ordinal);
        return end < 0 ? (null, line.Length) : (line[(begin + before.Length)..end], end + after.Length);
    }

    private static bool IsOfName(char character) => char.IsAsciiLetterOrDigit(character) || character is '-' or '.' or '_' or '+';
}
