using Packit.Automation.Agreements;
using Packit.Automation.Reporting.Texts;
using Packit.DistGit;

namespace Packit.Automation.Previewing;

/// <summary>Where packagers have not agreed: one branch would ask them, and the others would wait for the answer.</summary>
internal sealed class PreviewTurns(IPreviewStanding standing)
{
    /// <summary>The branches as they would go on.</summary>
    public async Task<IReadOnlyList<BranchPreview>> TakeAsync(
        PackageToPreview wanted, PreviewAgreement agreement, IReadOnlyList<BranchPreview> branches, FetchResult heads, PreviewClock clock)
    {
        var package = wanted.Settings.DownstreamPackageName;
        var asking = agreement.AskingBranch;
        List<BranchPreview> turns = [];
        foreach (var branch in branches)
        {
            if (branch.Outcome != PreviewOutcome.Propose || heads[new GitWant.Branch(branch.Branch)] is not { } head)
            {
                turns.Add(branch);
                continue;
            }

            var (isAgreed, unknown) = await clock.TryAsync(
                token => standing.IsAgreedForAsync(wanted.Source.Repository, package, new BranchHead(branch.Branch, head), token));
            if (unknown is not null)
            {
                turns.Add(branch with { Notes = [.. branch.Notes, PreviewTexts.BranchAgreementUnknown(unknown)] });
            }
            else if (isAgreed)
            {
                turns.Add(branch);
            }
            else if (asking is null || asking == branch.Branch)
            {
                asking = branch.Branch;
                turns.Add(branch with { Notes = [.. branch.Notes, PreviewTexts.Asks(package)] });
            }
            else
            {
                turns.Add(branch with { Outcome = PreviewOutcome.Waits, Reason = AgreementTexts.WaitsForAnswer(package, asking) });
            }
        }

        return turns;
    }
}
