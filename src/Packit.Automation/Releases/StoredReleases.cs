using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Packit.Automation.Storage;
using Packit.PackageConfig;

namespace Packit.Automation.Releases;

/// <summary>The list of releases as it lies in the database, for every role of the service.</summary>
public static class StoredReleases
{
    private const int TheOnlyRow = 1;

    /// <summary>What aliases mean by the stored list; by the one that ships with the product when none was stored yet.</summary>
    public static async Task<DatedAliases> AliasesAsync(PackitDb database, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(database);
        var stored = await database.ReleaseLists.AsNoTracking().SingleOrDefaultAsync(row => row.Id == TheOnlyRow, cancellationToken);
        return stored is null ? new DatedAliases(BranchAliases.BuiltIn, null) : new DatedAliases(Read(stored), stored.FetchedAt);
    }

    internal static Task<ReleaseListSnapshot?> FindAsync(PackitDb database, CancellationToken cancellationToken) =>
        database.ReleaseLists.SingleOrDefaultAsync(row => row.Id == TheOnlyRow, cancellationToken);

    internal static BranchAliases Read(ReleaseListSnapshot stored) =>
        BranchAliases.From(JsonSerializer.Deserialize(stored.ReleasesJson, ReleasesJson.Default.DistributionReleaseArray) ?? []);

    internal static string Write(DistributionRelease[] releases) => JsonSerializer.Serialize(releases, ReleasesJson.Default.DistributionReleaseArray);

    internal static ReleaseListSnapshot Row(string json, DateTimeOffset fetchedAt) =>
        new() { Id = TheOnlyRow, ReleasesJson = json, FetchedAt = fetchedAt };
}

/// <summary>What aliases mean, and since when that is known.</summary>
/// <param name="Aliases">The aliases.</param>
/// <param name="FetchedAt">When Bodhi gave the list; null for the one that ships with the product.</param>
public sealed record DatedAliases(BranchAliases Aliases, DateTimeOffset? FetchedAt);

[JsonSerializable(typeof(DistributionRelease[]))]
internal sealed partial class ReleasesJson : JsonSerializerContext;
