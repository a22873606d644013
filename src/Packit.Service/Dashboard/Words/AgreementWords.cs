using Packit.Automation.Storage;
using Packit.Service.Dashboard.Reading;

namespace Packit.Service.Dashboard.Words;

/// <summary>How pages speak of agreements between packages and projects.</summary>
public static class AgreementWords
{
    /// <summary>Who said it; the day follows.</summary>
    public static string Given(AgreementFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        return facts.Kind switch
        {
            AgreementKind.Packager => $"agreed by {facts.GivenBy ?? "a packager"}",
            AgreementKind.DistGitConfig => "named by the package's configuration",
        };
    }

    /// <summary>Who took it back; the day follows.</summary>
    public static string Revoked(AgreementFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        return facts.RevokedBy is { } who ? $"taken back by {who}" : "not named any more";
    }
}
