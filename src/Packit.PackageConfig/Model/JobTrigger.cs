namespace Packit.PackageConfig;

/// <summary>What makes a job run.</summary>
public enum JobTrigger
{
    /// <summary>A release of the upstream project.</summary>
    Release,

    /// <summary>A change of a pull request.</summary>
    PullRequest,

    /// <summary>A push; for Bodhi updates a finished build of one.</summary>
    Commit,

    /// <summary>A build that was tagged into a side tag.</summary>
    KojiBuild,

    /// <summary>Nothing: the job is switched off.</summary>
    Ignore,
}
