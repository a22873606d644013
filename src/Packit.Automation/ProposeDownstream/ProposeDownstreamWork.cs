using System.Diagnostics;
using Microsoft.Extensions.Options;
using Packit.Automation.Agreements;
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

/// <summary>One attempt at a target: read, plan, see who agrees, bring the archives, commit, push, open the pull requests.</summary>
public sealed class ProposeDownstreamWork(
    BranchMaterial material,
    SpecQuestions questions,
    AgreementTurns turns,
    AgreementAsks asks,
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
        log.Info(TargetLogTexts.Release(target.Release.TagName, target.Upstream.Name.ToString(), target.Release.CommitHash));
        var read = await material.ReadAsync(target, forge, workspace, cancellationToken);
        if (read is MaterialResult.Refused missing)
        {
            return new TargetOutcome.Failed(missing.Failure);
        }

        var (head, input) = (MaterialResult.Read)read;
        log.Info(TargetLogTexts.BranchAt(target.Branch, target.Package, head));
        var repository = await workspace.RepositoryAsync(cancellationToken);
        return await questions.PlanAsync(input, repository, log, cancellationToken) switch
        {
            ProposeDownstreamPlan.Skip skip => new TargetOutcome.Skipped(skip.Reason),
            ProposeDownstreamPlan.Refuse refuse => new TargetOutcome.Failed(refuse.Failure),
            ProposeDownstreamPlan.Change change => await TakeTurnAsync(target, workspace, head, input, change, log, cancellationToken),
            _ => throw new UnreachableException(),
        };
    }

    /// <summary>Nothing was changed anywhere so far: whether it may be depends on whose package it is.</summary>
    private async Task<TargetOutcome> TakeTurnAsync(
        TargetContext target, ReleaseWorkspace workspace, string head, PlanInput input, ProposeDownstreamPlan.Change plan, TargetLog log,
        CancellationToken cancellationToken)
    {
        foreach (var note in plan.Notes)
        {
            log.Warning(note);
        }

        await rows.StorePlanAsync(target.Target.Id, plan.Version, plan.Describe(), cancellationToken);
        return await turns.TakeAsync(target, head, cancellationToken) switch
        {
            ProposalTurn.Go go => await CarryOutAsync(target, workspace, head, input, plan, go.Terms, log, cancellationToken),
            ProposalTurn.Wait wait => new TargetOutcome.Awaits(wait.Text, turns.DeadlineOf(target.Target), Asked: null),
            ProposalTurn.GiveUp late => new TargetOutcome.Skipped(late.Text, FailureCodes.AgreementMissing),
            ProposalTurn.Refuse refuse => new TargetOutcome.Failed(refuse.Failure),
            _ => throw new UnreachableException(),
        };
    }

    private async Task<TargetOutcome> CarryOutAsync(
        TargetContext target, ReleaseWorkspace workspace, string head, PlanInput input, ProposeDownstreamPlan.Change plan, ProposalTerms terms, TargetLog log,
        CancellationToken cancellationToken) =>
        await archives.RunAsync(target, workspace, plan.Sources, mayUpload: terms.IsAgreed, log, cancellationToken) switch
        {
            ArchivesResult.Failed failed => new TargetOutcome.Failed(failed.Failure, failed.Asked),
            ArchivesResult.Ready ready => await CommitAsync(target, workspace, head, input, plan, terms, ready, log, cancellationToken),
            _ => throw new UnreachableException(),
        };

    private async Task<TargetOutcome> CommitAsync(
        TargetContext target, ReleaseWorkspace workspace, string head, PlanInput input, ProposeDownstreamPlan.Change plan, ProposalTerms terms,
        ArchivesResult.Ready ready, TargetLog log, CancellationToken cancellationToken)
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

        return await ProposeAsync(
            target, workspace, new CommitToPush(sha, head, plan.Version, terms.RepositoryId), facts, terms, log, cancellationToken);
    }

    private async Task<TargetOutcome> ProposeAsync(
        TargetContext target, ReleaseWorkspace workspace, CommitToPush commit, UpstreamFacts facts, ProposalTerms terms, TargetLog log,
        CancellationToken cancellationToken)
    {
        var repository = await workspace.RepositoryAsync(cancellationToken);
        var projectId = await projects.IdOfAsync(target.Package, cancellationToken);
        var wanted = new WantedPullRequest(
            target.Package, projectId, target.Branch, target.WorkingBranch, PullRequestTexts.Title(target.Branch, commit.Version),
            PullRequestTexts.Body(facts, addresses.Facts(target.Package), target.WorkingBranch, dashboard.Target(target.Target.Id), terms.Paragraph),
            MayExist: true, IsNewContent: false, IsFastForward: false)
        {
            Paragraph = terms is { Before: { } before, Paragraph: { } after } ? (before, after) : null,
        };
        switch (await push.RunAsync(target, projectId, workspace, commit, Identity, cancellationToken))
        {
            case PushStepResult.Foreign foreign:
                return await RefuseForeignAsync(target, wanted, foreign, cancellationToken);
            case PushStepResult.Failed failed:
                return new TargetOutcome.Failed(failed.Failure);
            case PushStepResult.Stands stands:
                log.Info(stands.Pushed ? TargetLogTexts.Pushed(commit.Sha, target.WorkingBranch) : TargetLogTexts.StandsAlready(target.WorkingBranch, commit.Sha));
                wanted = wanted with { MayExist = stands.BranchWasThere, IsNewContent = stands.Pushed };
                break;
        }

        var main = await pullRequests.RunAsync(wanted, cancellationToken);
        log.Info($"Pull request {main.Url}");
        var more = terms.IsAgreed ? await fastForwards.RunAsync(target, repository, commit.Version, wanted, log, cancellationToken) : [];
        await rows.LinkAsync(target.Target.Id, [main.Id, .. more.Select(pull => pull.Id)], cancellationToken);
        var submitted = new TargetOutcome.Submitted(
            commit.Version, commit.Sha, await repository.DiffAsync(commit.Parent, commit.Sha, DiffCap, cancellationToken));
        if (terms.AskId is not { } askId)
        {
            return submitted;
        }

        await asks.StandsAsync(askId, main.Id, cancellationToken);
        var until = turns.DeadlineOf(target.Target);
        return new TargetOutcome.Awaits(AgreementTexts.Waits(target.Package, main.Url, until), until, submitted);
    }

    /// <summary>Says in the pull request, once for each head of the branch, why nothing was pushed.</summary>
    private async Task<TargetOutcome> RefuseForeignAsync(
        TargetContext target, WantedPullRequest wanted, PushStepResult.Foreign foreign, CancellationToken cancellationToken)
    {
        var commits = foreign.Commits.Select(commit => $"{commit.Sha[..8]} {MarkdownText.Inline(commit.Title)} ({MarkdownText.Inline(commit.Author.Name)})");
        var text = ProposeDownstreamTexts.ForeignCommits(target.WorkingBranch, commits);
        if (await pullRequests.FindOpenAsync(wanted, cancellationToken) is { } open)
        {
            var marker = ProposeDownstreamTexts.HeadMarker(foreign.Head);
            // Anybody can write the line; only what the service wrote itself has said it.
            if (!open.Comments.Any(comment => comment.User.Name == open.User.Name && comment.Comment.Contains(marker, StringComparison.Ordinal)))
            {
                var full = ProposeDownstreamTexts.NotProposedHere(target.Release.TagName, text, marker);
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
