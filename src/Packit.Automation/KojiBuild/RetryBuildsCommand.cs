using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Packit.Automation.Comments;
using Packit.Automation.Downstream;
using Packit.Automation.Matching;
using Packit.Automation.Releases;
using Packit.Automation.Reporting.Texts;
using Packit.Automation.Settings;
using Packit.Automation.Storage;
using Packit.PackageConfig;

namespace Packit.Automation.KojiBuild;

/// <summary>
/// <c>/packit koji-build</c> in the issue about failed builds of a package: builds the heads of the branches whose newest build failed, as the
/// config of the package says.
/// </summary>
public sealed class RetryBuildsCommand(
    IssuePackages packages,
    DistributionReleases releases,
    KojiBuildStarter starter,
    DecisionRows decisions,
    IPackitDbFactory databases,
    DashboardAddresses dashboard,
    IOptions<ServiceOptions> service) : IIssueCommand, ICommandProgress
{
    public string Name => "koji-build";

    public async Task<IssueAnswer> RunAsync(GivenIssueCommand given, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(given);
        var found = await packages.FindAsync(
            given, [KojiBuildIssues.NotBuilt, KojiBuildIssues.NotSubmitted],
            (package, named) => FailedAsync(given.CommandId, package, named, cancellationToken), cancellationToken);
        return found switch
        {
            IssuePackage.Found package => await StartAsync(given, package, cancellationToken),
            IssuePackage.Fine fine => new IssueAnswer(IssueCommandTexts.NoFailedBuild(fine.Package), CommandState.Done),
            IssuePackage.None none => new IssueAnswer(none.Text, CommandState.Refused),
            _ => throw new UnreachableException(),
        };
    }

    public async Task<IssueAnswer> ReadAsync(int commandId, CancellationToken cancellationToken)
    {
        await using var database = databases.Create();
        var builds = await database.Builds.AsNoTracking().Where(row => row.Group.CommandId == commandId).OrderBy(row => row.Id).ToListAsync(cancellationToken);
        var state = builds.Exists(row => KojiBuildStates.Open.Contains(row.Status))
            ? builds.TrueForAll(row => row.Status == KojiBuildStatus.Queued) ? CommandState.Accepted : CommandState.Running
            : builds.Exists(row => KojiBuildStates.Failed.Contains(row.Status)) ? CommandState.Failed : CommandState.Done;
        return new IssueAnswer(IssueCommandTexts.Builds(state, [.. builds.Select(row => (row, dashboard.KojiBuild(row.Id)))]), state);
    }

    private async Task<IssueAnswer> StartAsync(GivenIssueCommand given, IssuePackage.Found package, CancellationToken cancellationToken)
    {
        if (AskedPackage.Unknown(given.Command.Package, package.Config.Config) is { } unknown)
        {
            return new IssueAnswer(unknown, CommandState.Refused);
        }

        var branches = package.Branches;
        var aliases = (await releases.CurrentAsync(cancellationToken)).Aliases;
        var (started, reasons) = (false, new List<Decision>());
        foreach (var branch in branches)
        {
            if (!package.Heads.TryGetValue(branch, out var head))
            {
                reasons.Add(new Decision(JobNames.Of(JobType.KojiBuild), package.Package, Matched: false, KojiBuildTexts.BranchGone(branch)));
                continue;
            }

            var matches = KojiBuildConditions.Match(
                package.Config.Config,
                new BuildOccasion(package.Package, branch, service.Value.Deployment, aliases, IsByPerson: true, KojiBuildTexts.AskedForBranch(given.Author.Login, branch))
                {
                    Asked = given.Command.Package,
                });
            reasons.AddRange(matches.Select(Decision.Of));
            started |= (await starter.StartAsync(
                new BuildRequest(
                    given.DeliveryId, ProjectEventType.BranchPush, package.Package, branch, head, package.Config.StoredId, PullRequest: null, given.Author.Login)
                {
                    CommandId = given.CommandId,
                },
                [.. matches.Where(match => match.Matched)], cancellationToken)).Count > 0;
        }

        await decisions.StoreAsync(given.DeliveryId, given.Step, reasons, cancellationToken);
        return started
            ? await ReadAsync(given.CommandId, cancellationToken)
            : new IssueAnswer(
                PullRequestCommandTexts.NoJob("koji_build", string.Join(", ", branches), reasons.Select(decision => decision.Reason)), CommandState.Refused);
    }

    /// <summary>The branches whose newest build did not succeed; of a package without builds here those that the issue names.</summary>
    private async Task<IReadOnlyList<string>> FailedAsync(
        int commandId, string package, IReadOnlyList<string> named, CancellationToken cancellationToken)
    {
        await using var database = databases.Create();
        var builds = database.Builds.Where(row => row.Group.DownstreamPackage == package && row.Group.CommandId != commandId
            && row.Status != KojiBuildStatus.Skipped);
        if (!await builds.AnyAsync(cancellationToken))
        {
            return named;
        }

        var newest = builds.GroupBy(row => row.Branch).Select(branch => branch.Max(row => row.Id));
        return await database.Builds.Where(row => newest.Contains(row.Id) && KojiBuildStates.Failed.Contains(row.Status))
            .OrderBy(row => row.Id).Select(row => row.Branch).ToListAsync(cancellationToken);
    }
}
