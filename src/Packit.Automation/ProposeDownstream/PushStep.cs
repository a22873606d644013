using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Packit.Automation.Failures;
using Packit.Automation.Reporting.Texts;
using Packit.Automation.Settings;
using Packit.Automation.Storage;
using Packit.Automation.Workspaces;
using Packit.DistGit;
using Packit.Pagure;

namespace Packit.Automation.ProposeDownstream;

/// <summary>Brings a commit to the working branch of the service's fork, and never over the work of somebody else.</summary>
public sealed class PushStep(PagureClient pagure, DistGitAddresses addresses, IPackitDbFactory databases, TimeProvider time)
{
    /// <summary>Pushes, unless the branch stands there already.</summary>
    /// <param name="target">The target.</param>
    /// <param name="projectId">Row of the dist-git project.</param>
    /// <param name="workspace">What the branches of the release share.</param>
    /// <param name="commit">What to push.</param>
    /// <param name="identity">Our own name in commits.</param>
    /// <param name="cancellationToken">Ends the work; the intent stays recorded.</param>
    public async Task<PushStepResult> RunAsync(
        TargetContext target, int projectId, ReleaseWorkspace workspace, CommitToPush commit, GitIdentity identity, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(workspace);
        ArgumentNullException.ThrowIfNull(commit);
        var repository = await workspace.RepositoryAsync(cancellationToken);
        var fork = addresses.ForkForPush(target.Package);

        // A further attempt must not trust what an earlier one of the same workspace saw.
        var heads = target.Target.Attempts > 1
            ? await ForkHeadsAsync(workspace, target.Package, cancellationToken)
            : await workspace.ForkHeadsAsync(token => ForkHeadsAsync(workspace, target.Package, token), cancellationToken);
        var present = heads.GetValueOrDefault(target.WorkingBranch);
        if (present == commit.Sha)
        {
            await RememberAsync(projectId, target.WorkingBranch, commit, pushed: true, cancellationToken);
            return new PushStepResult.Stands(BranchWasThere: true, Pushed: false);
        }

        if (present is not null && await ForeignAsync(projectId, target, repository, fork, commit, present, identity, cancellationToken) is { Count: > 0 } foreign)
        {
            return new PushStepResult.Foreign(present, foreign);
        }

        await RememberAsync(projectId, target.WorkingBranch, commit, pushed: false, cancellationToken);
        var result = await repository.PushAsync(fork, commit.Sha, target.WorkingBranch, present, addresses.Main(target.Package), cancellationToken);
        switch (result)
        {
            case PushResult.Pushed or PushResult.UpToDate:
                await RememberAsync(projectId, target.WorkingBranch, commit, pushed: true, cancellationToken);
                return new PushStepResult.Stands(BranchWasThere: present is not null, Pushed: true);
            case PushResult.LeaseLost:
                return new PushStepResult.Failed(Failure.Transient(FailureCodes.BranchMoved, ProposeDownstreamTexts.BranchMoved(target.WorkingBranch)));
            case PushResult.Denied denied:
                return new PushStepResult.Failed(Failure.Rejected(FailureCodes.PushDenied, $"dist-git refused the push to the fork: {denied.Reason}"));
            default:
                throw new UnreachableException();
        }
    }

    /// <summary>The heads of the fork, which is made when it does not exist.</summary>
    private async Task<IReadOnlyDictionary<string, string>> ForkHeadsAsync(
        ReleaseWorkspace workspace, string package, CancellationToken cancellationToken)
    {
        if (await pagure.BranchesAsync(addresses.Fork(package), cancellationToken) is { } branches)
        {
            return branches.Commits;
        }

        if (await workspace.ForkAsync(
            async token => await pagure.ForkAsync(addresses.Project(package), token) == ForkOutcome.Created, cancellationToken))
        {
            // A new fork has the branches of the package, and none of ours.
            return new Dictionary<string, string>();
        }

        return (await pagure.BranchesAsync(addresses.Fork(package), cancellationToken))?.Commits ?? new Dictionary<string, string>();
    }

    /// <summary>Commits of others on the working branch; none when the head is one of ours.</summary>
    private async Task<IReadOnlyList<GitCommitFacts>> ForeignAsync(
        int projectId, TargetContext target, GitRepository repository, GitRemote fork, CommitToPush commit, string present, GitIdentity identity,
        CancellationToken cancellationToken)
    {
        await using (var database = databases.Create())
        {
            var known = await database.PushedBranches.AsNoTracking().SingleOrDefaultAsync(
                row => row.ProjectId == projectId && row.Branch == target.WorkingBranch, cancellationToken);
            if (known is not null && (known.Sha == present || known.IntendedSha == present))
            {
                return [];
            }
        }

        return await ForeignCommits.FindAsync(
            repository, fork, addresses.Main(target.Package), target.WorkingBranch, commit.Parent, present, identity.Email, cancellationToken);
    }

    private async Task RememberAsync(int projectId, string branch, CommitToPush commit, bool pushed, CancellationToken cancellationToken)
    {
        await using var database = databases.Create();
        var row = await database.GetOrCreateAsync(
            known => known.ProjectId == projectId && known.Branch == branch,
            () => new PushedBranch
            {
                ProjectId = projectId, Branch = branch, IntendedSha = commit.Sha, Version = commit.Version, RepositoryId = commit.RepositoryId,
                PushedAt = time.GetUtcNow(),
            },
            cancellationToken);
        (row.IntendedSha, row.Version, row.RepositoryId, row.PushedAt) = (commit.Sha, commit.Version, commit.RepositoryId, time.GetUtcNow());
        row.Sha = pushed ? commit.Sha : row.Sha;
        await database.SaveChangesAsync(cancellationToken);
    }
}

/// <summary>The one commit of a working branch.</summary>
/// <param name="Sha">Full name.</param>
/// <param name="Parent">The head of the dist-git branch that it stands on.</param>
/// <param name="Version">The version that it proposes.</param>
/// <param name="RepositoryId">GitHub's id of the upstream repository; null where agreements do not count.</param>
public sealed record CommitToPush(string Sha, string Parent, string Version, long? RepositoryId = null);

/// <summary>How the working branch stands now.</summary>
public abstract record PushStepResult
{
    private PushStepResult()
    {
    }

    /// <summary>It stands at our commit.</summary>
    /// <param name="BranchWasThere">Whether the branch existed before, so that a pull request may exist, too.</param>
    /// <param name="Pushed">Whether this call moved it.</param>
    public sealed record Stands(bool BranchWasThere, bool Pushed) : PushStepResult;

    /// <summary>It holds commits of others and was left alone.</summary>
    public sealed record Foreign(string Head, IReadOnlyList<GitCommitFacts> Commits) : PushStepResult;

    public sealed record Failed(Failure Failure) : PushStepResult;
}
