namespace Packit.Sandbox.GitHub;

/// <summary>What the GitHub stand-in remembers. Guarded by <see cref="Gate"/>; written to disk as JSON.</summary>
internal sealed class GitHubState
{
    [System.Text.Json.Serialization.JsonIgnore]
    public Lock Gate { get; } = new();

    public long LastId { get; set; } = 1000;

    public List<Account> Accounts { get; init; } = [];

    public List<Installation> Installations { get; init; } = [];

    public List<Repository> Repositories { get; init; } = [];

    public List<Delivery> Deliveries { get; init; } = [];

    public long NextId() => ++LastId;
}

internal sealed class Account
{
    public required long Id { get; init; }

    public required string Login { get; set; }

    /// <summary>What it was called before; texts of old name it so.</summary>
    public List<string> FormerLogins { get; init; } = [];

    /// <summary>User, Organization or Bot.</summary>
    public required string Type { get; init; }
}

internal sealed class Installation
{
    public required long Id { get; init; }

    /// <summary>Which App it is of.</summary>
    public long App { get; init; } = AppIdentity.FirstId;

    public required string Owner { get; set; }

    public Dictionary<string, string> Permissions { get; init; } = [];

    public DateTimeOffset? SuspendedAt { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }
}

internal sealed class Repository
{
    public required long Id { get; init; }

    public required string Owner { get; set; }

    public required string Name { get; set; }

    /// <summary>Full names of before, which redirect until somebody else takes them.</summary>
    public List<string> FormerNames { get; init; } = [];

    /// <summary>Where its files are; null for the folder of its full name.</summary>
    public string? Folder { get; set; }

    public string FullName => Owner + "/" + Name;

    public bool Private { get; set; }

    public bool Archived { get; set; }

    public bool HasIssues { get; set; } = true;

    /// <summary>Whether the App is installed on this repository.</summary>
    public bool Installed { get; set; } = true;

    public string DefaultBranch { get; set; } = "main";

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Login to role: admin, maintain, write, triage, read.</summary>
    public Dictionary<string, string> Roles { get; init; } = new(StringComparer.OrdinalIgnoreCase);

    public int LastNumber { get; set; }

    public List<Release> Releases { get; init; } = [];

    public List<Issue> Issues { get; init; } = [];

    /// <summary>Numbers of issues that were deleted.</summary>
    public List<int> DeletedIssues { get; init; } = [];

    public List<CheckRun> CheckRuns { get; init; } = [];

    public List<CheckSuite> CheckSuites { get; init; } = [];

    public List<CommitStatus> Statuses { get; init; } = [];

    public List<Comment> CommitComments { get; init; } = [];
}

internal sealed class Release
{
    public required long Id { get; init; }

    public required string Tag { get; init; }

    public required string Target { get; init; }

    public string? Name { get; set; }

    public string? Body { get; set; }

    public bool Draft { get; set; }

    public bool Prerelease { get; set; }

    /// <summary>The date of the commit, as GitHub has it.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? PublishedAt { get; set; }

    /// <summary>Login of its author, as it is today.</summary>
    public required string Author { get; set; }

    public List<Asset> Assets { get; init; } = [];
}

internal sealed class Asset
{
    public required long Id { get; init; }

    public required string Name { get; init; }

    public required long Size { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}

internal sealed class Issue
{
    public required long Id { get; init; }

    public required int Number { get; init; }

    /// <summary>Login of its author, as it is today.</summary>
    public required string Author { get; set; }

    public required string Title { get; set; }

    public string? Body { get; set; }

    public string State { get; set; } = "open";

    public string? StateReason { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; set; }

    public DateTimeOffset? ClosedAt { get; set; }

    /// <summary>Whether only people with write access may comment; Apps may not.</summary>
    public bool Locked { get; set; }

    /// <summary>Whether a discussion goes on with it.</summary>
    public bool Converted { get; set; }

    public List<string> Labels { get; init; } = [];

    public List<Comment> Comments { get; init; } = [];

    public List<Reaction> Reactions { get; init; } = [];

    /// <summary>Set on a pull request, which has its number, comments and state as an issue.</summary>
    public PullRequest? Pull { get; init; }
}

internal sealed class PullRequest
{
    /// <summary>Whose repository the commits are in.</summary>
    public required string HeadOwner { get; init; }

    public required string HeadBranch { get; init; }

    public required string HeadSha { get; set; }

    public required string BaseBranch { get; init; }
}

internal sealed class Comment
{
    public required long Id { get; init; }

    /// <summary>Login of its author, as it is today.</summary>
    public required string Author { get; set; }

    public required string Body { get; set; }

    /// <summary>Set on a comment to a commit.</summary>
    public string? Sha { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; set; }

    public List<Reaction> Reactions { get; init; } = [];
}

internal sealed class Reaction
{
    public required long Id { get; init; }

    /// <summary>Login of its author, as it is today.</summary>
    public required string Author { get; set; }

    public required string Content { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}

internal sealed class CheckRun
{
    public required long Id { get; init; }

    public required string Name { get; init; }

    public required string HeadSha { get; init; }

    /// <summary>The App that made it, and alone may change it.</summary>
    public long App { get; init; } = AppIdentity.FirstId;

    public string Status { get; set; } = "queued";

    public string? Conclusion { get; set; }

    public string? DetailsUrl { get; set; }

    public string? ExternalId { get; set; }

    public string? Title { get; set; }

    public string? Summary { get; set; }

    public string? Text { get; set; }

    public DateTimeOffset? StartedAt { get; set; }

    public DateTimeOffset? CompletedAt { get; set; }

    /// <summary>Everything that any call added.</summary>
    public List<CheckAnnotation> Annotations { get; init; } = [];

    /// <summary>Each state that was shown, oldest first.</summary>
    public List<CheckRunMoment> History { get; init; } = [];
}

/// <summary>All check runs of one App on one commit.</summary>
internal sealed class CheckSuite
{
    public required long Id { get; init; }

    public long App { get; init; } = AppIdentity.FirstId;

    public required string HeadSha { get; init; }

    /// <summary>Somebody asked for it, or for one of its runs, again, and the App has not said anything since.</summary>
    public bool IsRerequested { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }
}

internal sealed class CommitStatus
{
    public required long Id { get; init; }

    public required string Sha { get; init; }

    public required string Context { get; init; }

    public required string State { get; init; }

    public string? Description { get; init; }

    public string? TargetUrl { get; init; }

    /// <summary>Login of its author, as it is today.</summary>
    public required string Author { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }
}

internal sealed class Delivery
{
    public required long Id { get; init; }

    public required string Guid { get; init; }

    public required string Event { get; init; }

    public string? Action { get; init; }

    public required DateTimeOffset DeliveredAt { get; init; }

    public bool Redelivery { get; init; }

    public double Duration { get; set; }

    /// <summary>0 when there was no answer.</summary>
    public int StatusCode { get; set; }

    public string Status { get; set; } = "failed to connect to host";

    public long? InstallationId { get; init; }

    public long? RepositoryId { get; init; }

    public required string Payload { get; init; }

    public string Answer { get; set; } = "";
}
