using System.Globalization;

namespace Packit.Automation.Reporting.Texts;

/// <summary>What came of deliveries, one sentence each. Plain text.</summary>
public static class DeliveryTexts
{
    public const string NotServed = "The repository is private and its namespace is not enabled here.";

    public const string BuildNotOurs = "This service did not start the build.";

    public const string UpdateNotOurs = "This service did not make the update.";

    public const string PullRequestNotOurs = "This service did not open the pull request.";

    public const string ConfigErrorsReported = "The package config has errors; an issue says which.";

    public const string NoJobForRelease = "No job of the package config is for this release.";

    public const string ReleaseAllDone = "Every branch has this release already.";

    public const string ReleaseInProgress = "The release is being worked on already.";

    public const string ConfigUntouched = "The package config is not touched.";

    public const string NoUpdateWaits = "No update waits for this tag.";

    public const string PackageWithoutConfig = "The package has no package config.";

    public const string ConfigErrors = "The package config has errors.";

    public const string NoBuildJob = "The package config has no koji_build job.";

    public const string NoBuildJobForPush = "No koji_build job is for this push.";

    public const string NoUpdateJob = "The package config has no bodhi_update job.";

    public static string ReleaseNotShown(string tag, string repository) => $"GitHub does not show the release {tag} of {repository} yet.";

    public static string TagNotShown(string tag, string repository) => $"GitHub does not show the tag {tag} of {repository} yet.";

    public static string CommitNotShown(string commit) => $"GitHub does not show the commit {commit} yet.";

    public static string CheckNotTaken(string commit) => $"GitHub has not taken the check on commit {commit} yet.";

    public static string Started(IEnumerable<string> branches) => $"Started for {string.Join(", ", branches)}.";

    public static string CommitWithoutConfig(string commit) => $"Commit {SubjectTexts.Short(commit)} holds no package config.";

    public static string PullRequestLookedAt(int number, string package) =>
        string.Create(CultureInfo.InvariantCulture, $"Pull request {number} of {package} was looked at.");

    public static string KojiAsked(long task) => string.Create(CultureInfo.InvariantCulture, $"Koji was asked for task {task}.");

    public static string BodhiAsked(string alias) => $"Bodhi is asked about {alias}.";

    public static string WaitedForTag(string nvr, string tag) => $"The update of {nvr} waited for the tag {tag}.";

    public static string OtherNamespace(string wanted, string project) => $"Packages are in the namespace {wanted}, and this is {project}.";

    public static string PushNotShown(string commit, long? pullRequest) =>
        string.Create(CultureInfo.InvariantCulture, $"dist-git does not show all of the push yet: commit {commit}, pull request {pullRequest}.");

    public static string BuildStarted(string commit, string branch) => $"Started the build of {SubjectTexts.Short(commit)} on {branch}.";

    public static string NotFromBranch(string nvr) => $"{nvr} was not built from a branch of dist-git.";

    public static string BuildToBeKnown(string nvr) => $"The service is about to find out whether {nvr} is the build that it asked for.";

    public static string KojiDisagrees(string nvr) => $"Koji says something else about {nvr} than the message.";

    public static string BuildNotShown(string nvr) => $"Koji does not show {nvr} as complete yet.";

    public static string WithoutConfig(string package) => $"{package} has no package config.";

    public static string BrokenConfig(string package) => $"The package config of {package} has errors.";

    public static string NoUpdateJobFor(string nvr) => $"No bodhi_update job is for {nvr}.";

    public static string UpdateStarted(string nvr) => $"The update of {nvr} was started.";

    // Nobody has to do anything: it is tried again.
    public static string AnotherTells(string service) => $"Another delivery tells {service} the same at this moment; this one looks afterwards what is left to say.";
}
