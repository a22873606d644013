using Packit.Automation.Events;
using Packit.Automation.Intake;
using Packit.Automation.Matching;
using Packit.Automation.Reporting.Texts;
using Packit.Automation.Storage;
using Packit.GitHub;

namespace Packit.Automation.Installing;

/// <summary>
/// Who installed the App, and whether the service works for them. GitHub's deliveries come in any order and more than once, so what counts is
/// how the installation stands now, by GitHub's own answer.
/// </summary>
public sealed class Installations(
    InstallationRows rows,
    Approval approval,
    InstalledWork work,
    Renaming renaming,
    KnownRepositories repositories,
    DecisionRows decisions,
    GitHubClient github)
{
    private const string Created = "created";

    /// <summary>The App was installed, removed, suspended or taken up again.</summary>
    public async Task<DeliveryOutcome> ChangedAsync(
        InboxDelivery delivery, ServiceEvent.InstallationChanged change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        ArgumentNullException.ThrowIfNull(change);
        var seen = await LookAsync(change.Installation, change.Action == Created ? change.Sender : null, cancellationToken);
        var (row, standing) = (seen.Row, seen.Standing);
        if (seen.IsOld)
        {
            return await EndAsync(delivery, [Of(false, InstallingTexts.Old(row.AccountLogin))], cancellationToken);
        }

        List<Decision> said = seen.NameWasTaken ? [Of(false, InstallingTexts.NameTaken(rows.KeyOf(row)))] : [];
        switch (standing)
        {
            case null:
                await work.EndAsync(row, repositories: null, cancellationToken);
                said.Add(Of(false, InstallingTexts.Removed(row.AccountLogin)));
                break;
            case { SuspendedAt: not null }:
                await work.PauseAsync(row, cancellationToken);
                said.Add(Of(false, InstallingTexts.Suspended(row.AccountLogin)));
                break;
            default:
                github.Forget(standing.Id);
                await work.ResumeAsync(row, cancellationToken);
                said.AddRange(await ActiveAsync(row, change, seen.WasAway, cancellationToken));
                break;
        }

        return await EndAsync(delivery, said, cancellationToken);
    }

    /// <summary>The App reaches other repositories of an account than before.</summary>
    public async Task<DeliveryOutcome> RepositoriesChangedAsync(
        InboxDelivery delivery, ServiceEvent.InstallationRepositoriesChanged change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        ArgumentNullException.ThrowIfNull(change);
        var seen = await LookAsync(change.Installation, installer: null, cancellationToken);
        var row = seen.Row;
        if (seen.Standing is { } standing)
        {
            github.Forget(standing.Id);
        }

        if (change.Removed.Count > 0)
        {
            await work.EndAsync(row, [.. change.Removed.Select(name => name.ToLowerInvariant())], cancellationToken);
        }

        var text = InstallingTexts.RepositoriesChanged(row.AccountLogin, change.Added.Count, change.Removed.Count);
        return await EndAsync(delivery, [Of(true, text)], cancellationToken);
    }

    /// <summary>An account has another login: what is its own goes along, and the old name is anybody's.</summary>
    public async Task<DeliveryOutcome> AccountRenamedAsync(
        InboxDelivery delivery, ServiceEvent.AccountRenamed renamed, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        ArgumentNullException.ThrowIfNull(renamed);
        var standing = await github.InstallationAsync(renamed.InstallationId, cancellationToken);
        var now = standing?.Account is { } account && account.Id == renamed.Account.Id ? account : renamed.Account;
        var row = await rows.FindAsync(now.Id, cancellationToken)
            ?? await rows.GetAsync(now with { Login = renamed.OldLogin }, renamed.InstallationId, cancellationToken);
        if (string.Equals(row.AccountLogin, now.Login, StringComparison.OrdinalIgnoreCase))
        {
            return await EndAsync(delivery, [Of(true, InstallingTexts.Noted(rows.KeyOf(row)))], cancellationToken);
        }

        if (await rows.OthersNamedAsync(now, cancellationToken) is { Count: > 0 } others)
        {
            await renaming.FreeNameAsync(rows.Host, now, others, cancellationToken);
        }

        var old = rows.KeyOf(row);
        await renaming.AccountAsync(rows.Host, row, now.Login, cancellationToken);
        return await EndAsync(delivery, [Of(true, InstallingTexts.Renamed(old, $"{rows.Host}/{now.Login}"))], cancellationToken);
    }

    /// <summary>A repository has another name or owner, or is seen by others than before.</summary>
    public async Task<DeliveryOutcome> RepositoryRenamedAsync(
        InboxDelivery delivery, ServiceEvent.RepositoryRenamed renamed, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        ArgumentNullException.ThrowIfNull(renamed);
        if (await repositories.LookAsync(delivery.Id, renamed.Repository, cancellationToken) is not RepositorySight.Here { Repository: var now })
        {
            return new DeliveryOutcome.Handled(InstallingTexts.Noted(renamed.Repository.Name.ToString()));
        }

        await renaming.RepositoryAsync(now, renamed.OldFullName, cancellationToken);
        var owner = renamed.OldFullName.Split('/')[0];
        var text = string.Equals(renamed.OldFullName, now.Name.ToString(), StringComparison.OrdinalIgnoreCase)
            ? InstallingTexts.Noted(now.Name.ToString())
            : string.Equals(owner, now.Name.Owner, StringComparison.OrdinalIgnoreCase)
                ? InstallingTexts.Renamed(renamed.OldFullName, now.Name.ToString())
                : InstallingTexts.Transferred(renamed.OldFullName, now.Name.ToString());
        return await EndAsync(delivery, [Of(true, text)], cancellationToken);
    }

    private async Task<IReadOnlyList<Decision>> ActiveAsync(
        GitHubInstallation row, ServiceEvent.InstallationChanged change, bool wasAway, CancellationToken cancellationToken)
    {
        if (change.Action == Created)
        {
            return [
                Of(true, InstallingTexts.Installed(rows.KeyOf(row), change.Sender.Login)),
                await approval.DecideAsync(row, change.Sender, cancellationToken),
            ];
        }

        var stands = Of(true, wasAway ? InstallingTexts.Active(row.AccountLogin) : InstallingTexts.Noted(rows.KeyOf(row)));
        return await approval.DecideLateAsync(row, cancellationToken) is { } decided ? [stands, decided] : [stands];
    }

    /// <summary>
    /// Asks how an installation stands and notes it in the row of its account, under the account's name of today. Deliveries are read side by
    /// side: when another one noted something after GitHub was asked here, it is asked again, so that an old word never stands last.
    /// </summary>
    private async Task<Seen> LookAsync(InstallationFacts installation, GitHubAccount? installer, CancellationToken cancellationToken)
    {
        var taken = false;
        while (true)
        {
            var before = await rows.FindAsync(installation.Account.Id, cancellationToken);
            var standing = await github.InstallationAsync(installation.Id, cancellationToken);
            var account = standing?.Account is { } found && found.Id == installation.Account.Id ? found : installation.Account;
            if (standing is not null && !string.Equals(before?.AccountLogin, account.Login, StringComparison.OrdinalIgnoreCase)
                && await rows.OthersNamedAsync(account, cancellationToken) is { Count: > 0 } others)
            {
                taken |= await renaming.FreeNameAsync(rows.Host, account, others, cancellationToken);
            }

            var row = await rows.GetAsync(account, installation.Id, cancellationToken);
            if (standing is null && row.InstallationId != installation.Id)
            {
                return new Seen(row, standing, taken, WasAway: false, IsOld: true);
            }

            if (standing is not null && row.AccountLogin != account.Login)
            {
                await renaming.AccountAsync(rows.Host, row, account.Login, cancellationToken);
            }

            var wasAway = row.SuspendedAt is not null || row.RemovedAt is not null;

            // Also while it is suspended: who installed it is told only once.
            var by = standing is null ? null : installer;
            if (await rows.NoteAsync(row, before?.Noted ?? 0, standing, by, cancellationToken) is { } noted)
            {
                return new Seen(noted, standing, taken, wasAway, IsOld: false);
            }
        }
    }

    private async Task<DeliveryOutcome> EndAsync(InboxDelivery delivery, IReadOnlyList<Decision> said, CancellationToken cancellationToken)
    {
        await decisions.StoreAsync(delivery.Id, said, cancellationToken);
        return new DeliveryOutcome.Handled(string.Join(' ', said.Select(decision => decision.Reason)));
    }

    private static Decision Of(bool matched, string reason) => new("installation", null, matched, reason);

    /// <param name="Row">The account's row.</param>
    /// <param name="Standing">How the installation stands; null when it is gone.</param>
    /// <param name="NameWasTaken">Whether somebody else had the account's name before.</param>
    /// <param name="WasAway">Whether it was suspended or removed before.</param>
    /// <param name="IsOld">Whether the account has another installation by now.</param>
    private sealed record Seen(GitHubInstallation Row, InstallationStanding? Standing, bool NameWasTaken, bool WasAway, bool IsOld);
}
