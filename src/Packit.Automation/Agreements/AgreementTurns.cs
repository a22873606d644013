using System.Diagnostics;
using Microsoft.Extensions.Options;
using Packit.Automation.Failures;
using Packit.Automation.Matching;
using Packit.Automation.ProposeDownstream;
using Packit.Automation.Reporting.Texts;
using Packit.Automation.Settings;
using Packit.Automation.Storage;

namespace Packit.Automation.Agreements;

/// <summary>Decides before the first change what a branch may do: be proposed, ask for an agreement, or wait for one.</summary>
public sealed class AgreementTurns(
    PackageAgreements agreements,
    AgreementAsks asks,
    DecisionRows decisions,
    IOptions<AgreementOptions> options,
    IOptions<ServiceOptions> service,
    TimeProvider time)
{
    /// <summary>Decides.</summary>
    /// <param name="target">The branch; it has something to propose.</param>
    /// <param name="head">Its head in dist-git.</param>
    /// <param name="cancellationToken">Ends the work; repeating it takes no second place.</param>
    /// <exception cref="Http.RemoteException">A remote does not answer: that is neither yes nor no.</exception>
    public async Task<ProposalTurn> TakeAsync(TargetContext target, string head, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        var standing = await agreements.FindAsync(
            target.Package, target.Upstream, target.Release.ProjectId, new BranchHead(target.Branch, head), cancellationToken);
        switch (standing)
        {
            case AgreementStanding.NotNeeded:
                return new ProposalTurn.Go(ProposalTerms.Usual);
            case AgreementStanding.Agreed agreed:
                await NoteAsync(target, isAgreed: true, AgreementTexts.Agreed(agreed.Agreement), cancellationToken);
                return new ProposalTurn.Go(new ProposalTerms(
                    AskId: null, agreed.Identity.RepositoryId, AgreementTexts.AgreedParagraph(target.Upstream, agreed.Agreement), AskParagraph(target)));
            case AgreementStanding.Missing missing:
                await NoteAsync(
                    target, isAgreed: false, AgreementTexts.NotAgreed(target.Upstream, target.Package, service.Value.CommandPrefix), cancellationToken);
                return await WithoutAsync(target, missing.Identity, cancellationToken);
            default:
                throw new UnreachableException();
        }
    }

    /// <summary>Until when a branch waits.</summary>
    public DateTimeOffset DeadlineOf(SyncReleaseTarget target)
    {
        ArgumentNullException.ThrowIfNull(target);
        return target.SubmittedTime + options.Value.Patience;
    }

    private async Task<ProposalTurn> WithoutAsync(TargetContext target, UpstreamIdentity identity, CancellationToken cancellationToken)
    {
        var ask = await asks.OfAsync(target.Package, target.Release.ProjectId, cancellationToken);
        if (DeadlineOf(target.Target) <= time.GetUtcNow())
        {
            return new ProposalTurn.GiveUp(AgreementTexts.NobodyAgreed(
                target.Package, ask.PullRequest?.Url, options.Value.Patience, service.Value.CommandPrefix));
        }

        if (!await asks.TryTakeAsync(ask, target, identity, cancellationToken))
        {
            // Asked again: the place may have changed hands.
            return new ProposalTurn.Wait(TextOfWaiting(await asks.OfAsync(target.Package, target.Release.ProjectId, cancellationToken), target.Target));
        }

        return await asks.InTheWayAsync(target, identity.RepositoryId, cancellationToken) is { } other
            ? new ProposalTurn.Refuse(Failure.UserFixable(
                FailureCodes.AgreementBlocked, AgreementTexts.InTheWay(other, target.Branch, target.Package, target.Upstream, service.Value.CommandPrefix)))
            : new ProposalTurn.Go(new ProposalTerms(ask.Id, identity.RepositoryId, AskParagraph(target), Before: null));
    }

    /// <summary>What a branch says that waits.</summary>
    public string TextOfWaiting(AgreementAsk ask, SyncReleaseTarget target)
    {
        ArgumentNullException.ThrowIfNull(ask);
        return AgreementTexts.Waits(ask.Package, AgreementAsks.Stands(ask) ? ask.PullRequest!.Url : null, DeadlineOf(target));
    }

    private string AskParagraph(TargetContext target) => AgreementTexts.AskParagraph(target.Upstream, target.Package, service.Value.CommandPrefix);

    private Task NoteAsync(TargetContext target, bool isAgreed, string reason, CancellationToken cancellationToken) => decisions.StoreAsync(
        target.Run.DeliveryId, DecisionSteps.Agreement(target.Run.ViewIndex, isAgreed),
        [new Decision("agreement", target.Package, isAgreed, reason) { Ground = DecisionGround.Permission }], cancellationToken);
}
