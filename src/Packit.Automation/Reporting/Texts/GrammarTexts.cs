namespace Packit.Automation.Reporting.Texts;

/// <summary>What commands and their options do: the sentences of <c>help</c> and of the document of commands.</summary>
public static class GrammarTexts
{
    public const string ProposeDownstream =
        "Propose a release to dist-git: the one that the issue is about when this service opened it, else the latest; or the one of TAG. "
        + "Branches that have it already are left out.";

    public const string All = "Work on all configured branches, also on those that have the release already.";

    public const string Branch = "Work on this dist-git branch only; may be given again.";

    public const string Preview =
        "Show what would be proposed if the commit REF were released now: the newest commit of the default branch, or of the pull request, "
        + "when no REF is given. Nothing is changed anywhere.";

    public const string Tag = "The tag that the release would have.";

    public const string KojiBuild =
        "Build the package in Koji: for the branch of the dist-git pull request, or for the branches that an issue of failed builds names.";

    public const string CreateUpdate =
        "Create the Bodhi update of the newest build: for the branch of the dist-git pull request, or for the branches that an issue of failed updates names.";

    public const string AllowUpstream = "Agree that the upstream project of this pull request may propose its releases to this package.";

    public const string Revoke = "Take the agreement back.";

    public const string VerifyFas = "Prove who installed the App: ACCOUNT is the Fedora account whose profile names your GitHub login.";

    public const string Help = "Show the commands that work here.";

    public const string PullFromUpstream =
        "This service does not pull releases from upstream: it proposes them when the upstream project publishes them. "
        + "Give the command propose-downstream in an issue of the upstream project.";

    public const string ResolveBug = "A bug that the proposal resolves.";

    public const string WithPullRequestConfig = "Read the package config of the pull request.";

    public const string Version = "The version to pull.";

    public const string KojiTag =
        "This service does not tag builds into side tags. Give the command koji-build, or tag the build in Koji yourself.";

    public const string AllBranches = "Tag the builds of all branches.";

    public const string Package = "Only the jobs of this package of a monorepo.";

    public const string WantedRef = "a branch, a tag or a commit";

    public const string WantedTag = "the name of a git tag";

    public const string WantedBranch = "the name of a dist-git branch";

    public const string WantedPackage = "the name of a package in the config";

    public const string WantedVersion = "a version as rpm may have it";

    public const string WantedAccount = "the name of a Fedora account";

    public const string WantedBug = "the number of a bug, such as 1234567 or rhbz#1234567";
}
