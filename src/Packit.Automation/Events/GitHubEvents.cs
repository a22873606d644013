using Packit.Automation.Storage;
using Packit.GitHub;

namespace Packit.Automation.Events;

/// <summary>Reads what GitHub sent as one of our events.</summary>
public static class GitHubEvents
{
    /// <summary>Reads a delivery. It never throws: what cannot be read is an event of its own.</summary>
    public static ServiceEvent Read(InboxDelivery delivery)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        return GitHubWebhook.Parse(delivery.EventType, delivery.Body) switch
        {
            ReleaseEvent { Action: "published" } release => Of(release, repository => new ServiceEvent.ReleasePublished(repository, release.Release.TagName)),
            IssueCommentEvent { Action: "created" } comment => OfComment(comment),
            MalformedEvent malformed => new ServiceEvent.Unreadable(malformed.Reason),
            _ => new ServiceEvent.NotForUs($"Nothing reacts to this kind of '{delivery.EventType}'."),
        };
    }

    private static ServiceEvent OfComment(IssueCommentEvent comment)
    {
        if (comment.Issue.IsPullRequest)
        {
            return new ServiceEvent.NotForUs("Commands in pull requests of upstream projects do nothing here.");
        }

        if (comment.Comment.User is not { } author || author.IsBot)
        {
            return new ServiceEvent.NotForUs("A program wrote the comment, or its author is gone.");
        }

        return Of(comment, repository => new ServiceEvent.IssueCommented(
            repository, comment.Issue.Number, comment.Comment.Id, author.Login, comment.Comment.Body));
    }

    private static ServiceEvent Of(RepositoryEvent payload, Func<UpstreamRepository, ServiceEvent> make)
    {
        if (payload.InstallationId is not { } installation)
        {
            return new ServiceEvent.NotForUs("The delivery names no installation of the App.");
        }

        if (payload.Repository.RepositoryName is not { } name)
        {
            return new ServiceEvent.Unreadable("The repository has a name that GitHub does not allow.");
        }

        return payload.Repository.HtmlUrl is { IsAbsoluteUri: true, Scheme: "https" or "http" } page
            ? make(new UpstreamRepository(page.Host, name, page.AbsoluteUri.TrimEnd('/'), payload.Repository.Private, installation))
            : new ServiceEvent.Unreadable("The address of the repository is not that of a web page.");
    }
}
