using Packit.PackageConfig;

namespace Packit.Automation.Matching;

/// <summary>Names of jobs and triggers as they stand in package configs.</summary>
public static class JobNames
{
    public static string Of(JobType type) => type switch
    {
        JobType.ProposeDownstream => "propose_downstream",
        JobType.PullFromUpstream => "pull_from_upstream",
        JobType.SyncFromDownstream => "sync_from_downstream",
        JobType.CoprBuild => "copr_build",
        JobType.UpstreamKojiBuild => "upstream_koji_build",
        JobType.KojiBuild => "koji_build",
        JobType.Tests => "tests",
        JobType.BodhiUpdate => "bodhi_update",
        JobType.VmImageBuild => "vm_image_build",
        JobType.KojiBuildTag => "koji_build_tag",
    };

    public static string Of(JobTrigger trigger) => trigger switch
    {
        JobTrigger.Release => "release",
        JobTrigger.PullRequest => "pull_request",
        JobTrigger.Commit => "commit",
        JobTrigger.KojiBuild => "koji_build",
        JobTrigger.Ignore => "ignore",
    };
}
