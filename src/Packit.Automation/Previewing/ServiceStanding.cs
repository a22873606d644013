using Packit.Automation.Access;
using Packit.Automation.Events;
using Packit.Automation.Reporting.Texts;

namespace Packit.Automation.Previewing;

/// <summary>What the running service has decided about a project.</summary>
internal sealed class ServiceStanding(Allowlist allowlist) : IPreviewStanding
{
    public async Task<PreviewFinding> ApprovalAsync(UpstreamRepository? repository, CancellationToken cancellationToken)
    {
        if (repository is null)
        {
            return new PreviewFinding(PreviewSign.Unknown, PreviewTexts.OnlyTheServiceKnows);
        }

        var decision = await allowlist.OfProjectAsync(repository.Host, repository.Name.Owner, repository.Name.Name, cancellationToken);
        return new PreviewFinding(decision is AccessDecision.Granted ? PreviewSign.Good : PreviewSign.Bad, decision.Reason);
    }

    public Task<PreviewFinding> AgreementAsync(UpstreamRepository? repository, string package, CancellationToken cancellationToken) =>
        Task.FromResult(PreviewFinding.NotLookedAt);
}
