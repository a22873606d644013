using System.Text;
using Packit.Stub;

namespace Packit.GitHub.Tests;

/// <summary>Deliveries of a GitHub emulator, recorded as they came: head, empty line, body.</summary>
internal static class RecordedDelivery
{
    public static IEnumerable<(IReadOnlyDictionary<string, string> Headers, byte[] Body)> All()
    {
        foreach (var file in Directory.EnumerateFiles(Captures.Folder("hooks"), "*.txt"))
        {
            var text = File.ReadAllText(file).ReplaceLineEndings("\n");
            var end = text.IndexOf("\n\n", StringComparison.Ordinal);
            var headers = text[..end].Split('\n').Skip(1)
                .Select(line => line.Split(": ", 2))
                .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.OrdinalIgnoreCase);
            if (headers.ContainsKey("X-GitHub-Event"))
            {
                yield return (headers, Encoding.UTF8.GetBytes(text[(end + 2)..]).AsSpan(0, int.Parse(headers["content-length"])).ToArray());
            }
        }
    }
}
