using Microsoft.EntityFrameworkCore;
using Packit.Automation.Comments;
using Packit.Automation.Engine;
using Packit.Automation.Failures;
using Packit.Automation.ProposeDownstream;
using Packit.Automation.Reporting.Texts;
using Packit.Automation.Storage;
using Packit.GitHub;

namespace Packit.Automation.Agreements;

/// <summary>
/// The branches that wait for an agreement. Whoever changes something that they may wait for looks after them afterwards, and so does a branch
/// that has begun to wait: whichever comes second finds what the first one stored, so that nobody is forgotten.
/// </summary>
public sealed class WaitingTargets(
    IPackitDbFactory databases,
    PackageAgreements agreements,
    AgreementAsks asks,
    AgreementTurns turns,
    TargetReporter reporter,
    TargetSignals signals,
    GitHubClient github,
    AnswerQueue answers,
    IJobQueue queue,
    TimeProvider time)
{
    /// <summary>Looks after those of a package and a project: lets all go on, or one ask, or says where is asked. Asks no remote.</summary>
    /// <returns>The branches that go on.</returns>
    public async Task<IReadOnlyList<string>> LookAfterAsync(string package, int projectId, CancellationToken cancellationToken)
    {
        if (!await AnyAsync(package, projectId, cancellationToken))
        {
            return [];
        }

        var ask = await asks.OfAsync(package, projectId, cancellationToken);
        var waiting = await ReadAsync(package, projectId, cancellationToken);
        if (!agreements.AreNeeded || await agreements.GivenAsync(package, projectId, AgreementAsks.IdentityOf(ask), kind: null, cancellationToken) is not null)
        {
            return await WakeAsync(waiting, cancellationToken);
        }

        if (AgreementAsks.Stands(ask))
        {
            await TellAsync(ask, waiting, cancellationToken);
            return [];
        }

        return await IsAnyAtWorkAsync(package, projectId, cancellationToken) ? [] : await WakeAsync([.. waiting.Take(1)], cancellationToken);
    }

    /// <summary>Shows what a branch says that waits, when that became another thing while it was shown.</summary>
    /// <param name="targetId">The branch.</param>
    /// <param name="shown">As it was shown.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task ShowAsync(int targetId, SyncReleaseTarget shown, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(shown);
        if (shown.FailureCode != FailureCodes.AgreementAwaited)
        {
            return;
        }

        var context = await TargetContext.LoadAsync(databases, targetId, cancellationToken);
        if (context.Target is { Status: SyncReleaseTargetStatus.Retry } now && now.Message != shown.Message)
        {
            await reporter.EndedAsync(
                context, now, github.Repository(context.Upstream.Name, context.Upstream.InstallationId), cancellationToken);
        }
    }

    /// <summary>Ends the waiting: nobody will agree.</summary>
    /// <param name="ask">What was asked.</param>
    /// <param name="reason">What is shown.</param>
    /// <param name="cancellationToken">Ends the work; repeating it ends nothing twice.</param>
    public async Task EndAsync(AgreementAsk ask, string reason, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ask);
        var now = time.GetUtcNow();
        foreach (var target in await ReadAsync(ask.Package, ask.ProjectId, cancellationToken))
        {
            await using var database = databases.Create();
            var ended = await Waiting(database, now).Where(row => row.Id == target.Id).ExecuteUpdateAsync(
                change => change
                    .SetProperty(row => row.Status, SyncReleaseTargetStatus.Skipped)
                    .SetProperty(row => row.FinishedTime, now)
                    .SetProperty(row => row.NextAttemptAt, (DateTimeOffset?)null)
                    .SetProperty(row => row.FailureCode, FailureCodes.AgreementMissing)
                    .SetProperty(row => row.Message, reason),
                cancellationToken);
            signals.Changed(target.Id);
            if (ended == 1)
            {
                await queue.EnqueueAsync(RunReportJob.Of(target.Run, target.Branch), cancellationToken);
            }
        }
    }

    /// <summary>Whether anybody waits.</summary>
    public async Task<bool> AnyAsync(string package, int projectId, CancellationToken cancellationToken)
    {
        await using var database = databases.Create();
        return await Of(database, package, projectId).AnyAsync(cancellationToken);
    }

    /// <summary>Targets that wait and were not woken, and have not waited too long: their next attempt is their deadline.</summary>
    internal static IQueryable<SyncReleaseTarget> Waiting(PackitDb database, DateTimeOffset now) => database.Targets.Where(
        row => row.Status == SyncReleaseTargetStatus.Retry && row.FailureCode == FailureCodes.AgreementAwaited && row.NextAttemptAt > now);

    private IQueryable<SyncReleaseTarget> Of(PackitDb database, string package, int projectId) => Waiting(database, time.GetUtcNow())
        .Where(row => row.Run.DownstreamPackage == package && row.Run.ProjectEvent.Release.ProjectId == projectId);

    private async Task<IReadOnlyList<SyncReleaseTarget>> ReadAsync(string package, int projectId, CancellationToken cancellationToken)
    {
        await using var database = databases.Create();
        return await Of(database, package, projectId).AsNoTracking().Include(row => row.Run).OrderBy(row => row.Id).ToListAsync(cancellationToken);
    }

    /// <summary>Whether a branch is on its way that will look after the others when it has come to an end.</summary>
    private async Task<bool> IsAnyAtWorkAsync(string package, int projectId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var database = databases.Create();
        return await database.Targets.AnyAsync(
            row => row.Run.DownstreamPackage == package && row.Run.ProjectEvent.Release.ProjectId == projectId
                && SyncReleaseTargetStates.Open.Contains(row.Status)
                && !(row.Status == SyncReleaseTargetStatus.Retry && row.FailureCode == FailureCodes.AgreementAwaited && row.NextAttemptAt > now),
            cancellationToken);
    }

    private async Task<IReadOnlyList<string>> WakeAsync(IReadOnlyList<SyncReleaseTarget> targets, CancellationToken cancellationToken)
    {
        List<string> woken = [];
        foreach (var target in targets)
        {
            var now = time.GetUtcNow();
            await using var database = databases.Create();
            if (await Waiting(database, now).Where(row => row.Id == target.Id)
                .ExecuteUpdateAsync(change => change.SetProperty(row => row.NextAttemptAt, now), cancellationToken) == 1)
            {
                target.NextAttemptAt = now;
                woken.Add(target.Branch);
                signals.Changed(target.Id);
                await queue.EnqueueAsync(ProposeDownstreamJob.Next(target, target.Run.DownstreamPackage), cancellationToken);
            }
        }

        return [.. woken.Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Says where is asked, to those that do not say it yet.</summary>
    private async Task TellAsync(AgreementAsk ask, IReadOnlyList<SyncReleaseTarget> targets, CancellationToken cancellationToken)
    {
        foreach (var target in targets)
        {
            var text = turns.TextOfWaiting(ask, target);
            if (target.Message == text)
            {
                continue;
            }

            var now = time.GetUtcNow();
            await using var database = databases.Create();
            if (await Waiting(database, now).Where(row => row.Id == target.Id)
                .ExecuteUpdateAsync(change => change.SetProperty(row => row.Message, text), cancellationToken) == 1)
            {
                signals.Changed(target.Id);
                await ShowAsync(target.Id, target, cancellationToken);
                await answers.ChangedAsync(target.Run.CommandId, cancellationToken);
            }
        }
    }
}
