using Packit.Automation.Agreements;
using Packit.Automation.Events;
using Packit.Automation.Reporting.Texts;

namespace Packit.Automation.Previewing;

/// <summary>What only the running service knows of a project: whether it works for it, and whether it may propose to a package. It is read only.</summary>
public interface IPreviewStanding
{
    /// <summary>Whether the service works for a project.</summary>
    Task<PreviewFinding> ApprovalAsync(UpstreamRepository? repository, CancellationToken cancellationToken);

    /// <summary>Whether the packagers of a package agree that a project proposes to it.</summary>
    Task<PreviewAgreement> AgreementAsync(UpstreamRepository? repository, string package, CancellationToken cancellationToken);

    /// <summary>Whether the configuration of one branch names the project, where the package as a whole does not.</summary>
    Task<bool> IsAgreedForAsync(UpstreamRepository? repository, string package, BranchHead branch, CancellationToken cancellationToken);
}

/// <summary>Whether packagers agree.</summary>
/// <param name="Finding">What is known.</param>
/// <param name="AskingBranch">The branch whose pull request asks them already; null when none does.</param>
public sealed record PreviewAgreement(PreviewFinding Finding, string? AskingBranch);

/// <summary>Nothing is known: the command line works without the service's database.</summary>
internal sealed class NoStanding : IPreviewStanding
{
    private static readonly PreviewFinding Unknown = new(PreviewSign.Unknown, PreviewTexts.OnlyTheServiceKnows);

    public Task<PreviewFinding> ApprovalAsync(UpstreamRepository? repository, CancellationToken cancellationToken) => Task.FromResult(Unknown);

    public Task<PreviewAgreement> AgreementAsync(UpstreamRepository? repository, string package, CancellationToken cancellationToken) =>
        Task.FromResult(new PreviewAgreement(Unknown, null));

    public Task<bool> IsAgreedForAsync(UpstreamRepository? repository, string package, BranchHead branch, CancellationToken cancellationToken) =>
        Task.FromResult(false);
}
