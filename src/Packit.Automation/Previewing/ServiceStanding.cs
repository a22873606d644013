using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Packit.Automation.Access;
using Packit.Automation.Agreements;
using Packit.Automation.Events;
using Packit.Automation.Reporting.Texts;
using Packit.Automation.Settings;
using Packit.Automation.Storage;

namespace Packit.Automation.Previewing;

/// <summary>What the running service has decided about a project, and what packagers have said.</summary>
internal sealed class ServiceStanding(
    Allowlist allowlist, PackageAgreements agreements, UpstreamIdentities identities, IPackitDbFactory databases, IOptions<ServiceOptions> service) : IPreviewStanding
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

    public async Task<PreviewAgreement> AgreementAsync(UpstreamRepository? repository, string package, CancellationToken cancellationToken)
    {
        if (repository is null)
        {
            return new PreviewAgreement(new PreviewFinding(PreviewSign.Unknown, PreviewTexts.OnlyTheServiceKnows), null);
        }

        if (!agreements.AreNeeded)
        {
            return new PreviewAgreement(new PreviewFinding(PreviewSign.Good, PreviewTexts.NobodyIsAsked), null);
        }

        var identity = await identities.OfAsync(repository, cancellationToken);
        await using var database = databases.Create();
        var projectId = await database.Projects.Where(row => row.ProjectUrl == repository.WebUrl).Select(row => row.Id).SingleAsync(cancellationToken);
        if (await agreements.GivenAsync(package, projectId, identity, kind: null, cancellationToken) is { } given)
        {
            return new PreviewAgreement(new PreviewFinding(PreviewSign.Good, AgreementTexts.Agreed(given), given.Evidence), null);
        }

        if (await agreements.IsNamedAsync(package, repository.WebUrl, branch: null, cancellationToken))
        {
            return new PreviewAgreement(new PreviewFinding(PreviewSign.Good, PreviewTexts.NamedInDistGit(package)), null);
        }

        var (repositoryId, ownerId) = identity;
        var ask = await database.AgreementAsks.AsNoTracking().Include(row => row.PullRequest)
            .SingleOrDefaultAsync(row => row.Package == package && row.ProjectId == projectId && row.RepositoryId == repositoryId && row.OwnerId == ownerId, cancellationToken);
        var asking = ask is not null && AgreementAsks.Stands(ask) ? ask : null;
        return new PreviewAgreement(
            new PreviewFinding(
                PreviewSign.Bad, AgreementTexts.NotAgreed(repository, package, service.Value.CommandPrefix), asking?.PullRequest?.Url),
            asking?.Branch);
    }

    public Task<bool> IsAgreedForAsync(UpstreamRepository? repository, string package, BranchHead branch, CancellationToken cancellationToken) =>
        repository is null ? Task.FromResult(false) : agreements.IsNamedAsync(package, repository.WebUrl, branch, cancellationToken);
}
