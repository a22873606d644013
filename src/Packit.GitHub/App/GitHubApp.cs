namespace Packit.GitHub;

/// <summary>The App as GitHub knows it.</summary>
/// <param name="Permissions">What it asks of owners: name to <c>read</c> or <c>write</c>.</param>
/// <param name="Events">The webhooks it receives.</param>
public sealed record GitHubApp(
    long Id, string Slug, string Name, IReadOnlyDictionary<string, string> Permissions, IReadOnlyList<string> Events);
