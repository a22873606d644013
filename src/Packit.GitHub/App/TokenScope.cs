namespace Packit.GitHub;

/// <summary>What an installation token is for; tokens hold the least that this use needs.</summary>
internal enum TokenUse
{
    /// <summary>The calls of <see cref="GitHubRepository"/>.</summary>
    Api,

    /// <summary>Reading with git; nothing else, since the token is handed to another program.</summary>
    Git,
}

/// <summary>One installation token is good for one repository and one use.</summary>
internal sealed record TokenScope(long InstallationId, RepositoryName Repository, TokenUse Use)
{
    private static readonly Dictionary<string, string> Api = new()
    {
        ["metadata"] = "read",
        ["contents"] = "read",
        ["checks"] = "write",
        ["statuses"] = "write",
        ["issues"] = "write",
        ["pull_requests"] = "write",
    };

    private static readonly Dictionary<string, string> Git = new()
    {
        ["metadata"] = "read",
        ["contents"] = "read",
    };

    /// <summary>The permissions asked for, in GitHub's names.</summary>
    public IReadOnlyDictionary<string, string> Permissions => Use == TokenUse.Git ? Git : Api;

    /// <summary>What is left of the permissions when an installation has granted less.</summary>
    public Dictionary<string, string> Within(IReadOnlyDictionary<string, string> granted) => Permissions
        .Where(wanted => granted.ContainsKey(wanted.Key))
        .ToDictionary(
            wanted => wanted.Key,
            wanted => granted[wanted.Key] is "write" or "admin" ? wanted.Value : "read");
}
