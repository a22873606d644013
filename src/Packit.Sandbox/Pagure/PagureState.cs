namespace Packit.Sandbox.Pagure;

/// <summary>What the Pagure stand-in remembers. Guarded by <see cref="Gate"/>; written to disk as JSON.</summary>
internal sealed class PagureState
{
    [System.Text.Json.Serialization.JsonIgnore]
    public Lock Gate { get; } = new();

    public int LastProject { get; set; }

    public int LastComment { get; set; }

    public List<User> Users { get; init; } = [];

    /// <summary>Group name to its members.</summary>
    public Dictionary<string, List<string>> Groups { get; init; } = [];

    public List<Token> Tokens { get; init; } = [];

    public List<Project> Projects { get; init; } = [];
}

internal sealed class User
{
    public required string Name { get; init; }

    public required string FullName { get; init; }
}

internal sealed class Token
{
    public required string Value { get; init; }

    public required string User { get; init; }

    public HashSet<string> Acls { get; init; } = [];

    public required DateTimeOffset Expires { get; set; }
}

internal sealed class Project
{
    public required int Id { get; init; }

    public required string Namespace { get; init; }

    public required string Name { get; init; }

    /// <summary>Set on a fork: whose it is.</summary>
    public string? ForkOf { get; init; }

    /// <summary>Set on a fork: the project that it was made of.</summary>
    public int? Parent { get; init; }

    public required string Owner { get; set; }

    public string Description { get; init; } = "";

    public required DateTimeOffset Created { get; init; }

    public required DateTimeOffset Modified { get; set; }

    /// <summary>User name to acl: admin, commit, collaborator, ticket.</summary>
    public SortedDictionary<string, string> Users { get; init; } = new(StringComparer.Ordinal);

    /// <summary>Group name to acl.</summary>
    public SortedDictionary<string, string> Groups { get; init; } = new(StringComparer.Ordinal);

    /// <summary>Pull requests and issues of a project share one sequence of numbers.</summary>
    public int LastNumber { get; set; }

    public bool IssuesEnabled { get; set; }

    public List<PullRequest> PullRequests { get; init; } = [];

    public List<Ticket> Issues { get; init; } = [];

    public List<Flag> Flags { get; init; } = [];

    public bool IsFork => ForkOf is not null;

    /// <summary><c>rpms/x</c> or, on a fork, <c>forks/user/rpms/x</c>: the name, which is the git path too.</summary>
    public string FullName => IsFork ? $"forks/{ForkOf}/{Namespace}/{Name}" : $"{Namespace}/{Name}";

    /// <summary>The path in URLs of pages and of the API: a fork is in the singular there.</summary>
    public string UrlPath => IsFork ? $"fork/{ForkOf}/{Namespace}/{Name}" : $"{Namespace}/{Name}";
}

internal sealed class PullRequest
{
    public required int Id { get; init; }

    public required string Uid { get; init; }

    public required string Title { get; set; }

    public required string Branch { get; init; }

    public required string BranchFrom { get; init; }

    public required int RepoFrom { get; init; }

    public required string Author { get; init; }

    public string? InitialComment { get; set; }

    public string Status { get; set; } = "Open";

    public string MergeStatus { get; set; } = "unknown";

    public string? CommitStart { get; set; }

    public string? CommitStop { get; set; }

    /// <summary>The commit of the target branch where the work left it; kept for pull requests that are merged.</summary>
    public string? Fork { get; set; }

    public required DateTimeOffset Created { get; init; }

    public required DateTimeOffset Updated { get; set; }

    public DateTimeOffset? Closed { get; set; }

    public string? ClosedBy { get; set; }

    public List<Note> Comments { get; init; } = [];

    /// <summary>What Pagure calls tags of a pull request.</summary>
    public List<string> Labels { get; init; } = [];
}

internal sealed class Ticket
{
    public required int Id { get; init; }

    public required string Title { get; init; }

    public required string Content { get; init; }

    public required string Author { get; init; }

    public string Status { get; set; } = "Open";

    public required DateTimeOffset Created { get; init; }

    public required DateTimeOffset Updated { get; set; }

    public List<Note> Comments { get; init; } = [];
}

internal sealed class Note
{
    public required int Id { get; init; }

    public required string Text { get; set; }

    public required string Author { get; init; }

    /// <summary>Who edited it last, and when.</summary>
    public (string Who, DateTimeOffset When)? Edited { get; set; }

    /// <summary>Written by Pagure itself.</summary>
    public bool Notification { get; init; }

    public required DateTimeOffset Created { get; init; }
}

internal sealed class Flag
{
    public required string Uid { get; init; }

    public required string Commit { get; init; }

    /// <summary>Set when it was put on a pull request.</summary>
    public int? PullRequest { get; init; }

    public required string User { get; init; }

    public required string Username { get; set; }

    public required string Comment { get; set; }

    public required string Url { get; set; }

    public required string Status { get; set; }

    public int? Percent { get; set; }

    public required DateTimeOffset Created { get; init; }

    public required DateTimeOffset Updated { get; set; }
}
