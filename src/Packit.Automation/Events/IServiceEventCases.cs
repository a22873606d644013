namespace Packit.Automation.Events;

/// <summary>
/// One method for each event, so that none can be forgotten: whoever says something about all events implements this. A new event is a
/// record of <see cref="ServiceEvent"/> and a method here.
/// </summary>
/// <typeparam name="T">What is said about an event.</typeparam>
public interface IServiceEventCases<out T>
{
    T ReleasePublished(ServiceEvent.ReleasePublished release);

    T IssueCommented(ServiceEvent.IssueCommented comment);

    T DistGitPushed(ServiceEvent.DistGitPushed push);

    T DistGitCommented(ServiceEvent.DistGitCommented comment);

    T DistGitPullRequestClosed(ServiceEvent.DistGitPullRequestClosed closed);

    T BuildChanged(ServiceEvent.BuildChanged build);

    T TaskChanged(ServiceEvent.TaskChanged task);

    T BuildTagged(ServiceEvent.BuildTagged tagging);

    T UpdateChanged(ServiceEvent.UpdateChanged update);

    T ConfigPushed(ServiceEvent.ConfigPushed push);

    T UpstreamPullRequestChanged(ServiceEvent.UpstreamPullRequestChanged pullRequest);

    T CheckRerequested(ServiceEvent.CheckRerequested rerun);

    T InstallationChanged(ServiceEvent.InstallationChanged change);

    T InstallationRepositoriesChanged(ServiceEvent.InstallationRepositoriesChanged change);

    T AccountRenamed(ServiceEvent.AccountRenamed renaming);

    T RepositoryRenamed(ServiceEvent.RepositoryRenamed renaming);

    T NotForUs(ServiceEvent.NotForUs nothing);

    T Unreadable(ServiceEvent.Unreadable unreadable);
}
