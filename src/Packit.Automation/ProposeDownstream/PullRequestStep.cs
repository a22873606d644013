using Packit.Automation.Settings;
using Packit.Automation.Storage;
using Packit.Pagure;

namespace Packit.Automation.ProposeDownstream;

/// <summary>Opens the pull request of a working branch, or finds the open one and brings it up to date.</summary>
public sealed class PullRequestStep(PagureClient pagure, DistGitAddresses addresses, IPackitDbFactory databases)
{
    /// <summary>Makes the pull request stand.</summary>
    /// <param name="wanted">What it is to be.</param>
    /// <param name="cancellationToken">Ends the work; repeating it makes no second one.</param>
    public async Task<SyncReleasePullRequest> RunAsync(WantedPullRequest wanted, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        var project = addresses.Project(wanted.Package);
        var fork = addresses.Fork(wanted.Package);
        var open = wanted.MayExist ? await FindOpenAsync(wanted, cancellationToken) : null;
        if (open is null)
        {
            open = await pagure.CreatePullRequestAsync(
                project, new PullRequestDraft(wanted.Title, wanted.Body, wanted.TargetBranch, wanted.WorkingBranch, fork), cancellationToken);
        }
        else if (wanted.IsNewContent || open.Title != wanted.Title)
        {
            open = await pagure.UpdatePullRequestAsync(project, open.Id, wanted.Title, wanted.Body, cancellationToken);
        }
        else if (wanted.Exchanged(open.InitialComment) is { } exchanged)
        {
            open = await pagure.UpdatePullRequestAsync(project, open.Id, open.Title, exchanged, cancellationToken);
        }

        return await RememberAsync(wanted, open.Id, cancellationToken);
    }

    /// <summary>The open pull request of ours from a working branch to a branch; null when there is none.</summary>
    public async Task<PagurePullRequest?> FindOpenAsync(WantedPullRequest wanted, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        var user = addresses.Fork(wanted.Package).ForkUser;
        await foreach (var pull in pagure.PullRequestsAsync(addresses.Project(wanted.Package), PullRequestFilter.Open, user, cancellationToken))
        {
            if (pull.Branch == wanted.TargetBranch && pull.BranchFrom == wanted.WorkingBranch && pull.User.Name == user)
            {
                return pull;
            }
        }

        return null;
    }

    private async Task<SyncReleasePullRequest> RememberAsync(WantedPullRequest wanted, int id, CancellationToken cancellationToken)
    {
        await using var database = databases.Create();
        var row = await database.GetOrCreateAsync(
            known => known.ProjectId == wanted.ProjectId && known.PrId == id,
            () => new SyncReleasePullRequest
            {
                ProjectId = wanted.ProjectId, PrId = id, TargetBranch = wanted.TargetBranch, Title = wanted.Title,
                Url = $"{addresses.WebUrl(wanted.Package)}/pull-request/{id}", IsFastForward = wanted.IsFastForward,
            },
            cancellationToken);
        (row.Title, row.State, row.ClosedAt) = (wanted.Title, PullRequestState.Open, null);
        await database.SaveChangesAsync(cancellationToken);
        return row;
    }
}

/// <summary>A pull request as it should stand.</summary>
/// <param name="Package">Name of the dist-git repository.</param>
/// <param name="ProjectId">Its row.</param>
/// <param name="TargetBranch">The branch that it goes to.</param>
/// <param name="WorkingBranch">The branch of the fork that it comes from.</param>
/// <param name="Title">Its title.</param>
/// <param name="Body">Its description.</param>
/// <param name="MayExist">False when the working branch is new, so that nothing can have been opened from it.</param>
/// <param name="IsNewContent">Whether the working branch was moved just now; otherwise what people wrote into the description stays.</param>
/// <param name="IsFastForward">Whether it offers the change of another branch.</param>
public sealed record WantedPullRequest(
    string Package, int ProjectId, string TargetBranch, string WorkingBranch, string Title, string Body, bool MayExist, bool IsNewContent,
    bool IsFastForward)
{
    /// <summary>A paragraph that does not hold any more, and what stands in its place; null when there is none.</summary>
    public (string Before, string After)? Paragraph { get; init; }

    /// <summary>The description with the paragraph exchanged and all else as it is; null when there is nothing to exchange.</summary>
    public string? Exchanged(string? description) =>
        Paragraph is var (before, after) && description?.ReplaceLineEndings("\n") is { } present && present.Contains(before, StringComparison.Ordinal)
            ? present.Replace(before, after, StringComparison.Ordinal)
            : null;
}
