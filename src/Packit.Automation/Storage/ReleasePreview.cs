namespace Packit.Automation.Storage;

/// <summary>What would be proposed if a commit were released, as somebody asked to see it.</summary>
public sealed class ReleasePreview
{
    public int Id { get; init; }

    public int ProjectId { get; init; }

    public GitProject Project { get; init; } = null!;

    /// <summary>The command that asked.</summary>
    public required int CommandId { get; init; }

    /// <summary>The commit looked at; null until it is known.</summary>
    public string? CommitSha { get; set; }

    public required PreviewState State { get; set; }

    /// <summary>The result as JSON; null until it is there.</summary>
    public string? Result { get; set; }

    public required DateTimeOffset AskedAt { get; init; }

    public DateTimeOffset? DoneAt { get; set; }
}

/// <summary>How far a preview is.</summary>
public enum PreviewState
{
    [WireName("queued")]
    Queued,

    [WireName("running")]
    Running,

    [WireName("done")]
    Done,

    [WireName("error")]
    Error,
}
