using Packit.GitHub;

namespace Packit.Automation.Events;

/// <summary>
/// What a delivery says happened. The set is closed: a new event that the reader does not handle does not compile.
/// Contents are hints; what matters is read again from its owner before anything is done.
/// </summary>
public abstract record ServiceEvent
{
    private ServiceEvent()
    {
    }

    /// <summary>Calls what handles this event. There is one parameter for each event, so that none can be forgotten.</summary>
    public abstract T Match<T>(
        Func<ReleasePublished, T> releasePublished,
        Func<IssueCommented, T> issueCommented,
        Func<NotForUs, T> notForUs,
        Func<Unreadable, T> unreadable);

    /// <summary>A release was published.</summary>
    public sealed record ReleasePublished(UpstreamRepository Repository, string Tag) : ServiceEvent
    {
        public override T Match<T>(
            Func<ReleasePublished, T> releasePublished, Func<IssueCommented, T> issueCommented, Func<NotForUs, T> notForUs, Func<Unreadable, T> unreadable) =>
            Call(releasePublished, this);
    }

    /// <summary>Somebody wrote a comment in an issue.</summary>
    /// <param name="Repository">Where.</param>
    /// <param name="Issue">Number of the issue.</param>
    /// <param name="Comment">Id of the comment.</param>
    /// <param name="Author">Login of its author.</param>
    /// <param name="Text">The comment as written.</param>
    public sealed record IssueCommented(UpstreamRepository Repository, int Issue, long Comment, string Author, string Text) : ServiceEvent
    {
        public override T Match<T>(
            Func<ReleasePublished, T> releasePublished, Func<IssueCommented, T> issueCommented, Func<NotForUs, T> notForUs, Func<Unreadable, T> unreadable) =>
            Call(issueCommented, this);
    }

    /// <summary>Nothing that any job reacts to.</summary>
    public sealed record NotForUs(string Reason) : ServiceEvent
    {
        public override T Match<T>(
            Func<ReleasePublished, T> releasePublished, Func<IssueCommented, T> issueCommented, Func<NotForUs, T> notForUs, Func<Unreadable, T> unreadable) =>
            Call(notForUs, this);
    }

    /// <summary>Not readable as what it claims to be.</summary>
    public sealed record Unreadable(string Reason) : ServiceEvent
    {
        public override T Match<T>(
            Func<ReleasePublished, T> releasePublished, Func<IssueCommented, T> issueCommented, Func<NotForUs, T> notForUs, Func<Unreadable, T> unreadable) =>
            Call(unreadable, this);
    }

    private static T Call<TEvent, T>(Func<TEvent, T> handler, TEvent happened)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return handler(happened);
    }
}

/// <summary>A repository on GitHub that installed the App.</summary>
/// <param name="Host">Host of its web pages: <c>github.com</c>.</param>
/// <param name="Name">Owner and name.</param>
/// <param name="WebUrl">Its page, without a slash at the end.</param>
/// <param name="IsPrivate">Whether only its members see it.</param>
/// <param name="InstallationId">The installation that reaches it.</param>
public sealed record UpstreamRepository(string Host, RepositoryName Name, string WebUrl, bool IsPrivate, long InstallationId)
{
    /// <summary>Key in the allowlist: <c>github.com/owner/name.git</c>.</summary>
    public string AllowlistKey => $"{Host}/{Name.Owner}/{Name.Name}.git";
}
