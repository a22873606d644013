using Packit.Automation.Matching;
using Packit.PackageConfig;

namespace Packit.Automation.Reporting.Texts;

/// <summary>Why a job of a package config runs for what happened, or does not: the reasons that are stored with a delivery. Plain text.</summary>
public static class MatchTexts
{
    public const string NotByRelease = "A release of the upstream project does not start this kind of job.";

    public const string NotByPush = "A push to dist-git does not start this kind of job.";

    public const string NotByBuild = "A complete build does not start this kind of job.";

    public const string ManualTrigger = "It has 'manual_trigger: true' and nobody asked for it.";

    public const string BuildsIntoSideTag = "It builds into a side tag ('sidetag_group'), which this service does not do.";

    public const string UpdatesFromSideTag = "It makes updates from a side tag ('sidetag_group'), which this service does not do.";

    public const string SameAsEarlier = "An earlier job of the config does the same.";

    public const string UpdateByEarlier = "An earlier job of the config makes the update of this build.";

    public const string HeldByAllowlist = "Its conditions are met, but the project may not use the service.";

    public const string NobodyListed = "(nobody)";

    public static string ConfigRead(string path, string commit) => $"{path} of commit {SubjectTexts.Short(commit)} was read.";

    public static string NoConfig(string commit) => $"Commit {SubjectTexts.Short(commit)} holds none: {string.Join(", ", ConfigFileNames.InOrder)} are looked for at its top.";

    public static string ReleaseStarts(string tag) => $"Release {tag} starts it.";

    public static string Trigger(JobTrigger trigger, params string[] needed) => needed is [var only]
        ? $"Its trigger is '{JobNames.Of(trigger)}' and not '{only}'."
        : $"Its trigger is '{JobNames.Of(trigger)}' and neither {string.Join(" nor ", needed.Select(name => $"'{name}'"))}.";

    public static string Instances(IEnumerable<string> instances, string deployment) =>
        $"'packit_instances' is [{string.Join(", ", instances)}] and this deployment is {deployment}.";

    public static string NoDistGitName(string name) => $"'{name}' cannot be the name of a dist-git repository.";

    public static string OtherPackage(string its, string package) => $"It is for the package {its}, and this is {package}.";

    public static string OnlyAskedFor(string package) => $"Only the package {package} was asked for.";

    public static string Branch(string branch, IEnumerable<string> branches) =>
        $"The branch {branch} is not among its 'dist_git_branches': {string.Join(", ", branches)}.";

    public static string Pushed(string commit, string branch) => $"Commit {SubjectTexts.Short(commit)} was pushed to {branch}.";

    public static string AskedFor(string person) => $"{person} asked for it.";

    public static string BuildComplete(string nvr, string owner) => $"The build {nvr} of {owner} is complete.";

    public static string NotCommitter(string login, IReadOnlyList<string> allowed) =>
        $"{login} pushed it directly and is not in 'allowed_committers': {Names(allowed)}.";

    public static string NotAuthor(string login, int pullRequest, IReadOnlyList<string> allowed) =>
        $"{login} wrote pull request {pullRequest} and is not in 'allowed_pr_authors': {Names(allowed)}.";

    public static string NoLabel(int pullRequest, IEnumerable<string> labels) =>
        $"Pull request {pullRequest} has none of the labels of 'require.label.present': {string.Join(", ", labels)}.";

    public static string LabelAgainst(int pullRequest, string label) => $"Pull request {pullRequest} has the label {label} of 'require.label.absent'.";

    /// <summary>Whose push or pull request it was that a job lets through.</summary>
    public static string PushedBy(string because, string login, int? pullRequest) => pullRequest is { } number
        ? $"{because} {login} wrote pull request {number} and is in 'allowed_pr_authors'."
        : $"{because} {login} pushed it and is in 'allowed_committers'.";

    private static string Names(IReadOnlyList<string> names) => names.Count == 0 ? NobodyListed : string.Join(", ", names);
}
