using Microsoft.EntityFrameworkCore;
using Packit.Automation.Failures;
using Packit.Automation.ProposeDownstream;
using Packit.Automation.Settings;
using Packit.Automation.Storage;
using Packit.Pagure;

namespace Packit.Automation.Agreements;

/// <summary>
/// Where an upstream project asks for an agreement. There is one place for a package and a project: who has it makes the one pull request, all
/// others wait for what comes of it.
/// </summary>
public sealed class AgreementAsks(IPackitDbFactory databases, PagureClient pagure, DistGitAddresses addresses, TimeProvider time)
{
    /// <summary>The first pause before somebody looks whether there is an answer of which no message told; then twice as long each time.</summary>
    private static readonly TimeSpan FirstPause = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(6);

    /// <summary>The place of a package and a project, with the pull request that asks.</summary>
    public async Task<AgreementAsk> OfAsync(string package, int projectId, CancellationToken cancellationToken)
    {
        await using var database = databases.Create();
        await database.GetOrCreateAsync(
            row => row.Package == package && row.ProjectId == projectId, () => new AgreementAsk { Package = package, ProjectId = projectId }, cancellationToken);
        return await database.AgreementAsks.AsNoTracking().Include(row => row.PullRequest)
            .SingleAsync(row => row.Package == package && row.ProjectId == projectId, cancellationToken);
    }

    /// <summary>
    /// Takes the place for a branch, or keeps it. It is free when nobody has it, when the pull request of who had it was closed, and when who had
    /// it came to another end. Of the branches of one run the first that is not done yet has the first turn.
    /// </summary>
    /// <param name="ask">The place as it was read.</param>
    /// <param name="target">The branch that would ask.</param>
    /// <param name="identity">The repository that asks.</param>
    /// <param name="cancellationToken">Ends the work; repeating it takes nothing twice.</param>
    public async Task<bool> TryTakeAsync(AgreementAsk ask, TargetContext target, UpstreamIdentity identity, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ask);
        ArgumentNullException.ThrowIfNull(target);
        await using var database = databases.Create();
        if (ask.Branch == target.Branch && IdentityOf(ask) == identity)
        {
            return true;
        }

        if (IdentityOf(ask) == identity && (Stands(ask) || await IsAboutToAskAsync(database, ask, target, cancellationToken)))
        {
            return false;
        }

        var isTurn = !await database.Targets.AnyAsync(
            row => row.RunId == target.Target.RunId && row.Id < target.Target.Id && SyncReleaseTargetStates.Open.Contains(row.Status), cancellationToken);
        if (!isTurn && IdentityOf(ask) == identity)
        {
            return false;
        }

        // Whoever has the name of the project now waits, be it for its turn: an answer to who had it before wakes nobody any more.
        var branch = isTurn ? target.Branch : null;
        return await database.AgreementAsks
            .Where(row => row.Id == ask.Id && row.Branch == ask.Branch && row.RepositoryId == ask.RepositoryId && row.OwnerId == ask.OwnerId
                && row.PullRequestId == ask.PullRequestId)
            .ExecuteUpdateAsync(
                change => change
                    .SetProperty(row => row.Branch, branch)
                    .SetProperty(row => row.RepositoryId, identity.RepositoryId)
                    .SetProperty(row => row.OwnerId, identity.OwnerId)
                    .SetProperty(row => row.PullRequestId, (int?)null),
                cancellationToken) == 1 && isTurn;
    }

    /// <summary>Which repository asks.</summary>
    public static UpstreamIdentity IdentityOf(AgreementAsk ask)
    {
        ArgumentNullException.ThrowIfNull(ask);
        return new UpstreamIdentity(ask.RepositoryId, ask.OwnerId);
    }

    /// <summary>Whether there is a pull request in which an answer can be given. A merged one serves as well as an open one.</summary>
    public static bool Stands(AgreementAsk ask)
    {
        ArgumentNullException.ThrowIfNull(ask);
        return ask.PullRequest is { State: not PullRequestState.Closed };
    }

    /// <summary>Keeps which pull request asks now; from here on somebody looks for an answer.</summary>
    public async Task StandsAsync(int askId, int pullRequestId, CancellationToken cancellationToken)
    {
        var next = time.GetUtcNow() + FirstPause;
        await using var database = databases.Create();
        await database.AgreementAsks.Where(row => row.Id == askId).ExecuteUpdateAsync(
            change => change
                .SetProperty(row => row.PullRequestId, pullRequestId)
                .SetProperty(row => row.Checks, 0)
                .SetProperty(row => row.NextCheckAt, next),
            cancellationToken);
    }

    /// <summary>Gives the place back: its pull request was closed, or shows something else by now.</summary>
    public async Task FreeAsync(int askId, CancellationToken cancellationToken)
    {
        await using var database = databases.Create();
        await database.AgreementAsks.Where(row => row.Id == askId).ExecuteUpdateAsync(
            change => change.SetProperty(row => row.Branch, (string?)null).SetProperty(row => row.PullRequestId, (int?)null), cancellationToken);
    }

    /// <summary>Keeps that it was looked, and when it is looked again.</summary>
    /// <param name="ask">What was asked.</param>
    /// <param name="isDone">Whether the look came to its end; one that did not is made again.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task CheckedAsync(AgreementAsk ask, bool isDone, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ask);
        var checks = isDone ? ask.Checks + 1 : ask.Checks;
        var next = time.GetUtcNow() + TimeSpan.FromTicks(Math.Min(FirstPause.Ticks << Math.Min(checks, 10), LongestPause.Ticks));
        await using var database = databases.Create();
        await database.AgreementAsks.Where(row => row.Id == ask.Id).ExecuteUpdateAsync(
            change => change.SetProperty(row => row.Checks, checks).SetProperty(row => row.NextCheckAt, next), cancellationToken);
    }

    /// <summary>
    /// The pull request that stands in the way: without an agreement nobody may change what another repository has proposed, be it by a push to
    /// the working branch that both would use.
    /// </summary>
    /// <returns>Its page; null when the way is free.</returns>
    /// <exception cref="Http.RemoteException">dist-git does not answer.</exception>
    public async Task<string?> InTheWayAsync(TargetContext target, long repositoryId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        if (await IsOwnAsync(target, repositoryId, cancellationToken))
        {
            return null;
        }

        var user = addresses.Fork(target.Package).ForkUser;
        await foreach (var pull in pagure.PullRequestsAsync(addresses.Project(target.Package), PullRequestFilter.Open, user, cancellationToken))
        {
            if (pull.BranchFrom == target.WorkingBranch && pull.User.Name == user)
            {
                return addresses.PullRequestPage(target.Package, pull.Id);
            }
        }

        return null;
    }

    /// <summary>GitHub's id of the repository whose commit was pushed last to a working branch; null when that is not known.</summary>
    public async Task<long?> PusherOfAsync(string package, string workingBranch, CancellationToken cancellationToken)
    {
        await using var database = databases.Create();
        return (await PushedAsync(database, package, workingBranch, cancellationToken))?.RepositoryId;
    }

    private static Task<bool> IsAboutToAskAsync(PackitDb database, AgreementAsk ask, TargetContext target, CancellationToken cancellationToken) =>
        database.Targets.AnyAsync(
            row => row.Branch == ask.Branch && row.Id != target.Target.Id && row.Run.DownstreamPackage == ask.Package
                && row.Run.ProjectEvent.Release.ProjectId == ask.ProjectId && SyncReleaseTargetStates.Open.Contains(row.Status)
                && !(row.Status == SyncReleaseTargetStatus.Retry && row.FailureCode == FailureCodes.AgreementAwaited),
            cancellationToken);

    private Task<PushedBranch?> PushedAsync(PackitDb database, string package, string workingBranch, CancellationToken cancellationToken)
    {
        var url = addresses.WebUrl(package);
        return database.PushedBranches.AsNoTracking()
            .Where(row => row.Branch == workingBranch && database.Projects.Any(project => project.Id == row.ProjectId && project.ProjectUrl == url))
            .SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>Whether nothing was pushed to the working branch, or what was pushed came from the same repository.</summary>
    private async Task<bool> IsOwnAsync(TargetContext target, long repositoryId, CancellationToken cancellationToken)
    {
        await using var database = databases.Create();
        var pushed = await PushedAsync(database, target.Package, target.WorkingBranch, cancellationToken);
        if (pushed?.RepositoryId is { } known)
        {
            return known == repositoryId;
        }

        // Pushed before agreements counted here: the release that was proposed last tells whose it is.
        var newest = pushed is null ? null : await database.Targets.AsNoTracking()
            .Where(row => row.Branch == target.Branch && row.Run.DownstreamPackage == target.Package && row.PullRequests.Any())
            .OrderByDescending(row => row.Id).Select(row => (int?)row.Run.ProjectEvent.Release.ProjectId).FirstOrDefaultAsync(cancellationToken);
        return pushed is null || newest == target.Release.ProjectId;
    }
}
