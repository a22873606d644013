using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Packit.Automation.Reporting;
using Packit.Automation.Reporting.Texts;
using Packit.Automation.Settings;
using Packit.Automation.Storage;

namespace Packit.Automation.BodhiUpdate;

/// <summary>
/// Reports updates that could not be made in the repository that the package config names: one issue for a package, closed when all its
/// branches have their updates again.
/// </summary>
public sealed class UpdateIssues(
    IssueRepositories repositories,
    IssueReporter reporter,
    IPackitDbFactory databases,
    DistGitAddresses addresses,
    DashboardAddresses dashboard,
    IOptions<ServiceOptions> service)
{
    /// <summary>Kind of the issue.</summary>
    public const string NotMade = "bodhi-update";

    /// <summary>Reports an update that could not be made, or closes the issue when Bodhi has one.</summary>
    public async Task TellAsync(UpdateContext update, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(update);
        var target = update.Target;
        var failed = target.Status == BodhiUpdateStatus.Error;
        if (update.Settings.IssueRepository is not { } url || (!failed && target.Alias is null))
        {
            return;
        }

        switch (await repositories.FindAsync(url, cancellationToken))
        {
            case IssueRepository.Unreachable { Reason: var reason } when failed:
                await NoteAsync(target, reason, cancellationToken);
                break;
            case IssueRepository.Reachable place when failed:
                await reporter.ReportAsync(place.Forge, place.ProjectId, Report(update), cancellationToken);
                break;
            case IssueRepository.Reachable place when !await OthersFailAsync(update, cancellationToken):
                await reporter.ResolveAsync(
                    place.Forge, place.ProjectId, NotMade, update.Package, UpdateIssueTexts.Resolved(target.KojiNvrs, target.Alias!), cancellationToken);
                break;
        }
    }

    private IssueReport Report(UpdateContext update)
    {
        var target = update.Target;
        return new IssueReport(
            NotMade,
            update.Package,
            UpdateIssueTexts.Title(update.Package),
            UpdateIssueTexts.Body(
                new FailedUpdateFacts(target, update.Event, $"{addresses.WebUrl(update.Package)}.git", dashboard.BodhiUpdate(target.Id)),
                service.Value.CommandPrefix, update.Settings.Notifications.FailureCommentMessage),
            $"{target.Branch} {target.KojiNvrs} {target.FailureCode} {target.Message}",
            CommentOnRepeat: true);
    }

    /// <summary>Whether the newest update of a branch of the package could not be made; on this branch that may be a later one than the one that is told of.</summary>
    private async Task<bool> OthersFailAsync(UpdateContext update, CancellationToken cancellationToken)
    {
        await using var database = databases.Create();
        var others = await database.Updates.AsNoTracking()
            .Where(row => row.Group.ProjectId == update.Group.ProjectId)
            .GroupBy(row => row.Branch)
            .Select(branch => branch.OrderByDescending(row => row.Id).First().Status)
            .ToListAsync(cancellationToken);
        return others.Contains(BodhiUpdateStatus.Error);
    }

    /// <summary>Adds to what the page says.</summary>
    private async Task NoteAsync(BodhiUpdateTarget target, string note, CancellationToken cancellationToken)
    {
        if (target.Message?.Split('\n').Contains(note) == true)
        {
            // An attempt that did not come to its end has said so.
            return;
        }

        var text = $"{target.Message}\n{note}";
        await using var database = databases.Create();
        await database.Updates.Where(row => row.Id == target.Id && row.Message == target.Message)
            .ExecuteUpdateAsync(change => change.SetProperty(row => row.Message, text), cancellationToken);
    }
}
