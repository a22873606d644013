namespace Packit.Automation.Access;

/// <summary>What people, or what they did, want the service to do. <see cref="AccessRules"/> has one rule for each.</summary>
public enum AccessEvent
{
    ReleasePublished,
    ConfigPushed,

    /// <summary>A pull request of an upstream project changes the package config.</summary>
    ConfigProposed,

    /// <summary>The config of a pull request that is not merged would start its jobs.</summary>
    ProposedConfigRun,
    ProposeCommand,
    PreviewCommand,
    HelpCommand,
    VerifyFasCommand,
    KojiBuildCommandInIssue,
    CreateUpdateCommandInIssue,
    DistGitKojiBuild,
    DistGitCreateUpdate,
    DistGitAllowUpstream,
    CheckRerun,

    /// <summary>A pull request of dist-git was merged.</summary>
    DistGitMerge,

    /// <summary>Commits were pushed to dist-git without a pull request.</summary>
    DistGitPush,

    /// <summary>A build is complete in Koji.</summary>
    BuildCompleted,
}
