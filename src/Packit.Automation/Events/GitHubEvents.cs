using Packit.Automation.Reporting.Texts;
using Packit.Automation.Storage;
using Packit.GitHub;
using Packit.PackageConfig;

namespace Packit.Automation.Events;

/// <summary>Reads what GitHub sent as one of our events.</summary>
public static class GitHubEvents
{
    private const string Heads = "refs/heads/";

    /// <summary>With fewer commits than this the list of a push has never been cut. GitHub: 20 of them for years, 2,048 today.</summary>
    private const int ListedCommits = 20;

    /// <summary>Reads a delivery. It never throws: what cannot be read is an event of its own.</summary>
    public static ServiceEvent Read(InboxDelivery delivery)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        var parsed = GitHubWebhook.Parse(delivery.EventType, delivery.Body);
        ServiceEvent happened = parsed switch
        {
            ReleaseEvent { Action: "published" } release => Of(release, repository => new ServiceEvent.ReleasePublished(repository, release.Release.TagName)),
            IssueCommentEvent { Action: "created" or "edited" } comment => OfComment(comment),
            CheckRunEvent { Action: "rerequested" } one => OfRerun(one, one.CheckRun.App, one.CheckRun.HeadSha, one.CheckRun),
            CheckSuiteEvent { Action: "rerequested" } all => OfRerun(all, all.CheckSuite.App, all.CheckSuite.HeadSha, check: null),
            PushEvent push => OfPush(push),
            PullRequestEvent { Action: "opened" or "synchronize" or "reopened" } changed => OfPullRequest(changed),
            InstallationEvent or InstallationRepositoriesEvent or InstallationTargetEvent => InstallationReading.Of(parsed, delivery.EventType),
            RepositoryChangedEvent { Action: "renamed" or "transferred" or "privatized" or "publicized" } changed =>
                Of(changed, repository => InstallationReading.OfRepository(changed, repository)),
            MalformedEvent malformed => new ServiceEvent.Unreadable(malformed.Reason),
            _ => new ServiceEvent.NotForUs(EventTexts.NothingReacts(delivery.EventType)),
        };
        return happened with { Subject = GitHubSubjects.Of(parsed) };
    }

    private static ServiceEvent OfPush(PushEvent push)
    {
        if (!push.Ref.StartsWith(Heads, StringComparison.Ordinal) || push.Deleted || IsNobody(push.After))
        {
            return new ServiceEvent.NotForUs(EventTexts.NoConfigInPush);
        }

        var before = IsNobody(push.Before) ? null : push.Before;
        if (!IsObjectId(push.After) || (before is not null && !IsObjectId(before)))
        {
            return new ServiceEvent.Unreadable(EventTexts.PushNoCommit);
        }

        var isCertain = push.Commits.Any(TouchesConfig);
        return isCertain || push.Forced || push.Commits.Count >= ListedCommits
            ? Of(push, repository => new ServiceEvent.ConfigPushed(
                repository, push.Ref[Heads.Length..], push.Repository.DefaultBranch, before, push.After, isCertain))
            : new ServiceEvent.NotForUs(EventTexts.ConfigNotInPush);
    }

    private static ServiceEvent OfRerun(RepositoryEvent asked, CheckRunApp? app, string head, CheckRun? check)
    {
        if (asked.Sender.IsBot)
        {
            return new ServiceEvent.NotForUs(EventTexts.RerunByProgram);
        }

        return IsObjectId(head)
            ? Of(asked, repository => new ServiceEvent.CheckRerequested(repository, asked.Sender.Login, app?.Slug ?? "", head)
            {
                ActorId = asked.Sender.Id, CheckRunId = check?.Id, ExternalId = check?.ExternalId,
            })
            : new ServiceEvent.Unreadable(EventTexts.CheckNoCommit);
    }

    private static ServiceEvent OfPullRequest(PullRequestEvent changed) =>
        IsObjectId(changed.PullRequest.Head.Sha) && IsObjectId(changed.PullRequest.Base.Sha)
            ? Of(changed, repository => new ServiceEvent.UpstreamPullRequestChanged(
                repository, changed.PullRequest.Number, changed.PullRequest.Head.Sha, changed.PullRequest.Base.Sha))
            : new ServiceEvent.Unreadable(EventTexts.PullRequestNoCommit);

    private static bool TouchesConfig(PushedCommit commit) =>
        commit.Added.Concat(commit.Removed).Concat(commit.Modified).Any(path => ConfigFileNames.InOrder.Contains(path));

    private static bool IsNobody(string sha) => sha.Length > 0 && sha.All(digit => digit == '0');

    private static bool IsObjectId(string sha) => sha.Length is 40 or 64 && sha.All(char.IsAsciiHexDigitLower);

    private static ServiceEvent OfComment(IssueCommentEvent comment)
    {
        if (comment.Comment.User is not { IsGone: false } author)
        {
            return new ServiceEvent.NotForUs(EventTexts.AuthorGone);
        }

        if (comment is { Action: "edited", BodyBefore: null })
        {
            return new ServiceEvent.NotForUs(EventTexts.TextUnchanged);
        }

        // Every command begins with a slash; most comments need no second look.
        return comment.Comment.Body.Contains('/', StringComparison.Ordinal)
            ? Of(comment, repository => new ServiceEvent.IssueCommented(
                repository, comment.Issue.Number, comment.Comment.Id, author.Login, comment.Comment.Body)
            {
                IsPullRequest = comment.Issue.IsPullRequest,
                IsByProgram = author.IsBot,
                TextBefore = comment.BodyBefore,
                EditedBy = comment.Action == "edited" && comment.Sender.Id != author.Id ? comment.Sender.Login : null,
            })
            : new ServiceEvent.NotForUs(EventTexts.NoCommand);
    }

    private static ServiceEvent Of(RepositoryEvent payload, Func<UpstreamRepository, ServiceEvent> make)
    {
        if (payload.InstallationId is not { } installation)
        {
            return new ServiceEvent.NotForUs(EventTexts.NoInstallation);
        }

        if (payload.Repository.RepositoryName is not { } name)
        {
            return new ServiceEvent.Unreadable(EventTexts.BadRepositoryName);
        }

        return payload.Repository.HtmlUrl is { IsAbsoluteUri: true, Scheme: "https" or "http" } page
            ? make(new UpstreamRepository(page.Host, name, page.AbsoluteUri.TrimEnd('/'), payload.Repository.Private, installation)
            {
                Id = payload.Repository.Id, Owner = payload.Repository.Owner,
            })
            : new ServiceEvent.Unreadable(EventTexts.BadRepositoryPage);
    }
}
