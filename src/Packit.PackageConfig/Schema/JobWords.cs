namespace Packit.PackageConfig.Schema;

/// <summary>Jobs and triggers as the file writes them.</summary>
internal static class JobWords
{
    public static OrderedDictionary<string, JobType> Types { get; } = new(StringComparer.Ordinal)
    {
        ["propose_downstream"] = JobType.ProposeDownstream,
        ["pull_from_upstream"] = JobType.PullFromUpstream,
        ["sync_from_downstream"] = JobType.SyncFromDownstream,
        ["copr_build"] = JobType.CoprBuild,
        ["upstream_koji_build"] = JobType.UpstreamKojiBuild,
        ["koji_build"] = JobType.KojiBuild,
        ["tests"] = JobType.Tests,
        ["bodhi_update"] = JobType.BodhiUpdate,
        ["vm_image_build"] = JobType.VmImageBuild,
        ["koji_build_tag"] = JobType.KojiBuildTag,
    };

    public static OrderedDictionary<string, JobTrigger> Triggers { get; } = new(StringComparer.Ordinal)
    {
        ["release"] = JobTrigger.Release,
        ["pull_request"] = JobTrigger.PullRequest,
        ["commit"] = JobTrigger.Commit,
        ["koji_build"] = JobTrigger.KojiBuild,
        ["ignore"] = JobTrigger.Ignore,
    };

    /// <summary>Jobs of former versions, with what to write today.</summary>
    public static string? TypeOfToday(string old) => old switch
    {
        "production_build" => "upstream_koji_build",
        "build" => "copr_build",
        "propose_update" or "sync_from_upstream" => "propose_downstream",
        _ => null,
    };

    public static string Of(JobType type) => Types.First(t => t.Value == type).Key;

    public static string Of(JobTrigger trigger) => Triggers.First(t => t.Value == trigger).Key;

    /// <summary>The triggers that ever start a job of this service; null where another service decides.</summary>
    public static IReadOnlyList<JobTrigger>? FiringTriggers(JobType type) => type switch
    {
        JobType.ProposeDownstream or JobType.PullFromUpstream => [JobTrigger.Release],
        JobType.KojiBuild or JobType.BodhiUpdate => [JobTrigger.Commit, JobTrigger.KojiBuild],
        JobType.SyncFromDownstream => [JobTrigger.Commit],
        _ => null,
    };
}
