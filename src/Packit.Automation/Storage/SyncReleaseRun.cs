namespace Packit.Automation.Storage;

/// <summary>One execution of a release through one package of one job.</summary>
public sealed class SyncReleaseRun
{
    public int Id { get; init; }

    public int ProjectEventId { get; init; }

    public ProjectEvent ProjectEvent { get; init; } = null!;

    /// <summary>The delivery that asked for it; with package and job the identity of the run.</summary>
    public long DeliveryId { get; init; }

    /// <summary>The command that asked for it (<see cref="CommentCommand"/>); 0 when none did. Part of the identity: a comment may hold several.</summary>
    public int CommandId { get; init; }

    public SyncReleaseJobType JobType { get; init; }

    public RunTrigger Trigger { get; init; }

    /// <summary>Key in <c>packages</c> of the config.</summary>
    public required string PackageName { get; init; }

    /// <summary>Index of the view (job and package) in the config.</summary>
    public required int ViewIndex { get; init; }

    /// <summary>Name of the dist-git repository.</summary>
    public required string DownstreamPackage { get; init; }

    public string? Identifier { get; init; }

    public int ConfigId { get; init; }

    public StoredPackageConfig Config { get; init; } = null!;

    public SyncReleaseStatus Status { get; set; }

    public required DateTimeOffset SubmittedTime { get; init; }

    public DateTimeOffset? FinishedTime { get; set; }

    public IList<SyncReleaseTarget> Targets { get; } = [];
}
