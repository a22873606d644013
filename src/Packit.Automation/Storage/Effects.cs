namespace Packit.Automation.Storage;

/// <summary>A remote effect, recorded before it is made. Unique by key.</summary>
public sealed class RemoteEffect
{
    public long Id { get; init; }

    /// <summary>What exactly is made, so that two attempts at the same thing have the same key.</summary>
    public required string Key { get; init; }

    public EffectState State { get; set; }

    /// <summary>Where it is: a URL, an id or a sha.</summary>
    public string? Reference { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? DoneAt { get; set; }
}

/// <summary>The head that we pushed last to a working branch. Anything else found there is somebody's work.</summary>
public sealed class PushedBranch
{
    public int Id { get; init; }

    public int ProjectId { get; init; }

    public required string Branch { get; init; }

    /// <summary>The head that we know to have been there; null before the first push ended.</summary>
    public string? Sha { get; set; }

    /// <summary>The head that a push was begun for. Stored before the push, so that a push whose end is unknown is still known as ours.</summary>
    public required string IntendedSha { get; set; }

    /// <summary>Version that the intended commit proposes.</summary>
    public required string Version { get; set; }

    /// <summary>GitHub's id of the upstream repository that the intended commit comes from; null where agreements do not count.</summary>
    public long? RepositoryId { get; set; }

    public required DateTimeOffset PushedAt { get; set; }
}

/// <summary>A check on a commit: one check run per name, updated in place.</summary>
public sealed class StoredCheck
{
    public int Id { get; init; }

    public int ProjectId { get; init; }

    public required string HeadSha { get; init; }

    public required string Name { get; init; }

    /// <summary>Id of the check run; null while it is being made, or where only a commit status could be set.</summary>
    public long? CheckRunId { get; set; }

    /// <summary><c>external_id</c> of the check run: the event it belongs to.</summary>
    public required string ExternalId { get; init; }

    /// <summary>What the check is to show, as JSON. It is sent again until <see cref="Shown"/> equals it.</summary>
    public required string Wanted { get; set; }

    /// <summary>What the forge confirmed last.</summary>
    public string? Shown { get; set; }

    /// <summary>When <see cref="Wanted"/> was set.</summary>
    public required DateTimeOffset WantedAt { get; set; }
}

/// <summary>An archive as it was when a release was first read.</summary>
public sealed class ReleaseArchive
{
    public int Id { get; init; }

    public int ReleaseId { get; init; }

    public required string Url { get; init; }

    public required string FileName { get; init; }

    /// <summary>Lower-case hex.</summary>
    public required string Sha512 { get; init; }

    /// <summary>Bytes.</summary>
    public required long Size { get; init; }

    public required DateTimeOffset FetchedAt { get; init; }
}

/// <summary>An issue that reports failures: one per project, kind and subject.</summary>
public sealed class FailureIssue
{
    public int Id { get; init; }

    public int ProjectId { get; init; }

    /// <summary>Such as <c>propose-downstream</c> or <c>invalid-config</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>What failed: the release tag for a release.</summary>
    public required string Subject { get; init; }

    public int? IssueNumber { get; set; }

    public bool IsOpen { get; set; }

    /// <summary>Digest of the comment added last; an identical failure adds nothing.</summary>
    public string? Commented { get; set; }
}
