using System.Text;
using Packit.Stub;

namespace Packit.Koji.Tests.Recordings;

/// <summary>A request and its answer as they went over the wire between real programs.</summary>
/// <param name="Request">The first line of the request: method and target.</param>
/// <param name="Call">The body of the request; null when it is not XML.</param>
/// <param name="Status">The status of the answer.</param>
/// <param name="Answer">The body of the answer; null when it is not XML.</param>
internal sealed record Recording(string Request, string? Call, int Status, string? Answer)
{
    public static IReadOnlyList<string> Files() => [.. Directory.EnumerateFiles(Captures.Folder("koji-wire"), "*.txt").Order(StringComparer.Ordinal)];

    /// <summary>All exchanges of one connection.</summary>
    public static IReadOnlyList<Recording> Read(string file)
    {
        var text = File.ReadAllText(Path.IsPathRooted(file) ? file : Path.Combine(Captures.Folder("koji-wire"), file), Encoding.UTF8).ReplaceLineEndings("\n");
        var recordings = new List<Recording>();
        foreach (var exchange in text.Split("\n>>> ").Skip(1))
        {
            var halves = exchange.Split("\n<<< ");
            if (halves.Length == 2)
            {
                var status = halves[1].Split('\n')[1].Split(' ')[1];
                recordings.Add(new Recording(halves[0].Split('\n')[1], Xml(halves[0]), int.Parse(status), Xml(halves[1])));
            }
        }

        return recordings;
    }

    /// <summary>The first answer to a call in a file.</summary>
    /// <param name="shown">How the call begins, in one line: <c>getBuild('x-1</c>.</param>
    public static string AnswerTo(string file, string shown) =>
        Read(file).First(one => one.Call is { } call && Hub.Xml.Show(call).StartsWith(shown, StringComparison.Ordinal) && one.Status == 200).Answer!;

    private static string? Xml(string message) => message.IndexOf("<?xml", StringComparison.Ordinal) is var at and >= 0 ? message[at..].Trim() : null;
}
