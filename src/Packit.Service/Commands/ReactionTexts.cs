using Packit.Automation.Events;

namespace Packit.Service.Commands;

/// <summary>What the service would do about an event, in a sentence.</summary>
internal sealed class ReactionTexts : IServiceEventCases<string>
{
    public string ReleasePublished(ServiceEvent.ReleasePublished release) =>
        $"The release {release.Tag} would be proposed downstream, as the package config at its commit says.";

    public string IssueCommented(ServiceEvent.IssueCommented comment) => "The comment would be read for commands.";

    public string DistGitPushed(ServiceEvent.DistGitPushed push) =>
        $"Commit {push.Push.EndCommit} of {push.Project} would be built, as the package config at that commit says.";

    public string DistGitCommented(ServiceEvent.DistGitCommented comment) => "The comments would be read for commands.";

    public string DistGitPullRequestClosed(ServiceEvent.DistGitPullRequestClosed closed) =>
        $"dist-git would be asked how pull request {closed.PullRequest} of {closed.Project} stands, were it one of this service.";

    public string BuildChanged(ServiceEvent.BuildChanged build) => $"Koji would be asked for {build.Change.Build.Nvr}, were it a build of this service.";

    public string TaskChanged(ServiceEvent.TaskChanged task) => $"Koji would be asked for task {task.Change.TaskId}, were it a build of this service.";

    public string BuildTagged(ServiceEvent.BuildTagged tagging) =>
        $"An update that waits for {tagging.Tagging.Build.Nvr} in {tagging.Tagging.Tag} would go on.";

    public string UpdateChanged(ServiceEvent.UpdateChanged update) => $"Bodhi would be asked for {update.Change.Alias}, were it an update of this service.";

    public string ConfigPushed(ServiceEvent.ConfigPushed push) =>
        $"The package config of commit {push.After} would be checked{(push.IsCertain ? "" : ", if it differs from the one before")}.";

    public string UpstreamPullRequestChanged(ServiceEvent.UpstreamPullRequestChanged pullRequest) =>
        $"The package config of commit {pullRequest.Head} would be checked, if the pull request touches it.";

    public string CheckRerequested(ServiceEvent.CheckRerequested rerun) => "What the check stands for would be done again, were it a check of this service.";

    public string InstallationChanged(ServiceEvent.InstallationChanged change) =>
        $"The installation of {change.Installation.Account.Login} would be noted ({change.Action}).";

    public string InstallationRepositoriesChanged(ServiceEvent.InstallationRepositoriesChanged change) =>
        $"The repositories of {change.Installation.Account.Login} would be noted.";

    public string AccountRenamed(ServiceEvent.AccountRenamed renaming) => $"{renaming.OldLogin} would be called {renaming.Account.Login} from now on.";

    public string RepositoryRenamed(ServiceEvent.RepositoryRenamed renaming) =>
        $"{renaming.OldFullName} would be called {renaming.Repository.Name} from now on.";

    public string NotForUs(ServiceEvent.NotForUs nothing) => $"None: {nothing.Reason}";

    public string Unreadable(ServiceEvent.Unreadable unreadable) => $"It would be refused: {unreadable.Reason}";
}
