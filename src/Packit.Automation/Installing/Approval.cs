using Packit.Automation.Access;
using Packit.Automation.Matching;
using Packit.Automation.Reporting.Texts;
using Packit.Automation.Storage;
using Packit.GitHub;

namespace Packit.Automation.Installing;

/// <summary>Decides about an account that has just installed the App: approved, because Fedora's account system vouches for the person, or asked.</summary>
public sealed class Approval(
    AllowlistChanges allowlist, FasMatch fas, ApprovalIssues issues, InstallationRows installations, RefusedReleaseJob refused)
{
    /// <summary>Decides; repeating it asks nobody twice.</summary>
    /// <param name="installation">The row of the account.</param>
    /// <param name="sender">Who installed the App.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="Http.RemoteException">The account system or GitHub does not answer; to be tried again later.</exception>
    public async Task<Decision> DecideAsync(GitHubInstallation installation, GitHubAccount sender, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(installation);
        ArgumentNullException.ThrowIfNull(sender);
        var key = installations.KeyOf(installation);
        var entry = await allowlist.FindAsync(key, cancellationToken);
        if (entry is { Status: not AllowlistStatus.Waiting })
        {
            await refused.EnqueueDueAsync(cancellationToken);
            return Says(entry.Status != AllowlistStatus.Denied, InstallingTexts.Known(key, entry.Status));
        }

        if (!sender.IsBot && await fas.FindAsync(sender.Login, sender.Login, cancellationToken) is { } account)
        {
            var found = await allowlist.SetUndecidedAsync(key, AllowlistStatus.ApprovedAutomatically, account, commandId: 0, cancellationToken);
            await refused.EnqueueDueAsync(cancellationToken);
            return found.Status == AllowlistStatus.ApprovedAutomatically
                ? Says(true, InstallingTexts.FoundInFas(key, account))
                : Says(found.Status != AllowlistStatus.Denied, InstallingTexts.Known(key, found.Status));
        }

        if (entry is not null && installation.AskedSenderId == sender.Id)
        {
            return Says(false, InstallingTexts.StillWaits(key, sender.Login));
        }

        var asked = await issues.AskAsync(installation, sender.Login, cancellationToken);
        var stands = await allowlist.SetUndecidedAsync(key, AllowlistStatus.Waiting, fasAccount: null, commandId: 0, cancellationToken);
        var issue = (asked as AskedForApproval.In)?.Issue;
        await installations.ChangeAsync(
            installation.Id, row => (row.AskedSenderId, row.ApprovalIssue) = (sender.Id, issue ?? row.ApprovalIssue), cancellationToken);
        if (stands.Status != AllowlistStatus.Waiting)
        {
            // An operator was faster; the issue is closed with what they decided (ApprovalIssueJob).
            return Says(stands.Status != AllowlistStatus.Denied, InstallingTexts.Known(key, stands.Status));
        }

        return Says(false, asked switch
        {
            AskedForApproval.In there => InstallingTexts.Waits(key, sender.Login, there.Url),
            AskedForApproval.Nowhere nowhere => InstallingTexts.WaitsUnasked(key, sender.Login, nowhere.Reason),
            _ => throw new System.Diagnostics.UnreachableException(),
        });
    }

    /// <summary>Decides about an account that was suspended when its installation was told of, so that nobody has looked yet.</summary>
    /// <returns>Null when somebody has, or when it is not known who installed the App.</returns>
    /// <exception cref="Http.RemoteException">The account system or GitHub does not answer; to be tried again later.</exception>
    public async Task<Decision?> DecideLateAsync(GitHubInstallation installation, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(installation);
        return installation is { SenderId: not 0, AskedSenderId: null } && await allowlist.FindAsync(installations.KeyOf(installation), cancellationToken) is null
            ? await DecideAsync(
                installation,
                new GitHubAccount(
                    installation.SenderLogin, installation.SenderId, installation.SenderLogin.EndsWith("[bot]", StringComparison.Ordinal) ? "Bot" : "User"),
                cancellationToken)
            : null;
    }

    private static Decision Says(bool isApproved, string reason) => new("approval", null, isApproved, reason);
}
