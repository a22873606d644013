namespace Packit.Sandbox.Pagure;

/// <summary>One ref that a push or a person moved.</summary>
/// <param name="Reference">The full name: <c>refs/heads/rawhide</c>.</param>
/// <param name="Old">Where it was; null when it is new.</param>
/// <param name="New">Where it is; null when it was deleted.</param>
internal sealed record RefUpdate(string Reference, string? Old, string? New)
{
    private const string Heads = "refs/heads/";
    private const string Tags = "refs/tags/";
    private const string Nothing = "0000000000000000000000000000000000000000";

    /// <summary>The branch's short name; null for another ref.</summary>
    public string? Branch => Reference.StartsWith(Heads, StringComparison.Ordinal) ? Reference[Heads.Length..] : null;

    /// <summary>The tag's short name; null for another ref.</summary>
    public string? Tag => Reference.StartsWith(Tags, StringComparison.Ordinal) ? Reference[Tags.Length..] : null;

    public static RefUpdate OfBranch(string branch, string? old, string? @new) => new(Heads + branch, old, @new);

    /// <summary>The lines that git hands to its post-receive hook: old, new and name.</summary>
    public static IReadOnlyList<RefUpdate> Parse(IEnumerable<string> lines) =>
        [.. lines.Select(line => line.Split(' ', 3)).Where(parts => parts.Length == 3).Select(parts => new RefUpdate(parts[2], Known(parts[0]), Known(parts[1])))];

    private static string? Known(string sha) => sha == Nothing ? null : sha;
}
