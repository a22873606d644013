using Packit.Automation.Releases;
using Packit.Http;
using Packit.PackageConfig;

namespace Packit.Automation.Previewing;

/// <summary>What branch aliases mean today.</summary>
public interface IAliasSource
{
    /// <summary>The aliases; <see cref="DatedAliases.FetchedAt"/> is null for those that ship with the product, because Bodhi is away.</summary>
    Task<DatedAliases> AliasesAsync(CancellationToken cancellationToken);
}

/// <summary>Asks Bodhi each time: for the command line.</summary>
internal sealed class BodhiAliases(FedoraReader fedora, TimeProvider time) : IAliasSource
{
    public async Task<DatedAliases> AliasesAsync(CancellationToken cancellationToken)
    {
        try
        {
            var aliases = BranchAliases.From(DistributionReleases.Listed(await fedora.ReleasesAsync(cancellationToken)));
            return aliases.All["fedora-all"].Count > 0 ? new DatedAliases(aliases, time.GetUtcNow()) : new DatedAliases(BranchAliases.BuiltIn, null);
        }
        catch (RemoteException)
        {
            return new DatedAliases(BranchAliases.BuiltIn, null);
        }
    }
}

/// <summary>What the running service knows.</summary>
internal sealed class ServiceAliases(DistributionReleases releases) : IAliasSource
{
    public async Task<DatedAliases> AliasesAsync(CancellationToken cancellationToken)
    {
        var current = await releases.CurrentAsync(cancellationToken);
        return new DatedAliases(current.Aliases, current.FetchedAt);
    }
}
