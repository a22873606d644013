using System.Diagnostics;
using Microsoft.Extensions.Options;
using Packit.Automation.Downstream;
using Packit.Automation.Failures;
using Packit.Automation.Reporting.Texts;
using Packit.Automation.Settings;
using Packit.Automation.Storage;
using Packit.Automation.Workspaces;
using Packit.DistGit;
using Packit.GitHub;
using Packit.Pagure;

namespace Packit.Automation.ProposeDownstream;

/// <summary>One attempt at a target: read, plan, bring the archives, commit, push, open the pull requests.</summary>
public sealed class ProposeDownstreamWork(
    BranchMaterial material,
    SpecQuestions questions,
    ArchiveStep archives,
    PushStep push,
    PullRequestStep pullRequests,
    FastForwardStep fastForwards,
    TargetRows rows,
    PagureClient pagure,
    DistGitAddresses addresses,
    DashboardAddresses dashboard,
    DistGitProjects projects,
    IOptions<DistGitOptions> options)
{
    /// <summary>Longest diff that is kept for the page, in bytes.</summary>
    private const int DiffCap = 256 * 1024;

    private GitIdentity Identity => new(options.Value.CommitterName, options.Value.CommitterEmail);

    /// <summary>Makes the attempt.</summary>
    /// <exception cref="Http.RemoteException">A remote failed; the caller says what it means.</exception>
    public async Task<TargetOutcome> RunAsync(
        TargetContext target, GitHubRepository forge, ReleaseWorkspace workspace, TargetLog log, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(workspace);
        ArgumentNullException.ThrowIfNull(log);
        log.Info($"Release {target.Release.TagName} of {target.Upstream.Name} at commit {target.Release.CommitHash}");
        var read = await material.ReadAsync(target, forge, workspace, cancellationToken);
        if (read is MaterialResult.Refused missing)
        {
            return new TargetOutcome.Failed(missing.Failure);
        }

        var (head, input) = (MaterialResult.Read)read;
        log.Info($"Branch {target.Branch} of {target.Package} stands at {head}");
        var repository = await workspace.RepositoryAsync(cancellationToken);
        return await questions.PlanAsync(input, repository, log, cancellationToken) switch
        {
            ProposeDownstreamPlan.Skip skip => new TargetOutcome.Skipped(skip.Reason),
            ProposeDownstreamPlan.Refuse refuse => new TargetOutcome.Failed(refuse.Failure),
            ProposeDownstreamPlan.Change change => await CarryOutAsync(target, workspace, head, input, change, log, cancellationToken),
            _ => throw new UnreachableException(),
        };
    }

    private async Task<TargetOutcome> CarryOutAsync(
        TargetContext target, ReleaseWorkspace workspace, string head, PlanInput input, ProposeDownstreamPlan.Change plan, TargetLog log,
        CancellationToken cancellationToken)
    {
        foreach (var note in plan.Notes)
        {
            log.Warning(note);
        }

        await rows.StorePlanAsync(target.Target.Id, plan.Version, plan.Describe(), cancellationToken);
        return await archives.RunAsync(target, workspace, plan.Sources, log, cancellationToken) switch
        {
            ArchivesResult.Failed failed => new TargetOutcome.Failed(failed.Failure, failed.Asked),
            ArchivesResult.Ready ready => await CommitAsync(target, workspace, head, input, plan, ready, log, cancellationToken),
            _ => throw new UnreachableException(),
        };
    }

    private async Task<TargetOutcome> CommitAsync(
        TargetContext target, ReleaseWorkspace workspace, string head, PlanInput input, ProposeDownstreamPlan.Change plan, ArchivesResult.Ready ready,
        TargetLog log, CancellationToken cancellationToken)
    {
        var repository = await workspace.RepositoryAsync(cancellationToken);
        var facts = Facts(target, input.Bugs);
        var sha = await repository.WriteCommitAsync(
            new CommitDraft
            {
                Parent = head,
                Message = PullRequestTexts.CommitMessage(facts, plan.Version),
                Author = Identity,
                Date = target.Release.SeenAt,
                Changes = [.. plan.Changes, .. ready.Patches, .. SourcesChange.Make(input, ready.Entries)],
            },
            cancellationToken);
        if (sha == head)
        {
            return new TargetOutcome.Skipped(ProposeDownstreamTexts.NothingToDo(target.Branch, plan.Version));
        }

        return await ProposeAsync(target, workspace, new CommitToPush(sha, head, plan.Version), facts, log, cancellationToken);
    }

    private async Task<TargetOutcome> ProposeAsync(
        TargetContext target, ReleaseWorkspace workspace, CommitToPush commit, UpstreamFacts facts, TargetLog log, CancellationToken cancellationToken)
    {
        var repository = await workspace.RepositoryAsync(cancellationToken);
        var projectId = await projects.IdOfAsync(target.Package, cancellationToken);
        var wanted = new WantedPullRequest(
            target.Package, projectId, target.Branch, target.WorkingBranch, PullRequestTexts.Title(target.Branch, commit.Version),
            PullRequestTexts.Body(facts, addresses.Facts(target.Package), target.WorkingBranch, dashboard.Target(target.Target.Id)),
            MayExist: true, IsNewContent: false, IsFastForward: false);
        switch (await push.RunAsync(target, projectId, workspace, commit, Identity, cancellationToken))
        {
            case PushStepResult.Foreign foreign:
                return await RefuseForeignAsync(target, wanted, foreign, cancellationToken);
            case PushStepResult.Failed failed:
                return new TargetOutcome.Failed(failed.Failure);
            case PushStepResult.Stands stands:
                log.Info(stands.Pushed ? $"Pushed {commit.Sha} to {target.WorkingBranch}" : $"{target.WorkingBranch} stands at {commit.Sha} already");
                wanted = wanted with { MayExist = stands.BranchWasThere, IsNewContent = stands.Pushed };
                break;
        }

        var main = await pullRequests.RunAsync(wanted, cancellationToken);
        log.Info($"Pull request {main.Url}");
        var more = await fastForwards.RunAsync(target, repository, commit.Version, wanted, log, cancellationToken);
        await rows.LinkAsync(target.Target.Id, [main.Id, .. more.Select(pull => pull.Id)], cancellationToken);
        var diff = await repository.DiffAsync(commit.Parent, commit.Sha, DiffCap, cancellationToken);
        return new TargetOutcome.Submitted(commit.Version, commit.Sha, diff);
    }

    /// <summary>Says in the pull request, once for each head of the branch, why nothing was pushed.</summary>
    private async Task<TargetOutcome> RefuseForeignAsync(
        TargetContext target, WantedPullRequest wanted, PushStepResult.Foreign foreign, CancellationToken cancellationToken)
    {
        var commits = foreign.Commits.Select(commit => $"{commit.Sha[..8]} {MarkdownText.Inline(commit.Title)} ({MarkdownText.Inline(commit.Author.Name)})");
        var text = ProposeDownstreamTexts.ForeignCommits(target.WorkingBranch, commits);
        if (await pullRequests.FindOpenAsync(wanted, cancellationToken) is { } open)
        {
            var marker = $"Head of the branch: {foreign.Head}";
            if (!open.Comments.Any(comment => comment.Comment.Contains(marker, StringComparison.Ordinal)))
            {
                var full = $"Release {MarkdownText.Inline(target.Release.TagName)} was not proposed here.\n\n{text}\n\n{marker}";
                await pagure.CommentAsync(addresses.Project(target.Package), open.Id, full, cancellationToken);
            }
        }

        return new TargetOutcome.Failed(Failure.UserFixable(FailureCodes.ForeignCommits, text));
    }

    private static UpstreamFacts Facts(TargetContext target, IReadOnlyList<string> bugs) => new(
        target.Release.TagName,
        UpstreamAddresses.TagUrl(target.Upstream, target.Release.TagName),
        target.Release.CommitHash,
        UpstreamAddresses.CommitUrl(target.Upstream, target.Release.CommitHash),
        bugs);
}
