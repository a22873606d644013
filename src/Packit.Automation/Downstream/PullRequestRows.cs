using Microsoft.EntityFrameworkCore;
using Packit.Automation.Settings;
using Packit.Automation.Storage;
using Packit.Pagure;

namespace Packit.Automation.Downstream;

/// <summary>How the pull requests of releases stand in dist-git.</summary>
public sealed class PullRequestRows(PagureClient pagure, DistGitAddresses addresses, IPackitDbFactory databases, TimeProvider time)
{
    /// <summary>Whether a pull request is one that this service opened for a release.</summary>
    public async Task<bool> IsKnownAsync(PagureProject project, int id, CancellationToken cancellationToken)
    {
        await using var database = databases.Create();
        return await Of(database, project, id).AnyAsync(cancellationToken);
    }

    /// <summary>A message says that a pull request was merged or closed; when it is one of ours, dist-git is asked what is true.</summary>
    /// <returns>Whether it is one of ours.</returns>
    public async Task<bool> RefreshAsync(PagureProject project, int id, CancellationToken cancellationToken)
    {
        if (!await IsKnownAsync(project, id, cancellationToken))
        {
            return false;
        }

        if (await pagure.PullRequestAsync(project, id, cancellationToken) is { } pull)
        {
            await StoreAsync(project, pull, mergedCommit: null, cancellationToken);
        }

        return true;
    }

    /// <summary>Stores how a pull request stands, when it is one of ours.</summary>
    /// <param name="project">The package.</param>
    /// <param name="pull">As dist-git tells it.</param>
    /// <param name="mergedCommit">What its merge made of the branch, when that is known.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task StoreAsync(PagureProject project, PagurePullRequest pull, string? mergedCommit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(pull);
        var state = pull.Status switch
        {
            PullRequestStatus.Merged => PullRequestState.Merged,
            PullRequestStatus.Closed => PullRequestState.Closed,
            _ => PullRequestState.Open,
        };
        DateTimeOffset? closed = state == PullRequestState.Open ? null : pull.ClosedAt ?? time.GetUtcNow();
        await using var database = databases.Create();
        await Of(database, project, pull.Id).ExecuteUpdateAsync(
            change => change
                .SetProperty(row => row.State, state)
                .SetProperty(row => row.ClosedAt, row => row.State == state && row.ClosedAt != null ? row.ClosedAt : closed)
                .SetProperty(row => row.MergedCommit, row => mergedCommit ?? row.MergedCommit),
            cancellationToken);
    }

    private IQueryable<SyncReleasePullRequest> Of(PackitDb database, PagureProject project, int id)
    {
        var url = addresses.WebUrl(project.Name);
        return database.PullRequests.Where(row => row.PrId == id && row.Project.ProjectUrl == url);
    }
}
