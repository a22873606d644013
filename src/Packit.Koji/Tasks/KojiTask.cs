namespace Packit.Koji;

/// <summary>A task of the build system: a build is one of method <c>build</c>, with a child for each architecture.</summary>
/// <param name="Id">Number of the task.</param>
/// <param name="Method"><c>build</c>, <c>buildSRPMFromSCM</c>, <c>buildArch</c>, <c>tagBuild</c> …</param>
public sealed record KojiTask(int Id, string Method, KojiTaskState State)
{
    /// <summary>The task it belongs to; null at the top.</summary>
    public int? ParentId { get; init; }

    /// <summary>The number of the user who asked for it.</summary>
    public int? OwnerId { get; init; }

    /// <summary>The architecture: <c>noarch</c>, <c>x86_64</c>.</summary>
    public string? Arch { get; init; }

    /// <summary>What the parent calls it: <c>srpm</c>, an architecture, <c>tag</c>.</summary>
    public string? Label { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>The arguments of the task; null when they were not asked for or cannot be read.</summary>
    public IReadOnlyList<RpcValue>? Request { get; init; }

    /// <summary>Whether it ended, well or not.</summary>
    public bool IsFinal => State is KojiTaskState.Closed or KojiTaskState.Canceled or KojiTaskState.Failed;

    /// <summary>What is built; null when it is not a <c>build</c> task or its arguments were not asked for.</summary>
    public BuildTaskArguments? Build => Method == "build" && Request is { } request ? BuildTaskArguments.Of(request) : null;

    internal static KojiTask Read(Answer task) => new(task["id"].Number(), task["method"].Text(), task["state"].State<KojiTaskState>())
    {
        ParentId = task["parent"].NumberOrNull(),
        OwnerId = task["owner"].NumberOrNull(),
        Arch = task["arch"].TextOrNull(),
        Label = task["label"].TextOrNull(),
        CreatedAt = task.Time("create"),
        StartedAt = task.Time("start"),
        CompletedAt = task.Time("completion"),
        Request = TaskArguments.Read(task["request"].Value),
    };
}
