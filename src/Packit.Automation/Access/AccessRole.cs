namespace Packit.Automation.Access;

/// <summary>What somebody, or something, can be to the service. What is not known is not held.</summary>
public enum AccessRole
{
    Anyone,
    AccountNotDenied,
    ServiceAdmin,
    ProjectApproved,
    MayMergeUpstream,
    PullRequestAuthor,
    Installer,
    Packager,
    PackageCommitter,
    OwnCheck,
    ConfiguredPullRequestAuthor,
    ConfiguredCommitter,
    ConfiguredBuilder,
    Nobody,
}
