using Packit.Automation.Storage;

namespace Packit.Automation.Agreements;

/// <summary>What the dist-git side says of an upstream project.</summary>
public abstract record AgreementStanding
{
    private AgreementStanding()
    {
    }

    /// <summary>This deployment asks nobody.</summary>
    public sealed record NotNeeded : AgreementStanding;

    /// <param name="Identity">Which repository it is.</param>
    /// <param name="Agreement">Who agreed, when and where.</param>
    public sealed record Agreed(UpstreamIdentity Identity, PackageAgreement Agreement) : AgreementStanding;

    /// <summary>Nobody has agreed, or does any more.</summary>
    /// <param name="Identity">Which repository it is.</param>
    public sealed record Missing(UpstreamIdentity Identity) : AgreementStanding;
}
