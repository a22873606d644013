using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Packit.Automation.Failures;
using Packit.Automation.Reporting;
using Packit.Automation.Reporting.Texts;
using Packit.Automation.Settings;
using Packit.Automation.Storage;
using Packit.GitHub;
using Packit.Http;

namespace Packit.Automation.Installing;

/// <summary>The issues in which accounts ask to be approved: one open issue for an account, in the configured repository.</summary>
public sealed class ApprovalIssues(
    IPackitDbFactory databases,
    IssueRepositories repositories,
    IssueReporter reporter,
    InstallationRows installations,
    IOptions<InstallingOptions> options,
    IOptions<ServiceOptions> service)
{
    /// <summary>Asks the person who installed the App to be verified: opens the issue, or speaks to the new person in the open one.</summary>
    /// <returns>Where, or why nowhere.</returns>
    /// <exception cref="RemoteException">GitHub does not answer; to be tried again later.</exception>
    public async Task<AskedForApproval> AskAsync(GitHubInstallation installation, string sender, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(installation);
        if (options.Value.NotificationsRepository.Length == 0)
        {
            return new AskedForApproval.Nowhere(InstallingTexts.NoNotifications);
        }

        try
        {
            return await RepositoryAsync(cancellationToken) switch
            {
                IssueRepository.Reachable reachable => await AskInAsync(reachable, installation, sender, cancellationToken),
                IssueRepository.Unreachable unreachable => new AskedForApproval.Nowhere(unreachable.Reason),
                _ => throw new System.Diagnostics.UnreachableException(),
            };
        }
        catch (RemoteException refused) when (RemoteFailures.Describe(refused).Kind != FailureKind.Transient)
        {
            // Asking again would change nothing; the account waits for an operator.
            return new AskedForApproval.Nowhere(RemoteFailures.Describe(refused).Text);
        }
    }

    /// <summary>The account that an issue of the configured repository asks for; null when it asks for none.</summary>
    public async Task<ApprovalIssue?> FindAsync(int number, CancellationToken cancellationToken)
    {
        if (options.Value.NotificationsRepository.Length == 0
            || await RepositoryAsync(cancellationToken) is not IssueRepository.Reachable reachable)
        {
            return null;
        }

        await using var database = databases.Create();
        var issue = await database.FailureIssues.AsNoTracking().FirstOrDefaultAsync(
            row => row.ProjectId == reachable.ProjectId && row.Kind == InstallingTexts.IssueKind && row.IssueNumber == number, cancellationToken);
        return issue is not null && long.TryParse(issue.Subject, CultureInfo.InvariantCulture, out var account)
            && await installations.FindAsync(account, cancellationToken) is { } installation
            ? new ApprovalIssue(issue.Id, reachable.ProjectId, installation, reachable.Forge)
            : null;
    }

    /// <summary>Closes an issue whose last word was said as the answer to a command.</summary>
    public async Task CloseAsync(ApprovalIssue issue, int number, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(issue);
        if (await issue.Forge.IssueAsync(number, cancellationToken) is { State: IssueState.Open })
        {
            await issue.Forge.CloseIssueAsync(number, cancellationToken);
        }

        await using var database = databases.Create();
        await database.FailureIssues.Where(row => row.Id == issue.RowId)
            .ExecuteUpdateAsync(change => change.SetProperty(row => row.IsOpen, false), cancellationToken);
    }

    /// <summary>Says a last word in the issue of an account, and closes it; nothing when none is open.</summary>
    public async Task SettleAsync(GitHubInstallation installation, string lastWord, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(installation);
        if (options.Value.NotificationsRepository.Length > 0
            && await RepositoryAsync(cancellationToken) is IssueRepository.Reachable reachable)
        {
            await reporter.ResolveAsync(
                reachable.Forge, reachable.ProjectId, InstallingTexts.IssueKind, SubjectOf(installation), lastWord, cancellationToken);
        }
    }

    private Task<IssueRepository> RepositoryAsync(CancellationToken cancellationToken) =>
        repositories.FindAsync(options.Value.NotificationsRepository, "Installing:NotificationsRepository", cancellationToken);

    private async Task<AskedForApproval> AskInAsync(
        IssueRepository.Reachable reachable, GitHubInstallation installation, string sender, CancellationToken cancellationToken)
    {
        var body = InstallingTexts.IssueBody(sender, installation.AccountLogin, installations.KeyOf(installation), service.Value.CommandPrefix);
        var subject = SubjectOf(installation);
        var report = new IssueReport(
            InstallingTexts.IssueKind, subject, InstallingTexts.IssueTitle(installation.AccountType, installation.AccountLogin), body, body,
            CommentOnRepeat: true);
        await reporter.ReportAsync(reachable.Forge, reachable.ProjectId, report, cancellationToken);
        await using var database = databases.Create();
        var number = await database.FailureIssues.AsNoTracking()
            .Where(row => row.ProjectId == reachable.ProjectId && row.Kind == InstallingTexts.IssueKind && row.Subject == subject)
            .Select(row => row.IssueNumber).SingleAsync(cancellationToken);
        var url = string.Create(CultureInfo.InvariantCulture, $"{options.Value.NotificationsRepository.TrimEnd('/')}/issues/{number}");
        return new AskedForApproval.In(number!.Value, url);
    }

    private static string SubjectOf(GitHubInstallation installation) => installation.AccountId.ToString(CultureInfo.InvariantCulture);
}

/// <summary>An issue that asks for the approval of an account.</summary>
/// <param name="RowId">Its row.</param>
/// <param name="ProjectId">Row of the repository.</param>
/// <param name="Installation">The account.</param>
/// <param name="Forge">The repository.</param>
public sealed record ApprovalIssue(int RowId, int ProjectId, GitHubInstallation Installation, GitHubRepository Forge);

/// <summary>Where somebody was asked to be verified.</summary>
public abstract record AskedForApproval
{
    private AskedForApproval()
    {
    }

    public sealed record In(int Issue, string Url) : AskedForApproval;

    /// <param name="Reason">Why there is no issue.</param>
    public sealed record Nowhere(string Reason) : AskedForApproval;
}
