using System.Text.Json.Nodes;

namespace Packit.Sandbox.Tests;

/// <summary>Recordings of the real servers, which lie beside the repository on a developer's machine. A story without them is skipped.</summary>
public static class Recordings
{
    /// <summary>A recorded message of the bus, by the number that its file begins with.</summary>
    public static JsonNode Message(string number) =>
        JsonNode.Parse(File.ReadAllText(Directory.EnumerateFiles(Folder("amqp"), number + "-*").Single()))!;

    /// <summary>The text of a recording.</summary>
    public static string Text(string folder, string file) => File.ReadAllText(Path.Combine(Folder(folder), file));

    /// <summary>The JSON answers of a recorded connection to requests that begin so, in their order.</summary>
    public static IReadOnlyList<JsonNode> Answers(string folder, string file, string request)
    {
        var answers = new List<JsonNode>();
        foreach (string part in Text(folder, file).ReplaceLineEndings("\n").Split(">>> ").Where(part => part.Contains("\n" + request, StringComparison.Ordinal)))
        {
            int answer = part.IndexOf("<<< ", StringComparison.Ordinal);
            answers.AddRange(part[answer..].Split('\n').Where(line => line.StartsWith('{')).Select(line => JsonNode.Parse(line)!));
        }

        return answers;
    }

    /// <summary>The first recording of a folder that has a request that begins so.</summary>
    public static string FileWith(string folder, string request) =>
        Directory.EnumerateFiles(Folder(folder)).Order(StringComparer.Ordinal).First(file => File.ReadAllText(file).Contains("\n" + request, StringComparison.Ordinal));

    /// <summary>The JSON answer below a line of one of the listings of requests and answers.</summary>
    public static JsonNode Below(string file, string line)
    {
        string text = Text("", file);
        int at = text.IndexOf(line, StringComparison.Ordinal);
        return JsonNode.Parse(text[text.IndexOf('{', at)..].Split('\n')[0])!;
    }

    private static string Folder(string name)
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            string folder = Path.Combine(at.FullName, "shared", "captures", name);
            if (Directory.Exists(folder))
            {
                return folder;
            }
        }

        Assert.Skip("The recordings of the real servers are not on this machine.");
        throw new InvalidOperationException("A skipped story has ended.");
    }
}
