using System.Text.Json;

namespace Packit.Pagure;

/// <summary>The branches of a project.</summary>
/// <param name="Commits">Name to commit; empty for an empty project.</param>
/// <param name="Default">The default branch; null for an empty project.</param>
public sealed record PagureBranches(IReadOnlyDictionary<string, string> Commits, string? Default);

/// <summary>On the wire: names and commits as an object, or an empty list for an empty project.</summary>
internal sealed record BranchList(JsonElement Branches, JsonElement Default)
{
    public PagureBranches Read() => new(
        Branches.ValueKind switch
        {
            JsonValueKind.Object => Branches.EnumerateObject().ToDictionary(branch => branch.Name, branch => Commit(branch.Value)),
            JsonValueKind.Array when Branches.GetArrayLength() == 0 => new Dictionary<string, string>(),
            _ => throw new JsonException("Branches with their commits were expected."),
        },
        Default.ValueKind switch
        {
            JsonValueKind.Object => Default.EnumerateObject().Select(branch => branch.Name).FirstOrDefault(),
            JsonValueKind.String => Default.GetString(),
            _ => null,
        });

    private static string Commit(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && value.GetString() is { Length: 40 or 64 } sha && sha.All(char.IsAsciiHexDigitLower)
            ? sha
            : throw new JsonException("A branch has no commit.");
}
