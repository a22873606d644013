using System.Globalization;
using Packit.Automation.BodhiUpdate;
using Packit.Automation.Events;

namespace Packit.Automation.Reporting.Texts;

/// <summary>What deliveries are about, in a few words. Plain text.</summary>
public static class SubjectTexts
{
    public const string Other = "Something happened to the repository";

    private const string Heads = "refs/heads/";

    public static string Release(string tag, string action) => $"Release {tag} was {action}";

    public static string Comment(int thread, bool isPullRequest, string action) => string.Create(
        CultureInfo.InvariantCulture, $"A comment in {(isPullRequest ? "pull request" : "issue")} {thread} was {action}");

    public static string CommitComment(string commit) => $"Commit {Short(commit)} was commented on";

    public static string Check(string name, string action) => $"The check {name} was {action}";

    public static string Checks(string commit, string action) => $"The checks of commit {Short(commit)} were {action}";

    public static string Repository(string action) => $"The repository was {action}";

    public static string PullRequest(int number, string action) =>
        string.Create(CultureInfo.InvariantCulture, $"Pull request {number}: {action}");

    public static string Push(string reference, string commit) => reference.StartsWith(Heads, StringComparison.Ordinal)
        ? $"Commit {Short(commit)} was pushed to {reference[Heads.Length..]}"
        : $"{reference} was pushed";

    public static EventSubject Pushed(string url, string project, string who, string branch, string commit) =>
        new(url, project, IsPrivate: false, who, Push(Heads + branch, commit), Url: null);

    public static EventSubject Commented(string url, string project, string who, int pullRequest) => new(
        url, project, IsPrivate: false, who, Comment(pullRequest, isPullRequest: true, "created"),
        string.Create(CultureInfo.InvariantCulture, $"{url}/pull-request/{pullRequest}"));

    public static EventSubject Built(string url, string project, CompleteBuild build)
    {
        ArgumentNullException.ThrowIfNull(build);
        return new EventSubject(url, project, IsPrivate: false, build.Owner, $"{build.Nvr} was built", Url: null);
    }

    /// <summary>As much of a commit's id as people need.</summary>
    internal static string Short(string commit) => commit[..Math.Min(12, commit.Length)];
}
