using System.Text;
using System.Text.RegularExpressions;
using Packit.Service.Tests.Support;

namespace Packit.Service.Tests.Documents;

/// <summary>README and all pages of <c>docs</c>: what they lead to and name is there.</summary>
public sealed partial class DocumentTests
{
    private const string Start = "README.md";

    private static readonly string Root = ConfigurationDocumentTests.Root();

    public static TheoryData<string> Pages { get; } = [Start, .. Below("docs")];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Links_of_a_page_lead_to_files_and_headings_that_are_there(string page)
    {
        var broken = Links(page).Where(link => !IsThere(link.Path, link.Heading)).Select(link => $"{link.Path}#{link.Heading}");

        Assert.Empty(broken);
    }

    [Fact]
    public void Every_page_is_found_from_the_README()
    {
        HashSet<string> found = [Start];
        for (Queue<string> open = new(found); open.TryDequeue(out var page);)
        {
            foreach (var next in Links(page).SelectMany(link => Directory.Exists(Path.Combine(Root, link.Path)) ? Below(link.Path) : [link.Path]))
            {
                if (next.EndsWith(".md", StringComparison.Ordinal) && found.Add(next))
                {
                    open.Enqueue(next);
                }
            }
        }

        Assert.Empty(Below("docs").Except(found));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Verbs_of_the_command_line_are_those_that_it_has(string page)
    {
        var help = (await CommandRun.OfAsync("--help")).Output;
        foreach (var verb in Verb().Matches(Text(page)).Select(match => match.Groups["verb"].Value).Distinct())
        {
            Assert.Contains($"\n  {verb} ", help, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Settings_that_a_page_names_can_be_set(string page)
    {
        var known = Text("docs/configuration.md");
        foreach (var setting in Setting().Matches(Text(page)).Select(match => match.Groups["key"].Value).Distinct())
        {
            Assert.Contains($"`{setting}", known, StringComparison.Ordinal);
        }
    }

    private static IEnumerable<string> Below(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), "*.md", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Root, file)).Order(StringComparer.Ordinal);

    private static IEnumerable<(string Path, string Heading)> Links(string page)
    {
        foreach (var target in Link().Matches(Prose(page)).Select(match => match.Groups["target"].Value))
        {
            if (!target.Contains("://", StringComparison.Ordinal) && !target.StartsWith("mailto:", StringComparison.Ordinal))
            {
                var parts = target.Split('#', 2);
                var path = parts[0].Length == 0 ? page : Path.Combine(Path.GetDirectoryName(page)!, parts[0]);
                yield return (Path.GetRelativePath(Root, Path.Combine(Root, path)), parts.Length == 2 ? parts[1] : "");
            }
        }
    }

    private static bool IsThere(string path, string heading) => heading.Length == 0
        ? File.Exists(Path.Combine(Root, path)) || Directory.Exists(Path.Combine(Root, path))
        : File.Exists(Path.Combine(Root, path)) && Anchors(path).Contains(heading);

    // GitHub: small letters, blanks become hyphens, and only letters, digits, hyphens and underscores stay.
    private static IEnumerable<string> Anchors(string page) => Heading().Matches(Prose(page)).Select(match => string.Concat(
        match.Groups["text"].Value.ToLowerInvariant().Replace(' ', '-').Where(letter => char.IsLetterOrDigit(letter) || letter is '-' or '_')));

    /// <summary>A page without its blocks of code.</summary>
    private static string Prose(string page)
    {
        var text = new StringBuilder();
        var isCode = false;
        foreach (var line in Text(page).Split('\n'))
        {
            if (line.TrimStart().StartsWith("```", StringComparison.Ordinal))
            {
                isCode = !isCode;
            }
            else if (!isCode)
            {
                text.Append(line).Append('\n');
            }
        }

        return text.ToString();
    }

    private static string Text(string page) => File.ReadAllText(Path.Combine(Root, page));

    [GeneratedRegex(@"\]\((?<target>[^()\s]+)\)", RegexOptions.NonBacktracking)]
    private static partial Regex Link();

    [GeneratedRegex(@"^#+ (?<text>.+)$", RegexOptions.NonBacktracking | RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"packit-service (?<verb>[a-z]+)", RegexOptions.NonBacktracking)]
    private static partial Regex Verb();

    [GeneratedRegex(@"`(?<key>[A-Z][A-Za-z]+(?::[A-Z][A-Za-z]+)+)`", RegexOptions.NonBacktracking)]
    private static partial Regex Setting();
}
