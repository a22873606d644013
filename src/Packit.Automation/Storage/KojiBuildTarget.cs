namespace Packit.Automation.Storage;

/// <summary>One build in Koji: of one commit of one dist-git branch for one target.</summary>
public sealed class KojiBuildTarget : IOutageWaiter
{
    public int Id { get; init; }

    public int GroupId { get; init; }

    public KojiBuildGroup Group { get; init; } = null!;

    /// <summary>The dist-git branch.</summary>
    public required string Branch { get; init; }

    /// <summary>Koji's build target: <c>rawhide</c>, <c>f43-candidate</c>.</summary>
    public required string BuildTarget { get; init; }

    /// <summary>Full sha of the commit that is built.</summary>
    public required string CommitSha { get; init; }

    public bool Scratch { get; init; }

    /// <summary>Name-version-release; null before the spec file was read.</summary>
    public string? Nvr { get; set; }

    public KojiBuildStatus Status { get; set; }

    /// <summary>When <c>build()</c> was about to be called. Set and no task id: the answer was lost, and Koji is asked for our task.</summary>
    public DateTimeOffset? IntendedAt { get; set; }

    /// <summary>Koji's id of the task: ours, or of the build that stands in our way.</summary>
    public long? TaskId { get; set; }

    /// <summary>Koji's id of the build; null for scratch builds and before the build was begun.</summary>
    public long? BuildId { get; set; }

    /// <summary>Page of the task.</summary>
    public string? WebUrl { get; set; }

    /// <summary>Pages of the logs by architecture, as a JSON object (API field <c>build_logs_urls</c>).</summary>
    public string? BuildLogs { get; set; }

    public required DateTimeOffset SubmittedTime { get; init; }

    /// <summary>When the builders began.</summary>
    public DateTimeOffset? BuildStartTime { get; set; }

    /// <summary>When the builders ended.</summary>
    public DateTimeOffset? BuildFinishedTime { get; set; }

    /// <summary>When the service was done with it.</summary>
    public DateTimeOffset? FinishedTime { get; set; }

    /// <summary>Attempts to submit it, for whatever reason.</summary>
    public int Attempts { get; set; }

    /// <summary>Attempts that ended because a remote was away or asked to slow down; they count against nothing.</summary>
    public int Delays { get; set; }

    /// <summary>Since when a remote has been away for it; null when the last attempt met none that was.</summary>
    public DateTimeOffset? AwaySince { get; set; }

    /// <summary>Failed attempts of the present kind of waiting; decides the next pause.</summary>
    public int Retries { get; set; }

    /// <summary>When the next attempt to submit is due, while queued or in retry.</summary>
    public DateTimeOffset? NextAttemptAt { get; set; }

    /// <summary>Until when the worker that submits it is believed alive.</summary>
    public DateTimeOffset? LeaseUntil { get; set; }

    public string? LeaseOwner { get; set; }

    /// <summary>When Koji is asked next how far it is, should no message tell.</summary>
    public DateTimeOffset? NextCheckAt { get; set; }

    /// <summary>How often Koji was asked; decides the pause to the next time.</summary>
    public int Checks { get; set; }

    public FailureKind? FailureKind { get; set; }

    /// <summary>Stable code, listed in the errors document.</summary>
    public string? FailureCode { get; set; }

    /// <summary>What the maintainer reads: why it failed, was skipped, or what is waited for.</summary>
    public string? Message { get; set; }

    /// <summary>The task that failed first, below the build's own.</summary>
    public long? FailedTaskId { get; set; }

    /// <summary>Architecture of the failed task; <c>noarch</c> or <c>srpm</c> also.</summary>
    public string? FailedArch { get; set; }

    /// <summary>Name of the log that tells why it failed: <c>build.log</c>, <c>root.log</c>.</summary>
    public string? FailedLog { get; set; }

    /// <summary>The end of that log.</summary>
    public string? LogTail { get; set; }

    /// <summary>The state that was reported last in dist-git and in the issue repository; differs from <see cref="Status"/> while that is due.</summary>
    public KojiBuildStatus? Reported { get; set; }

    public IList<BodhiUpdateTarget> Updates { get; } = [];
}
