namespace Packit.Automation.Storage;

/// <summary>One dist-git branch of a run: the unit of work, of retry and of reporting.</summary>
public sealed class SyncReleaseTarget : IOutageWaiter
{
    public int Id { get; init; }

    public int RunId { get; init; }

    public SyncReleaseRun Run { get; init; } = null!;

    public required string Branch { get; init; }

    public SyncReleaseTargetStatus Status { get; set; }

    public required DateTimeOffset SubmittedTime { get; init; }

    public DateTimeOffset? StartTime { get; set; }

    public DateTimeOffset? FinishedTime { get; set; }

    /// <summary>Executions begun, for whatever reason.</summary>
    public int Attempts { get; set; }

    /// <summary>Attempts that ended because a remote was away or asked to slow down; they count against nothing.</summary>
    public int Delays { get; set; }

    /// <summary>Since when a remote has been away for it; null when the last attempt met none that was.</summary>
    public DateTimeOffset? AwaySince { get; set; }

    /// <summary>Failed attempts of the present kind of waiting; decides the next pause.</summary>
    public int Retries { get; set; }

    /// <summary>When the next attempt is due, while queued or in retry.</summary>
    public DateTimeOffset? NextAttemptAt { get; set; }

    /// <summary>Until when the running worker is believed alive.</summary>
    public DateTimeOffset? LeaseUntil { get; set; }

    public string? LeaseOwner { get; set; }

    public FailureKind? FailureKind { get; set; }

    /// <summary>Stable code, listed in the errors document.</summary>
    public string? FailureCode { get; set; }

    /// <summary>What the maintainer reads: why it failed, was skipped, or what is waited for.</summary>
    public string? Message { get; set; }

    public string? Version { get; set; }

    /// <summary>The plan as shown to people: what would change, one step a line.</summary>
    public string? Plan { get; set; }

    /// <summary>The commit on the working branch.</summary>
    public string? CommitSha { get; set; }

    /// <summary>The change as a unified diff, clipped.</summary>
    public string? Diff { get; set; }

    public IList<SyncReleasePullRequest> PullRequests { get; } = [];
}

/// <summary>One line of the log that people can read on the page of a target.</summary>
public sealed class TargetLogLine
{
    public long Id { get; init; }

    public int TargetId { get; init; }

    public required DateTimeOffset At { get; init; }

    public required LogLevelName Level { get; init; }

    public required string Text { get; init; }
}
