using System.Text.Json;
using System.Text.Json.Nodes;

namespace Packit.Sandbox.Tests;

/// <summary>Whether two documents have the same members with values of the same types. Null may stand for anything, and an empty list for any list.</summary>
public static class Shape
{
    /// <param name="ignoring">Members whose names are data, such as file names.</param>
    public static void Same(JsonNode recorded, JsonNode ours, params string[] ignoring)
    {
        var differences = new List<string>();
        Compare("$", recorded, ours, ignoring, differences);
        Assert.True(differences.Count == 0, string.Join('\n', differences));
    }

    private static void Compare(string path, JsonNode? recorded, JsonNode? ours, string[] ignoring, List<string> differences)
    {
        if (recorded is null || ours is null)
        {
            return;
        }

        if (Kind(recorded) != Kind(ours))
        {
            differences.Add($"{path}: {Kind(recorded)} is recorded, {Kind(ours)} is ours");
        }
        else if (recorded is JsonObject theirs && ours is JsonObject mine)
        {
            differences.AddRange(theirs.Select(pair => pair.Key).Except(mine.Select(pair => pair.Key)).Select(name => $"{path}.{name} is missing in ours"));
            differences.AddRange(mine.Select(pair => pair.Key).Except(theirs.Select(pair => pair.Key)).Select(name => $"{path}.{name} is ours alone"));
            foreach (var (name, value) in theirs.Where(pair => mine.ContainsKey(pair.Key) && !ignoring.Contains(pair.Key)))
            {
                Compare($"{path}.{name}", value, mine[name], ignoring, differences);
            }
        }
        else if (recorded is JsonArray { Count: > 0 } list && ours is JsonArray { Count: > 0 } own)
        {
            Compare(path + "[0]", list[0], own[0], ignoring, differences);
        }
    }

    private static string Kind(JsonNode node) =>
        node.GetValueKind() switch { JsonValueKind.True or JsonValueKind.False => "Boolean", var kind => kind.ToString() };
}
