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

    /// <summary>Calls the method for this event.</summary>
    public abstract T Match<T>(IServiceEventCases<T> cases);

    /// <summary>A release was published.</summary>
    public sealed record ReleasePublished(UpstreamRepository Repository, string Tag) : ServiceEvent
    {
        public override T Match<T>(IServiceEventCases<T> cases) => Required(cases).ReleasePublished(this);
    }

    /// <summary>Somebody wrote a comment in an issue.</summary>
    /// <param name="Repository">Where.</param>
    /// <param name="Issue">Number of the issue.</param>
    /// <param name="Comment">Id of the comment.</param>
    /// <param name="Author">Login of its author.</param>
    /// <param name="Text">The comment as written.</param>
    public sealed record IssueCommented(UpstreamRepository Repository, int Issue, long Comment, string Author, string Text) : ServiceEvent
    {
        public override T Match<T>(IServiceEventCases<T> cases) => Required(cases).IssueCommented(this);
    }

    /// <summary>Nothing that any job reacts to.</summary>
    public sealed record NotForUs(string Reason) : ServiceEvent
    {
        public override T Match<T>(IServiceEventCases<T> cases) => Required(cases).NotForUs(this);
    }

    /// <summary>Not readable as what it claims to be.</summary>
    public sealed record Unreadable(string Reason) : ServiceEvent
    {
        public override T Match<T>(IServiceEventCases<T> cases) => Required(cases).Unreadable(this);
    }

    private static IServiceEventCases<T> Required<T>(IServiceEventCases<T> cases) => cases ?? throw new ArgumentNullException(nameof(cases));
}
