using Packit.Automation.Reporting.Texts;
using Packit.GitHub;

namespace Packit.Automation.Events;

/// <summary>What deliveries of GitHub are about: also those that start nothing.</summary>
internal static class GitHubSubjects
{
    /// <summary>Reads it from a payload.</summary>
    /// <returns>Null when the payload names no project that could be shown.</returns>
    public static EventSubject? Of(GitHubEvent payload) => payload switch
    {
        RepositoryEvent { Repository: { RepositoryName: { } name, HtmlUrl: { IsAbsoluteUri: true, Scheme: "https" or "http" } page } } happened => new EventSubject(
            page.AbsoluteUri.TrimEnd('/'), name.ToString(), happened.Repository.Private, happened.Sender.Login, What(happened), Page(happened))
        {
            ForgeId = happened.Repository.Id,
        },
        _ => null,
    };

    private static string What(RepositoryEvent happened) => happened switch
    {
        ReleaseEvent release => SubjectTexts.Release(release.Release.TagName, release.Action),
        IssueCommentEvent comment => SubjectTexts.Comment(comment.Issue.Number, comment.Issue.IsPullRequest, comment.Action),
        CommitCommentEvent comment => SubjectTexts.CommitComment(comment.Comment.CommitId),
        CheckRunEvent check => SubjectTexts.Check(check.CheckRun.Name, check.Action),
        CheckSuiteEvent suite => SubjectTexts.Checks(suite.CheckSuite.HeadSha, suite.Action),
        RepositoryChangedEvent changed => SubjectTexts.Repository(changed.Action),
        PullRequestEvent pull => SubjectTexts.PullRequest(pull.PullRequest.Number, pull.Action),
        PushEvent push => SubjectTexts.Push(push.Ref, push.After),
        _ => SubjectTexts.Other,
    };

    private static string? Page(RepositoryEvent happened) => happened switch
    {
        ReleaseEvent release => release.Release.HtmlUrl.OriginalString,
        IssueCommentEvent comment => comment.Comment.HtmlUrl.OriginalString,
        CommitCommentEvent comment => comment.Comment.HtmlUrl.OriginalString,
        CheckRunEvent check => check.CheckRun.HtmlUrl?.OriginalString,
        PullRequestEvent pull => pull.PullRequest.HtmlUrl.OriginalString,
        _ => null,
    };
}
