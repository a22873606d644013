using Packit.Automation.Reporting.Texts;
using Packit.Automation.Storage;
using Packit.FedoraMessaging;
using Packit.Pagure;

namespace Packit.Automation.Events;

/// <summary>Reads what Fedora's bus brought as one of our events.</summary>
public static class BusEvents
{
    /// <summary>The method of tasks that build rpms.</summary>
    private const string BuildMethod = "build";

    /// <summary>Who rebuilds the whole distribution. Its builds are no business of any package's jobs (Packit: filter of its consumer).</summary>
    private const string ReleaseEngineering = "releng";

    /// <summary>Reads a delivery. It never throws: what cannot be read is an event of its own.</summary>
    public static ServiceEvent Read(InboxDelivery delivery)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        return MessageBody.Parse(delivery.EventType, delivery.Body) switch
        {
            GitReceive push => OfPush(push),
            PullRequestComment comment => OfPullRequest(
                comment.PullRequest, (project, id) => new ServiceEvent.DistGitCommented(project, id, comment)),
            PullRequestClosed closed => OfPullRequest(
                closed.PullRequest, (project, id) => new ServiceEvent.DistGitPullRequestClosed(project, id)),
            BuildStateChange change => OfBuild(change),
            TaskStateChange { Method: BuildMethod } change => new ServiceEvent.TaskChanged(change),
            TaskStateChange change => new ServiceEvent.NotForUs(EventTexts.TaskNoBuild(change.Method)),
            BuildTagged tagging => new ServiceEvent.BuildTagged(tagging),
            UpdateChanged change => new ServiceEvent.UpdateChanged(change),
            OtherBody other => new ServiceEvent.NotForUs(other.Why),
            MalformedBody malformed => new ServiceEvent.Unreadable(malformed.Reason),
            _ => new ServiceEvent.NotForUs(EventTexts.NothingReacts(delivery.EventType)),
        };
    }

    // A fork's pushes come with the namespace and the name of the package itself; only the full name tells them apart.
    private static ServiceEvent OfPush(GitReceive push)
    {
        if (push.Repository.IsFork)
        {
            return new ServiceEvent.NotForUs(EventTexts.PushToFork);
        }

        return Project(push.Repository) is { } project
            ? new ServiceEvent.DistGitPushed(project, push)
            : new ServiceEvent.Unreadable(EventTexts.BadDistGitName);
    }

    private static ServiceEvent OfPullRequest(BusPullRequest pull, Func<PagureProject, int, ServiceEvent> make)
    {
        if (pull.Project.IsFork)
        {
            return new ServiceEvent.NotForUs(EventTexts.PullRequestOfFork);
        }

        return Project(pull.Project) is { } project && pull.Id is > 0 and <= int.MaxValue
            ? make(project, (int)pull.Id)
            : new ServiceEvent.Unreadable(EventTexts.BadPullRequest);
    }

    private static ServiceEvent OfBuild(BuildStateChange change) => change switch
    {
        { Method: not (null or BuildMethod) } => new ServiceEvent.NotForUs(EventTexts.BuildNoRpm(change.Method)),
        { Build.Owner: ReleaseEngineering } => new ServiceEvent.NotForUs(EventTexts.ByReleaseEngineering),
        _ => new ServiceEvent.BuildChanged(change),
    };

    private static PagureProject? Project(BusRepository repository) =>
        PagureProject.TryParse(repository.FullName, out var project)
        && !project.IsFork && project.Name == repository.Name && (project.Namespace ?? "") == repository.Namespace
            ? project
            : null;
}
