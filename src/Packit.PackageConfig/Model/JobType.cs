namespace Packit.PackageConfig;

/// <summary>What a job does; in the file written in snake case (<c>propose_downstream</c>).</summary>
public enum JobType
{
    /// <summary>Brings an upstream release to dist-git when the forge announces it.</summary>
    ProposeDownstream,

    /// <summary>Brings an upstream release to dist-git when release monitoring announces it.</summary>
    PullFromUpstream,

    /// <summary>Brings a dist-git change upstream.</summary>
    SyncFromDownstream,

    /// <summary>Builds in Copr.</summary>
    CoprBuild,

    /// <summary>Builds an upstream commit in Koji.</summary>
    UpstreamKojiBuild,

    /// <summary>Builds a merged dist-git commit in Koji.</summary>
    KojiBuild,

    /// <summary>Runs tests in the testing farm.</summary>
    Tests,

    /// <summary>Creates a Bodhi update from a finished build.</summary>
    BodhiUpdate,

    /// <summary>Builds a virtual machine image.</summary>
    VmImageBuild,

    /// <summary>Accepted in the file, used internally by the established service.</summary>
    KojiBuildTag,
}
