using System.Globalization;
using Packit.Automation.Storage;
using Packit.Koji;
using Build = Packit.Koji.KojiBuild;

namespace Packit.Automation.Reporting.Texts;

/// <summary>What maintainers read about a build in Koji: why it was not made, or how it ended.</summary>
public static class KojiBuildTexts
{
    public const string AnswerLost =
        "Koji was asked to build, and its answer was lost. Koji is looked at before it is asked again, so that nothing is built twice.";

    public const string Canceled = "The build was canceled in Koji.";

    public const string TaskGone = "Koji does not know the task of the build any more. Ask for the build again.";

    public static string BranchGone(string branch) => $"dist-git has no branch {branch} any more; nothing was built.";

    public static string NotOnBranch(string commit, string branch) =>
        $"Commit {commit} is not on the branch {branch} any more: the branch was moved to other commits, and the push that did it builds those.";

    public static string NoTarget(string target, string branch) =>
        $"Koji has no build target {target} for the branch {branch}. Correct 'dist_git_branches', or ask release engineering when the branch is new.";

    public static string NvrUnknown(string commit, string reason) =>
        $"The name of the build of commit {commit} cannot be told: {reason} Build it by hand with 'fedpkg build'.";

    public static string NameForeign(string package, string commit, string name) =>
        $"{package}.spec of commit {commit} has the name '{name}', and only {package} is built from this repository. Correct 'Name' in the spec file.";

    public static string Exists(Build existing)
    {
        ArgumentNullException.ThrowIfNull(existing);
        var state = existing.State == KojiBuildState.Complete ? "was built" : "is being built";
        var owner = existing.OwnerName is { } name ? $" by {name}" : "";
        return $"{existing.Nvr} {state}{owner} already. To build again, raise the release of the package.";
    }

    public static string AlreadyOurs(string nvr) => $"{nvr} is being built for an earlier request already.";

    public static string NotAllowed(string target, string words) =>
        $"Koji does not let the service's account build for {target}: {words} Its administrators have to allow it.";

    public static string Refused(string words) => $"Koji refused the build: {words} Correct what it names, and ask for the build again.";

    public static string FailedIn(KojiTask? part) => part is null
        ? "The build failed in Koji."
        : string.Create(CultureInfo.InvariantCulture, $"The build failed in Koji, in task {part.Id} ({KojiBuild.FailedTask.NameOf(part)}).");

    public static string TooLong(TimeSpan deadline) =>
        string.Create(CultureInfo.InvariantCulture, $"Koji did not end the build within {deadline.TotalHours:0} hours; it is not watched any more. Look at the task in Koji.");

    public static string NotVisible(string commit) => $"dist-git does not show commit {commit}.";

    public static string SpecUnchanged(string package) => $"The push does not change {package}.spec.";

    /// <summary>One short line for a flag on the commit.</summary>
    public static string Flag(KojiBuildTarget target)
    {
        ArgumentNullException.ThrowIfNull(target);
        var what = target.Nvr ?? (target.Scratch ? "The scratch build" : "The build");
        return target.Status switch
        {
            KojiBuildStatus.Pending => $"{what} waits for Koji.",
            KojiBuildStatus.Running => $"{what} is being built.",
            KojiBuildStatus.Success => $"{what} was built.",
            KojiBuildStatus.Failure => $"{what} failed to build{(target.FailedArch is { } arch ? $" ({arch})" : "")}.",
            KojiBuildStatus.Canceled => $"{what} was canceled.",
            _ => $"{what} could not be submitted.",
        };
    }

    public static string NoSpec(string file, string commit) => $"There is no file {file} at the top of commit {commit}.";

    public static string NoSpecTag(string file, string tag) => $"{file} has no {tag}.";

    public static string SpecTagUnknown(string tag, string file, string reason) => $"{tag} of {file} cannot be known without running its code: {reason}.";

    public static string AskedForBranch(string person, string branch) => $"{person} asked for {branch}.";
}
