using Microsoft.Extensions.Options;
using Packit.Automation.Access;
using Packit.Automation.Comments;
using Packit.Automation.Comments.Grammar;
using Packit.Automation.Reporting.Texts;
using Packit.Automation.Settings;
using Packit.Automation.Storage;

namespace Packit.Automation.Installing;

/// <summary><c>verify-fas ACCOUNT</c>: the person who installed the App names the Fedora account that vouches for them.</summary>
/// <remarks>Packit: GitHub App installation. The issue is found by its row, never by the words of its title.</remarks>
public sealed class VerifyFasCommand(
    ApprovalIssues issues,
    InstallationRows installations,
    AllowlistChanges allowlist,
    FasMatch fas,
    RefusedReleaseJob refused,
    IOptions<ServiceOptions> service) : IIssueCommand
{
    public string Name => "verify-fas";

    private string Prefix => service.Value.CommandPrefix;

    public async Task<IssueAnswer> RunAsync(GivenIssueCommand given, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(given);
        if (given.Place != CommandPlace.ApprovalIssue || await FindAsync(given, cancellationToken) is not { } issue)
        {
            return Refused(InstallingTexts.NotAnApprovalIssue(Prefix));
        }

        var account = ((Command.VerifyFas)given.Command).Account;
        if (InstallerIdentity.WhyNot(issue.Installation, given.Author.Login, given.Author.Id) is { } refusal)
        {
            return Refused(refusal);
        }

        var key = installations.KeyOf(issue.Installation);
        return (await allowlist.FindAsync(key, cancellationToken))?.Status switch
        {
            AllowlistStatus.Denied => Refused(InstallingTexts.Denied(key)),
            AllowlistStatus.ApprovedAutomatically or AllowlistStatus.ApprovedManually => await ApprovedBeforeAsync(given, issue, key, cancellationToken),
            AllowlistStatus.Waiting or null => await VerifyAsync(given, issue, key, account, cancellationToken),
        };
    }

    /// <summary>The row behind the issue, when the service itself opened it.</summary>
    private async Task<ApprovalIssue?> FindAsync(GivenIssueCommand given, CancellationToken cancellationToken) =>
        await issues.FindAsync(given.Thread, cancellationToken) is { } issue
        && issue.Forge.Name == given.Repository.Name
        && await issue.Forge.IssueAsync(given.Thread, cancellationToken) is { User: var author }
        && await issue.Forge.IsOwnAsync(author, cancellationToken)
            ? issue
            : null;

    private async Task<IssueAnswer> VerifyAsync(
        GivenIssueCommand given, ApprovalIssue issue, string key, string account, CancellationToken cancellationToken)
    {
        if (await fas.FindAsync(account, given.Author.Login, cancellationToken) is not { } found)
        {
            return Refused(InstallingTexts.NoMatch(account, given.Author.Login));
        }

        var stands = await allowlist.SetUndecidedAsync(key, AllowlistStatus.ApprovedAutomatically, found, given.CommandId, cancellationToken);
        return stands.Status == AllowlistStatus.Denied
            ? Refused(InstallingTexts.Denied(key))
            : await ApprovedBeforeAsync(given, issue, key, cancellationToken);
    }

    // By this very command, when it was cut off before its answer was stored: then that is still the answer.
    private async Task<IssueAnswer> ApprovedBeforeAsync(GivenIssueCommand given, ApprovalIssue issue, string key, CancellationToken cancellationToken)
    {
        var entry = await allowlist.FindAsync(key, cancellationToken);
        if (entry is { FasAccount: { } account } && entry.CommandId == given.CommandId)
        {
            return await SucceededAsync(given, issue, key, account, cancellationToken);
        }

        await issues.CloseAsync(issue, given.Thread, cancellationToken);
        return new IssueAnswer(InstallingTexts.AlreadyApproved(key), CommandState.Done);
    }

    private async Task<IssueAnswer> SucceededAsync(
        GivenIssueCommand given, ApprovalIssue issue, string key, string account, CancellationToken cancellationToken)
    {
        await refused.EnqueueDueAsync(cancellationToken);
        await issues.CloseAsync(issue, given.Thread, cancellationToken);
        return new IssueAnswer(InstallingTexts.Approved(key, account, Prefix), CommandState.Done);
    }

    private static IssueAnswer Refused(string text) => new(text, CommandState.Refused);
}
