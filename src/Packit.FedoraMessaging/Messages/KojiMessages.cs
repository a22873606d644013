namespace Packit.FedoraMessaging;

/// <summary>The state of a build, by Koji's numbers.</summary>
/// <remarks>Koji: BUILD_STATES in koji/__init__.py.</remarks>
public enum BuildState
{
    Building = 0,
    Complete = 1,
    Deleted = 2,
    Failed = 3,
    Canceled = 4,
}

/// <summary>The state of a task, by Koji's numbers; messages have the names.</summary>
/// <remarks>Koji: TASK_STATES in koji/__init__.py.</remarks>
public enum TaskState
{
    Free = 0,
    Open = 1,
    Closed = 2,
    Canceled = 3,
    Assigned = 4,
    Failed = 5,
}

/// <summary>Which build.</summary>
/// <param name="Id">Koji's number of it.</param>
/// <param name="Name">The package.</param>
/// <param name="Version">Of the rpm.</param>
/// <param name="Release">Of the rpm, with the dist tag.</param>
/// <param name="Epoch">Null for none. Messages on tags do not say it.</param>
/// <param name="Owner">Login of who built it.</param>
public sealed record BusBuild(long Id, string Name, string Version, string Release, int? Epoch, string Owner)
{
    /// <summary>Name, version and release with hyphens between: Koji's own name of the build.</summary>
    public string Nvr => $"{Name}-{Version}-{Release}";
}

/// <summary>What was asked for when an rpm build was started.</summary>
/// <param name="Source"><c>git+https://src.fedoraproject.org/rpms/foo.git#&lt;commit&gt;</c>, or an uploaded source package.</param>
/// <param name="Target">The build target, such as <c>f43-candidate</c>; null when built for a tag alone.</param>
/// <param name="Scratch">Whether it is thrown away after.</param>
public sealed record BusBuildRequest(string Source, string? Target, bool Scratch)
{
    private const string GitScheme = "git+";

    /// <summary>The repository, without <c>git+</c>, <c>.git</c> and commit; null when the source is no git address.</summary>
    public Uri? Repository
    {
        get
        {
            if (!Source.StartsWith(GitScheme, StringComparison.Ordinal)
                || !Uri.TryCreate(Source[GitScheme.Length..].Split('#', 2)[0], UriKind.Absolute, out var url))
            {
                return null;
            }

            var address = url.GetLeftPart(UriPartial.Path).TrimEnd('/');
            return new Uri(address.EndsWith(".git", StringComparison.Ordinal) ? address[..^4] : address);
        }
    }

    /// <summary>The commit; null when the source is no git address or names no full commit.</summary>
    public string? Commit
    {
        get
        {
            var commit = Source[(Source.LastIndexOf('#') + 1)..];
            return Source.StartsWith(GitScheme, StringComparison.Ordinal) && GitNames.IsCommit(commit) ? commit : null;
        }
    }
}

/// <summary>A task of a build.</summary>
/// <param name="Id">Koji's number of it.</param>
/// <param name="Method"><c>build</c>, <c>buildArch</c>, <c>buildSRPMFromSCM</c>, <c>tagBuild</c> …</param>
/// <param name="Arch">The architecture, or <c>noarch</c>; null when not told.</param>
/// <param name="State">Null when not told.</param>
public sealed record BusTask(long Id, string Method, string? Arch, TaskState? State);

/// <summary>A build began, ended or was deleted. Sent for every build of Koji, scratch builds excepted.</summary>
/// <param name="Build">Which.</param>
/// <param name="TaskId">Its task; null for an imported build.</param>
/// <param name="Old">The state before; null at the beginning.</param>
/// <param name="New">The state now.</param>
/// <param name="Method">Method of its task: <c>build</c> for rpms; null when the message does not say.</param>
/// <param name="Request">What was asked for; null for what is no rpm build and for imports.</param>
/// <param name="Children">The task's parts, where told.</param>
/// <param name="CreatedAt">When it began; null when not told.</param>
/// <param name="CompletedAt">When it ended.</param>
/// <remarks>koji-fedoramessaging: build.BuildStateChangeV1.</remarks>
public sealed record BuildStateChange(
    BusBuild Build,
    long? TaskId,
    BuildState? Old,
    BuildState New,
    string? Method,
    BusBuildRequest? Request,
    IReadOnlyList<BusTask> Children,
    DateTimeOffset? CreatedAt,
    DateTimeOffset? CompletedAt) : MessageBody;

/// <summary>A top-level scratch task changed its state; ordinary builds send no such message.</summary>
/// <param name="TaskId">Which.</param>
/// <param name="Method"><c>build</c> for rpms.</param>
/// <param name="Owner">Login of who started it.</param>
/// <param name="Old">The state before; null when not told.</param>
/// <param name="New">The state now.</param>
/// <param name="Request">What was asked for; null for what is no rpm build.</param>
/// <param name="Children">The task's parts, where told.</param>
/// <remarks>koji-fedoramessaging: task.TaskStateChangeV1.</remarks>
public sealed record TaskStateChange(
    long TaskId, string Method, string Owner, TaskState? Old, TaskState New, BusBuildRequest? Request, IReadOnlyList<BusTask> Children) : MessageBody;

/// <summary>A build was put into a tag.</summary>
/// <param name="Build">Which.</param>
/// <param name="Tag">The tag's name.</param>
/// <param name="TagId">Koji's number of it.</param>
/// <param name="User">Login of who did it; null when not told.</param>
public sealed record BuildTagged(BusBuild Build, string Tag, long TagId, string? User) : MessageBody;

/// <summary>A build was taken out of a tag.</summary>
/// <inheritdoc cref="BuildTagged"/>
public sealed record BuildUntagged(BusBuild Build, string Tag, long TagId, string? User) : MessageBody;
