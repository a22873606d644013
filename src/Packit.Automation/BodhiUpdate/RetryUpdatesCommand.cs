using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Packit.Automation.Comments;
using Packit.Automation.Downstream;
using Packit.Automation.KojiBuild;
using Packit.Automation.Matching;
using Packit.Automation.Releases;
using Packit.Automation.Reporting.Texts;
using Packit.Automation.Settings;
using Packit.Automation.Storage;
using Packit.Koji;
using Packit.PackageConfig;

namespace Packit.Automation.BodhiUpdate;

/// <summary>
/// <c>/packit create-update</c> in the issue about failed updates of a package: makes the updates of the newest builds of the branches whose
/// newest update could not be made, as the config of the package says.
/// </summary>
public sealed class RetryUpdatesCommand(
    IssuePackages packages,
    KojiClient koji,
    CompleteBuilds builds,
    OwnBuilds ownBuilds,
    DistributionReleases releases,
    UpdateStarter starter,
    WaitingUpdates waiting,
    DecisionRows decisions,
    IPackitDbFactory databases,
    DashboardAddresses dashboard,
    IOptions<ServiceOptions> service) : IIssueCommand, ICommandProgress
{
    public string Name => "create-update";

    public async Task<IssueAnswer> RunAsync(GivenIssueCommand given, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(given);
        return await packages.FindAsync(
            given, [UpdateIssues.NotMade], (package, named) => FailedAsync(given.CommandId, package, named, cancellationToken), cancellationToken) switch
        {
            IssuePackage.Found package => await StartAsync(given, package, cancellationToken),
            IssuePackage.Fine fine => new IssueAnswer(IssueCommandTexts.NoFailedUpdate(fine.Package), CommandState.Done),
            IssuePackage.None none => new IssueAnswer(none.Text, CommandState.Refused),
            _ => throw new UnreachableException(),
        };
    }

    public async Task<IssueAnswer> ReadAsync(int commandId, CancellationToken cancellationToken)
    {
        await using var database = databases.Create();
        var updates = await database.Updates.AsNoTracking().Where(row => row.Group.CommandId == commandId).OrderBy(row => row.Id).ToListAsync(cancellationToken);
        var state = updates.Exists(row => BodhiUpdateStates.Open.Contains(row.Status)) ? CommandState.Accepted
            : updates.Exists(row => row.Status == BodhiUpdateStatus.Error) ? CommandState.Failed : CommandState.Done;
        return new IssueAnswer(IssueCommandTexts.Updates(state, [.. updates.Select(row => (row, dashboard.BodhiUpdate(row.Id)))]), state);
    }

    private async Task<IssueAnswer> StartAsync(GivenIssueCommand given, IssuePackage.Found package, CancellationToken cancellationToken)
    {
        if (AskedPackage.Unknown(given.Command.Package, package.Config.Config) is { } unknown)
        {
            return new IssueAnswer(unknown, CommandState.Refused);
        }

        var branches = package.Branches;
        var (started, reasons) = (false, new List<Decision>());
        foreach (var branch in branches)
        {
            var (isStarted, why) = await StartAsync(given, package, branch, cancellationToken);
            started |= isStarted;
            reasons.AddRange(why);
        }

        await decisions.StoreAsync(given.DeliveryId, given.Step, reasons, cancellationToken);
        return started
            ? await ReadAsync(given.CommandId, cancellationToken)
            : new IssueAnswer(
                PullRequestCommandTexts.NoJob("bodhi_update", string.Join(", ", branches), reasons.Select(decision => decision.Reason)), CommandState.Refused);
    }

    private async Task<(bool IsStarted, IReadOnlyList<Decision> Reasons)> StartAsync(
        GivenIssueCommand given, IssuePackage.Found package, string branch, CancellationToken cancellationToken)
    {
        var target = KojiBuildJob.BuildTarget(branch);
        if (await koji.BuildTargetAsync(target, cancellationToken) is not { DestinationTag: var tag })
        {
            return (false, [No(package, KojiBuildTexts.NoTarget(target, branch))]);
        }

        if (await builds.LatestAsync(package.Package, branch, tag, cancellationToken) is not { } build)
        {
            return (false, [No(package, BodhiUpdateTexts.NoBuild(package.Package, branch))]);
        }

        var aliases = (await releases.CurrentAsync(cancellationToken)).Aliases;
        var matches = UpdateMatcher.FirstOnly(UpdateMatcher.Match(
            package.Config.Config,
            new BuildOccasion(package.Package, branch, service.Value.Deployment, aliases, IsByPerson: true, $"{given.Author.Login} asked for {branch}.")
            {
                Asked = given.Command.Package,
            }));
        if (matches.FirstOrDefault(match => match.Matched) is { } matched)
        {
            await waiting.WakeAsync([build.Nvr], tag: null, string.Create(CultureInfo.InvariantCulture, $"command-{given.CommandId}"), cancellationToken);
            var own = await ownBuilds.FindAsync(build, cancellationToken);
            await starter.StartAsync(
                new UpdateWish(given.DeliveryId, build, package.Config.StoredId, given.Author.Login, own?.RowId) { CommandId = given.CommandId }, matched,
                cancellationToken);
        }

        return (matches.Any(match => match.Matched), [.. matches.Select(Decision.Of)]);
    }

    private static Decision No(IssuePackage.Found package, string reason) => new(JobNames.Of(JobType.BodhiUpdate), package.Package, Matched: false, reason);

    /// <summary>The branches whose newest update could not be made; of a package without updates here those that the issue names.</summary>
    private async Task<IReadOnlyList<string>> FailedAsync(
        int commandId, string package, IReadOnlyList<string> named, CancellationToken cancellationToken)
    {
        await using var database = databases.Create();
        var updates = database.Updates.Where(row => row.Group.DownstreamPackage == package && row.Group.CommandId != commandId
            && row.Status != BodhiUpdateStatus.Skipped);
        if (!await updates.AnyAsync(cancellationToken))
        {
            return named;
        }

        var newest = updates.GroupBy(row => row.Branch).Select(branch => branch.Max(row => row.Id));
        return await database.Updates.Where(row => newest.Contains(row.Id) && row.Status == BodhiUpdateStatus.Error)
            .OrderBy(row => row.Id).Select(row => row.Branch).ToListAsync(cancellationToken);
    }
}
