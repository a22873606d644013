namespace Packit.Koji;

/// <summary>A build of a package. A scratch build is none of these, only a task.</summary>
/// <param name="Id">Number of the build.</param>
/// <param name="Nvr">Name, version and release, joined by hyphens; unique in Koji.</param>
/// <param name="Name">The package.</param>
public sealed record KojiBuild(int Id, string Nvr, string Name, string Version, string Release, KojiBuildState State)
{
    public int? Epoch { get; init; }

    /// <summary>The task that built it; null for an imported build.</summary>
    public int? TaskId { get; init; }

    public int OwnerId { get; init; }

    public string? OwnerName { get; init; }

    /// <summary>What was built: for a build from dist-git the <see cref="ScmUrl"/> with the whole commit. Null for an imported build.</summary>
    public string? Source { get; init; }

    /// <summary>The source as it was asked for, before the hub resolved a branch to its commit.</summary>
    public string? OriginalSource { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>The source as an address in a version control system; null when it is none.</summary>
    public ScmUrl? Scm => ScmUrl.TryParse(Source, out var url) ? url : null;

    // Rows of listBuilds have no "id", those of listTagged no source; what content generators put into "extra" is up to them.
    internal static KojiBuild Read(Answer build) => new(
        build["build_id"].IsNil ? build["id"].Number() : build["build_id"].Number(),
        build["nvr"].Text(),
        build["name"].Text(),
        build["version"].Text(),
        build["release"].Text(),
        build["state"].State<KojiBuildState>())
    {
        Epoch = build["epoch"].NumberOrNull(),
        TaskId = build["task_id"].NumberOrNull(),
        OwnerId = build["owner_id"].Number(),
        OwnerName = build["owner_name"].TextOrNull(),
        Source = build["source"].TextOrNull(),
        OriginalSource = (((build["extra"].Value as RpcValue.Struct)?["source"] as RpcValue.Struct)?["original_url"] as RpcValue.Text)?.Value,
        CreatedAt = build.Time("creation"),
        StartedAt = build.Time("start"),
        CompletedAt = build.Time("completion"),
    };
}
