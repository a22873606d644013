namespace Packit.FedoraMessaging;

internal sealed record WireUser(string Name);

internal sealed record WireProject(
    string Name, string Fullname, string? Namespace = null, WireParent? Parent = null, WireUser? User = null, string? FullUrl = null);

internal sealed record WireParent(string Fullname);

internal sealed record WireGitReceive(
    WireProject Repo,
    string Branch,
    string EndCommit,
    string Agent,
    string? StartCommit = null,
    string? OldCommit = null,
    int TotalCommits = 1,
    bool Forced = false,
    long? PullRequestId = null,
    Dictionary<string, string>? ChangedFiles = null);

internal sealed record WirePullRequestMessage(WirePullRequest Pullrequest, string Agent, bool Merged = false, WireComment? Comment = null);

internal sealed record WirePullRequest(
    long Id,
    WireProject Project,
    string Branch,
    WireUser User,
    string? Title = null,
    string? Status = null,
    string? BranchFrom = null,
    WireProject? RepoFrom = null,
    string? CommitStop = null,
    WireUser? ClosedBy = null,
    string? FullUrl = null,
    IReadOnlyList<WireComment>? Comments = null);

internal sealed record WireComment(long Id, string Comment, WireUser User, DateTimeOffset? DateCreated = null, bool Notification = false);
