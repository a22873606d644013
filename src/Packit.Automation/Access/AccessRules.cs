using System.Collections.Frozen;

namespace Packit.Automation.Access;

/// <summary>
/// Who may what: the one table. <see cref="AccessGate"/> decides by it, and docs/security.md shows it. A rule that is not here is
/// nobody's right.
/// </summary>
public static class AccessRules
{
    private static readonly AccessNeed NotDenied = new(AccessRole.AccountNotDenied);
    private static readonly AccessNeed Approved = new(AccessRole.ProjectApproved);

    // Administrators of the service pass the allowlist and whatever is decided with it (Packit: allowlist), and no further check.
    private static readonly AccessNeed ApprovedOrAdmin = new(AccessRole.ServiceAdmin, AccessRole.ProjectApproved);
    private static readonly AccessNeed MergesOrAdmin = new(AccessRole.ServiceAdmin, AccessRole.MayMergeUpstream);
    private static readonly AccessNeed Merges = new(AccessRole.MayMergeUpstream);
    private static readonly AccessNeed Packager = new(AccessRole.Packager);
    private static readonly AccessNeed Commits = new(AccessRole.PackageCommitter);

    /// <summary>Every rule, in the order in which the document shows them.</summary>
    public static IReadOnlyList<AccessRule> All { get; } =
    [
        new(AccessEvent.ReleasePublished, "a release is published upstream",
            "pull requests in dist-git from the config of the released commit",
            [Approved], RefusalPlace.Commit),
        new(AccessEvent.ConfigPushed, "a package config is pushed upstream",
            "the check `packit:config` on the commit; nothing is started",
            [Approved], RefusalPlace.DeliveryPage),
        new(AccessEvent.ConfigProposed, "a pull request upstream changes the package config",
            "the check `packit:config` on its newest commit; nothing is started",
            [Approved], RefusalPlace.DeliveryPage),
        new(AccessEvent.ProposedConfigRun, "the package config of a pull request that is not merged",
            "its jobs run; it is read for the check and for previews only",
            [new AccessNeed(AccessRole.Nobody)], RefusalPlace.DeliveryPage),
        new(AccessEvent.ProposeCommand, "`propose-downstream` in an issue upstream",
            "pull requests in dist-git from the config of the released commit",
            [NotDenied, ApprovedOrAdmin, MergesOrAdmin], RefusalPlace.Thread),
        new(AccessEvent.PreviewCommand, "`preview` in an issue or pull request upstream",
            "a page that shows what would be proposed; nothing is changed anywhere",
            [NotDenied, ApprovedOrAdmin, new AccessNeed(AccessRole.ServiceAdmin, AccessRole.MayMergeUpstream, AccessRole.PullRequestAuthor)],
            RefusalPlace.Thread),
        new(AccessEvent.HelpCommand, "`help`, or a command that cannot be understood, anywhere",
            "an answer",
            [new AccessNeed(AccessRole.Anyone)], RefusalPlace.Thread),
        new(AccessEvent.VerifyFasCommand, "`verify-fas` in the issue that asks for an approval",
            "the namespace is approved when the Fedora account names the GitHub login",
            [new AccessNeed(AccessRole.Installer)], RefusalPlace.Thread),
        new(AccessEvent.KojiBuildCommandInIssue, "`koji-build` in an issue upstream or of the issue repository",
            "Koji builds of the branches that the issue is about",
            [NotDenied, ApprovedOrAdmin, Merges], RefusalPlace.Thread),
        new(AccessEvent.CreateUpdateCommandInIssue, "`create-update` in an issue upstream or of the issue repository",
            "Bodhi updates of the branches that the issue is about",
            [NotDenied, ApprovedOrAdmin, Merges], RefusalPlace.Thread),
        new(AccessEvent.CheckRerun, "*Re-run* is pressed at a check, or at all of them, on GitHub",
            "the branch of the check, or every branch of the release, is proposed again; the package config is read again",
            [new AccessNeed(AccessRole.OwnCheck), NotDenied, ApprovedOrAdmin, Merges], RefusalPlace.Check),
        new(AccessEvent.DistGitKojiBuild, "`koji-build` in a pull request of dist-git",
            "a Koji build of the branch that the pull request is for",
            [Packager], RefusalPlace.Thread),
        new(AccessEvent.DistGitCreateUpdate, "`create-update` in a pull request of dist-git",
            "a Bodhi update of the newest build of the branch that the pull request is for",
            [Packager, Commits], RefusalPlace.Thread),
        new(AccessEvent.DistGitAllowUpstream, "`allow-upstream` in a pull request of dist-git",
            "the upstream project may propose to the package from now on, or (`--revoke`) no longer",
            [Packager, Commits], RefusalPlace.Thread),
        new(AccessEvent.DistGitMerge, "a pull request of dist-git is merged",
            "a Koji build of the merged commit",
            [new AccessNeed(AccessRole.ConfiguredPullRequestAuthor)], RefusalPlace.DeliveryPage),
        new(AccessEvent.DistGitPush, "commits are pushed to dist-git without a pull request",
            "a Koji build of the pushed commit",
            [new AccessNeed(AccessRole.ConfiguredCommitter)], RefusalPlace.DeliveryPage),
        new(AccessEvent.BuildCompleted, "a build is complete in Koji",
            "a Bodhi update of the build",
            [new AccessNeed(AccessRole.ConfiguredBuilder)], RefusalPlace.DeliveryPage),
    ];

    private static readonly FrozenDictionary<AccessEvent, AccessRule> ByEvent = All.ToFrozenDictionary(rule => rule.Event);

    /// <summary>The rule of an event.</summary>
    public static AccessRule Of(AccessEvent happened) => ByEvent[happened];

    /// <summary>What a role means and who says that it is held, in words.</summary>
    public static string Meaning(AccessRole role) => role switch
    {
        AccessRole.Anyone => "anyone",
        AccessRole.AccountNotDenied => "an account that is not denied by name (allowlist)",
        AccessRole.ServiceAdmin => "an administrator of the service (`Service:Admins`, by the id of the account where it has one)",
        AccessRole.ProjectApproved => "a project that is approved, itself or by a namespace above it, and denied at no level (allowlist)",
        AccessRole.MayMergeUpstream => "a person who may merge upstream: `write`, `maintain` or `admin` (asked from GitHub)",
        AccessRole.PullRequestAuthor => "the author of the pull request (asked from GitHub)",
        AccessRole.Installer => "the person who installed the App for the account that the issue is about (noted at the installation, by the id of the account)",
        AccessRole.Packager => "a packager: a member of the group `packager` (asked from the Fedora account system)",
        AccessRole.PackageCommitter => "a person with commit rights on the package, alone or by a group (asked from dist-git)",
        AccessRole.OwnCheck => "a check that this service made, by its own record of it",
        AccessRole.ConfiguredPullRequestAuthor => "an author whom the job's `allowed_pr_authors` names (package config of the merged commit)",
        AccessRole.ConfiguredCommitter => "a committer whom the job's `allowed_committers` names (package config of the pushed commit)",
        AccessRole.ConfiguredBuilder => "a builder whom the job's `allowed_builders` names (package config of the built commit)",
        AccessRole.Nobody => "nobody",
    };
}
