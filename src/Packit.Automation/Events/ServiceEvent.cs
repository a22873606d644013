using Packit.FedoraMessaging;
using Packit.GitHub;
using Packit.Pagure;
using Bus = Packit.FedoraMessaging;

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

    /// <summary>What it is about; null when that is not known, and for messages of Fedora's bus, which are mostly about others.</summary>
    public EventSubject? Subject { get; init; }

    /// <summary>Calls the method for this event.</summary>
    public abstract T Match<T>(IServiceEventCases<T> cases);

    /// <summary>A release was published.</summary>
    public sealed record ReleasePublished(UpstreamRepository Repository, string Tag) : ServiceEvent
    {
        public override T Match<T>(IServiceEventCases<T> cases) => Required(cases).ReleasePublished(this);
    }

    /// <summary>Somebody wrote a comment in an issue or pull request, or edited it.</summary>
    /// <param name="Repository">Where.</param>
    /// <param name="Issue">Number of the issue.</param>
    /// <param name="Comment">Id of the comment.</param>
    /// <param name="Author">Login of its author.</param>
    /// <param name="Text">The comment as written.</param>
    public sealed record IssueCommented(UpstreamRepository Repository, int Issue, long Comment, string Author, string Text) : ServiceEvent
    {
        /// <summary>Whether the issue is the issue side of a pull request.</summary>
        public bool IsPullRequest { get; init; }

        /// <summary>Whether a program wrote it, not a person.</summary>
        public bool IsByProgram { get; init; }

        /// <summary>The comment as it was before it was edited; null when it is new.</summary>
        public string? TextBefore { get; init; }

        /// <summary>Login of who edited it when that is not its author; null otherwise.</summary>
        public string? EditedBy { get; init; }

        public override T Match<T>(IServiceEventCases<T> cases) => Required(cases).IssueCommented(this);
    }

    /// <summary>Commits were pushed to a branch of a dist-git project that is no fork.</summary>
    public sealed record DistGitPushed(PagureProject Project, GitReceive Push) : ServiceEvent
    {
        public override T Match<T>(IServiceEventCases<T> cases) => Required(cases).DistGitPushed(this);
    }

    /// <summary>Somebody wrote a comment in a pull request of dist-git.</summary>
    public sealed record DistGitCommented(PagureProject Project, int PullRequest, PullRequestComment Message) : ServiceEvent
    {
        public override T Match<T>(IServiceEventCases<T> cases) => Required(cases).DistGitCommented(this);
    }

    /// <summary>A pull request of dist-git was merged or closed.</summary>
    public sealed record DistGitPullRequestClosed(PagureProject Project, int PullRequest) : ServiceEvent
    {
        public override T Match<T>(IServiceEventCases<T> cases) => Required(cases).DistGitPullRequestClosed(this);
    }

    /// <summary>A build of an rpm began or ended in Koji.</summary>
    public sealed record BuildChanged(BuildStateChange Change) : ServiceEvent
    {
        /// <summary>Whether it is known that the build is none of this service.</summary>
        public bool IsForeign { get; init; }

        public override T Match<T>(IServiceEventCases<T> cases) => Required(cases).BuildChanged(this);
    }

    /// <summary>A scratch build changed its state in Koji.</summary>
    public sealed record TaskChanged(TaskStateChange Change) : ServiceEvent
    {
        public override T Match<T>(IServiceEventCases<T> cases) => Required(cases).TaskChanged(this);
    }

    /// <summary>A build was put into a tag of Koji.</summary>
    public sealed record BuildTagged(Bus.BuildTagged Tagging) : ServiceEvent
    {
        public override T Match<T>(IServiceEventCases<T> cases) => Required(cases).BuildTagged(this);
    }

    /// <summary>Something happened to an update in Bodhi.</summary>
    public sealed record UpdateChanged(Bus.UpdateChanged Change) : ServiceEvent
    {
        public override T Match<T>(IServiceEventCases<T> cases) => Required(cases).UpdateChanged(this);
    }

    /// <summary>Commits were pushed to a branch of an upstream project that touch its package config, or may.</summary>
    /// <param name="Repository">Where.</param>
    /// <param name="Branch">Name of the branch.</param>
    /// <param name="DefaultBranch">Name of the repository's default branch.</param>
    /// <param name="Before">Head of the branch before; null for a new branch.</param>
    /// <param name="After">Head of the branch now.</param>
    /// <param name="IsCertain">Whether the push says that it touches the config; false when it does not name all that it brings.</param>
    public sealed record ConfigPushed(
        UpstreamRepository Repository, string Branch, string DefaultBranch, string? Before, string After, bool IsCertain) : ServiceEvent
    {
        public override T Match<T>(IServiceEventCases<T> cases) => Required(cases).ConfigPushed(this);
    }

    /// <summary>A pull request of an upstream project was opened, or has new commits.</summary>
    /// <param name="Repository">The repository that it is for; its head may be of a fork.</param>
    /// <param name="Number">Number of the pull request.</param>
    /// <param name="Head">Its newest commit.</param>
    /// <param name="Base">Head of the branch that it is for.</param>
    public sealed record UpstreamPullRequestChanged(UpstreamRepository Repository, int Number, string Head, string Base) : ServiceEvent
    {
        public override T Match<T>(IServiceEventCases<T> cases) => Required(cases).UpstreamPullRequestChanged(this);
    }

    /// <summary>A person wants a check, or all checks of a commit, run again.</summary>
    /// <param name="Repository">Where.</param>
    /// <param name="Actor">Login of the person.</param>
    /// <param name="AppSlug">Name of the App whose check it is.</param>
    /// <param name="HeadSha">The commit.</param>
    public sealed record CheckRerequested(UpstreamRepository Repository, string Actor, string AppSlug, string HeadSha) : ServiceEvent
    {
        /// <summary>GitHub's id of the person, which stays when the login changes.</summary>
        public long ActorId { get; init; }

        /// <summary>The check run; null when all of the commit are meant.</summary>
        public long? CheckRunId { get; init; }

        /// <summary>The text that its App gave the check run.</summary>
        public string? ExternalId { get; init; }

        public override T Match<T>(IServiceEventCases<T> cases) => Required(cases).CheckRerequested(this);
    }

    /// <summary>The App was installed, removed, suspended or taken up again by an account.</summary>
    /// <param name="Action">GitHub's word: <c>created</c>, <c>deleted</c>, <c>suspend</c>, <c>unsuspend</c>, <c>new_permissions_accepted</c>.</param>
    /// <param name="Installation">The installation and its account.</param>
    /// <param name="Sender">Who did it.</param>
    public sealed record InstallationChanged(string Action, InstallationFacts Installation, GitHubAccount Sender) : ServiceEvent
    {
        public override T Match<T>(IServiceEventCases<T> cases) => Required(cases).InstallationChanged(this);
    }

    /// <summary>Repositories were added to an installation or taken from it.</summary>
    public sealed record InstallationRepositoriesChanged(
        InstallationFacts Installation, IReadOnlyList<string> Added, IReadOnlyList<string> Removed, GitHubAccount Sender) : ServiceEvent
    {
        public override T Match<T>(IServiceEventCases<T> cases) => Required(cases).InstallationRepositoriesChanged(this);
    }

    /// <summary>An account that installed the App has a new login.</summary>
    public sealed record AccountRenamed(long InstallationId, GitHubAccount Account, string OldLogin) : ServiceEvent
    {
        public override T Match<T>(IServiceEventCases<T> cases) => Required(cases).AccountRenamed(this);
    }

    /// <summary>A repository has a new name or a new owner.</summary>
    /// <param name="Repository">As it is called now.</param>
    /// <param name="RepositoryId">GitHub's id, which stays.</param>
    /// <param name="OldFullName"><c>owner/name</c> as it was called.</param>
    public sealed record RepositoryRenamed(UpstreamRepository Repository, long RepositoryId, string OldFullName) : ServiceEvent
    {
        public override T Match<T>(IServiceEventCases<T> cases) => Required(cases).RepositoryRenamed(this);
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
