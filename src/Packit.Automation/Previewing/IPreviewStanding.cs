using Packit.Automation.Events;
using Packit.Automation.Reporting.Texts;

namespace Packit.Automation.Previewing;

/// <summary>What only the running service knows of a project: whether it works for it, and whose package is whose.</summary>
public interface IPreviewStanding
{
    /// <summary>Whether the service works for a project.</summary>
    Task<PreviewFinding> ApprovalAsync(UpstreamRepository? repository, CancellationToken cancellationToken);

    /// <summary>Whether the packagers of a package agree that a project proposes to it.</summary>
    Task<PreviewFinding> AgreementAsync(UpstreamRepository? repository, string package, CancellationToken cancellationToken);
}

/// <summary>Nothing is known: the command line works without the service's database.</summary>
internal sealed class NoStanding : IPreviewStanding
{
    public Task<PreviewFinding> ApprovalAsync(UpstreamRepository? repository, CancellationToken cancellationToken) =>
        Task.FromResult(new PreviewFinding(PreviewSign.Unknown, PreviewTexts.OnlyTheServiceKnows));

    public Task<PreviewFinding> AgreementAsync(UpstreamRepository? repository, string package, CancellationToken cancellationToken) =>
        Task.FromResult(new PreviewFinding(PreviewSign.Unknown, PreviewTexts.OnlyTheServiceKnows));
}
