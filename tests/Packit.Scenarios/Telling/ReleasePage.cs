using System.Globalization;
using System.Xml.Linq;
using Packit.Http;

namespace Packit.Scenarios.Telling;

/// <summary>The page of a release as people read it.</summary>
/// <param name="Next">What is next, and who does it.</param>
/// <param name="Branches">The row of each branch.</param>
public sealed record ReleasePage(string Next, IReadOnlyDictionary<string, ReleasePageRow> Branches)
{
    /// <summary>Fetches the page of the newest release.</summary>
    public static async Task<ReleasePage> ReadAsync(Story story)
    {
        ArgumentNullException.ThrowIfNull(story);
        await using var database = story.Database();
        var id = database.Releases.Max(release => release.Id);
        using var http = HttpClients.Create(new HttpClientSettings { Retries = 0, Timeout = TimeSpan.FromSeconds(20) }, TimeProvider.System);
        var html = await http.GetStringAsync(new Uri(story.Service.Address, string.Create(CultureInfo.InvariantCulture, $"releases/{id}")));
        return new ReleasePage(
            Words(Part(html, " aria-labelledby=\"next\">", "</section>").Elements("p").First()),
            Part(html, "<table class=\"branches\">", "</table>").Element("tbody")!.Elements("tr").Select(ReleasePageRow.Of)
                .ToDictionary(row => row.Branch, StringComparer.Ordinal));
    }

    /// <summary>The visible text of an element, its pieces separated by one space.</summary>
    internal static string Words(XElement element) => string.Join(
        ' ', string.Join(' ', element.DescendantNodes().OfType<XText>().Select(text => text.Value)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>The element whose first tag holds <paramref name="begin"/>.</summary>
    private static XElement Part(string html, string begin, string end)
    {
        var tag = html.IndexOf(begin, StringComparison.Ordinal);
        Assert.True(tag >= 0, $"The page has no {begin}");
        var from = html.LastIndexOf('<', tag);
        return XElement.Parse(html[from..(html.IndexOf(end, from, StringComparison.Ordinal) + end.Length)]);
    }
}

/// <summary>One branch on the page of a release.</summary>
/// <param name="Branch">Its name.</param>
/// <param name="Way">Each step with its mark: <c>Merge: done</c>.</param>
/// <param name="Times">When steps were reached, by the name of the step; to the minute or second that the page names.</param>
/// <param name="Next">What is next, and who does it.</param>
public sealed record ReleasePageRow(string Branch, string Way, IReadOnlyDictionary<string, DateTimeOffset> Times, string Next)
{
    internal static ReleasePageRow Of(XElement row)
    {
        var steps = row.Descendants("ol").Elements("li").Select(Step).ToList();
        return new ReleasePageRow(
            row.Element("th")!.Element("a")!.Value,
            string.Join(", ", steps.Select(step => $"{step.Name}: {step.Mark}")),
            steps.Where(step => step.At is not null).ToDictionary(step => step.Name, step => step.At!.Value, StringComparer.Ordinal),
            ReleasePage.Words(row.Descendants("p").Single(line => line.Attribute("class")?.Value == "next")));
    }

    private static (string Name, string Mark, DateTimeOffset? At) Step(XElement item)
    {
        var head = item.Elements("span").First();
        var name = string.Concat(head.Nodes().OfType<XText>().Select(text => text.Value)).Trim();
        var mark = head.Elements("span").Single(part => part.Attribute("class")?.Value == "unseen").Value.TrimStart(':', ' ');
        var at = item.Descendants("time").FirstOrDefault()?.Attribute("datetime")?.Value;
        return (name, mark, at is null ? null : DateTimeOffset.Parse(at, CultureInfo.InvariantCulture));
    }
}
