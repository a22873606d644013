using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Packit.Automation.Comments;
using Packit.Automation.Downstream;
using Packit.Automation.Engine;
using Packit.Automation.Events;
using Packit.Automation.Reporting.Texts;
using Packit.Automation.Settings;
using Packit.Automation.Storage;
using Packit.Http;
using Packit.Pagure;

namespace Packit.Automation.Agreements;

/// <summary>
/// Looks now and then whether a question was answered without a message telling of it: in the comments of the pull request that asks, in the
/// package's configuration, or by closing the pull request. It also takes up what a worker left between an answer and what follows from it.
/// </summary>
public sealed partial class AgreementWatchJob(
    IPackitDbFactory databases,
    AgreementAsks asks,
    PackageAgreements agreements,
    WaitingTargets waiting,
    PullRequestCommands commands,
    PullRequestRows pulls,
    PagureClient pagure,
    DistGitAddresses addresses,
    IOptions<ServiceOptions> service,
    TimeProvider time,
    ILogger<AgreementWatchJob> logger) : IJobHandler
{
    /// <summary>The stored name of the kind of job.</summary>
    public const string KindName = "agreement-watch";

    public string Kind => KindName;

    /// <summary>The key of all who carry out or answer commands of a package that no delivery is read for.</summary>
    public static string ExclusiveKey(string package) => $"{KindName}@{package}";

    public async Task RunAsync(int rowId, CancellationToken cancellationToken)
    {
        if (await FindAsync(rowId, cancellationToken) is not { } ask)
        {
            return;
        }

        var isDone = false;
        try
        {
            isDone = await LookAsync(ask, cancellationToken);
        }
        catch (RemoteException away)
        {
            LogAway(ask.Package, away);
        }

        await asks.CheckedAsync(ask, isDone, cancellationToken);
    }

    public async Task<IReadOnlyList<QueuedJob>> FindOrphansAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var database = databases.Create();
        var targets = WaitingTargets.Waiting(database, now);
        var due = await database.AgreementAsks.AsNoTracking()
            .Where(ask => targets.Any(row => row.Run.DownstreamPackage == ask.Package && row.Run.ProjectEvent.Release.ProjectId == ask.ProjectId)
                && (ask.NextCheckAt == null || ask.NextCheckAt <= now || (ask.PullRequest != null && ask.PullRequest.State == PullRequestState.Closed)
                    || database.Agreements.Any(given => given.Package == ask.Package && given.ProjectId == ask.ProjectId
                        && given.RepositoryId == ask.RepositoryId && given.OwnerId == ask.OwnerId && given.Branch == "" && given.RevokedAt == null)))
            .ToListAsync(cancellationToken);
        return [.. due.Select(ask => new QueuedJob(KindName, ask.Id, NameOf(ask), ExclusiveKey(ask.Package)))];
    }

    /// <summary>The name of one look, which stays until the look has come to its end.</summary>
    private static string NameOf(AgreementAsk ask) => string.Create(CultureInfo.InvariantCulture, $"{KindName}/{ask.Id}/{ask.Checks}");

    private async Task<AgreementAsk?> FindAsync(int id, CancellationToken cancellationToken)
    {
        await using var database = databases.Create();
        return await database.AgreementAsks.AsNoTracking().Include(row => row.PullRequest).Include(row => row.Project)
            .SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
    }

    /// <returns>Whether the look came to its end.</returns>
    private async Task<bool> LookAsync(AgreementAsk ask, CancellationToken cancellationToken)
    {
        if (await ReleaseAsync(ask, cancellationToken) is not var (upstream, deliveryId))
        {
            return true;
        }

        var isDone = true;

        var pull = ask.PullRequest is { } row ? await pagure.PullRequestAsync(addresses.Project(ask.Package), row.PrId, cancellationToken) : null;
        if (pull is not null)
        {
            await pulls.StoreAsync(addresses.Project(ask.Package), pull, mergedCommit: null, cancellationToken);
            isDone = await commands.ReadMissedAsync(
                deliveryId, addresses.Project(ask.Package), pull, AllowUpstreamCommand.CommandName, cancellationToken);
        }

        // What is stored of a configuration is true now, and those who wait are looked after by what is stored.
        var standing = await agreements.FindAsync(ask.Package, upstream, ask.ProjectId, branch: null, cancellationToken);
        if (standing is AgreementStanding.Missing && ask.PullRequest is not null)
        {
            if (pull is null or { Status: PullRequestStatus.Closed })
            {
                await asks.FreeAsync(ask.Id, cancellationToken);
                await waiting.EndAsync(ask, AgreementTexts.Closed(ask.Package, ask.PullRequest.Url, service.Value.CommandPrefix), cancellationToken);
            }
            else if (pull.Status == PullRequestStatus.Open
                && await asks.PusherOfAsync(ask.Package, pull.BranchFrom, cancellationToken) is { } pusher && pusher != ask.RepositoryId)
            {
                // Somebody who may has taken the working branch over: what the pull request shows is no question of this project any more.
                await asks.FreeAsync(ask.Id, cancellationToken);
            }
        }

        await waiting.LookAfterAsync(ask.Package, ask.ProjectId, cancellationToken);
        return isDone;
    }

    /// <summary>The project of the newest release that waits, and the delivery that told of it.</summary>
    private async Task<(UpstreamRepository Upstream, long DeliveryId)?> ReleaseAsync(AgreementAsk ask, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var database = databases.Create();
        var newest = await WaitingTargets.Waiting(database, now)
            .Where(row => row.Run.DownstreamPackage == ask.Package && row.Run.ProjectEvent.Release.ProjectId == ask.ProjectId)
            .OrderByDescending(row => row.Id)
            .Select(row => new { row.Run.DeliveryId, row.Run.ProjectEvent.Release.InstallationId })
            .FirstOrDefaultAsync(cancellationToken);
        return newest is null ? null : (Upstream(ask.Project, newest.InstallationId), newest.DeliveryId);
    }

    private static UpstreamRepository Upstream(GitProject project, long installationId) =>
        new(project.InstanceUrl, project.GitHubName, project.ProjectUrl, project.IsPrivate, installationId);

    [LoggerMessage(EventId = 4651, Level = LogLevel.Warning, Message = "Whether the packagers of {Package} agree could not be looked at")]
    private partial void LogAway(string package, Exception cause);
}
