using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Packit.Automation.Settings;
using Packit.Automation.Storage;
using Packit.Bodhi;
using Packit.Http;
using Packit.PackageConfig;

namespace Packit.Automation.Releases;

/// <summary>
/// The distribution's releases, and what branch aliases mean by them: from Bodhi, stored with their date; while Bodhi is
/// away the stored list, and before it has answered once the list that ships with the product.
/// </summary>
public sealed partial class DistributionReleases(
    BodhiClient bodhi, IPackitDbFactory databases, IOptions<BodhiOptions> options, TimeProvider time, ILogger<DistributionReleases> logger) : IDisposable
{
    /// <summary>How soon Bodhi is asked again that did not answer.</summary>
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromMinutes(5);

    private readonly SemaphoreSlim _refreshing = new(1, 1);
    private CurrentAliases? _current;

    /// <summary>The aliases of today, refreshed when they are old.</summary>
    public async Task<CurrentAliases> CurrentAsync(CancellationToken cancellationToken)
    {
        if (IsFresh(_current))
        {
            return _current!;
        }

        await _refreshing.WaitAsync(cancellationToken);
        try
        {
            return IsFresh(_current) ? _current! : _current = await RefreshAsync(cancellationToken);
        }
        finally
        {
            _refreshing.Release();
        }
    }

    public void Dispose() => _refreshing.Dispose();

    /// <summary>Bodhi's releases in the form that aliases are made of.</summary>
    internal static DistributionRelease[] Listed(IReadOnlyList<BodhiRelease> releases) => [.. releases.Select(release => new DistributionRelease(
        release.Name, release.LongName, release.Version, release.State.ToString().ToLowerInvariant(), release.Branch, release.IdPrefix))];

    private bool IsFresh(CurrentAliases? aliases)
    {
        if (aliases is null)
        {
            return false;
        }

        var pause = aliases.FetchedAt != aliases.AskedAt && AskAgainAfter < options.Value.RefreshAfter ? AskAgainAfter : options.Value.RefreshAfter;
        return time.GetUtcNow() - aliases.AskedAt < pause;
    }

    private async Task<CurrentAliases> RefreshAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var database = databases.Create();
        var stored = await StoredReleases.FindAsync(database, cancellationToken);
        if (stored is not null && now - stored.FetchedAt < options.Value.RefreshAfter)
        {
            return new CurrentAliases(StoredReleases.Read(stored), stored.FetchedAt, stored.FetchedAt);
        }

        try
        {
            var releases = await bodhi.ReleasesAsync(cancellationToken);
            var list = Listed(releases);
            var aliases = BranchAliases.From(list);
            if (aliases.All["fedora-all"].Count == 0)
            {
                // By such a list no release would reach any branch, and nobody would be told.
                LogNotBelieved(stored?.FetchedAt, list.Length);
                return Known(stored, now);
            }

            var json = StoredReleases.Write(list);
            if (stored is null)
            {
                database.ReleaseLists.Add(StoredReleases.Row(json, now));
            }
            else
            {
                (stored.ReleasesJson, stored.FetchedAt) = (json, now);
            }

            await SaveAsync(database, cancellationToken);
            return new CurrentAliases(aliases, now, now);
        }
        catch (RemoteException away)
        {
            LogBodhiAway(stored?.FetchedAt, away.Message);
            return Known(stored, now);
        }
    }

    // Two nodes may fetch the first list at the same moment; either list is as good.
    private static async Task SaveAsync(PackitDb database, CancellationToken cancellationToken)
    {
        try
        {
            await database.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException) when (!cancellationToken.IsCancellationRequested)
        {
            database.ChangeTracker.Clear();
        }
    }

    private static CurrentAliases Known(ReleaseListSnapshot? stored, DateTimeOffset now) =>
        stored is null ? new CurrentAliases(BranchAliases.BuiltIn, null, now) : new CurrentAliases(StoredReleases.Read(stored), stored.FetchedAt, now);

    [LoggerMessage(EventId = 4102, Level = LogLevel.Warning, Message = "Bodhi lists {Count} releases and no living Fedora among them; the list of {FetchedAt} is used")]
    private partial void LogNotBelieved(DateTimeOffset? fetchedAt, int count);

    [LoggerMessage(EventId = 4101, Level = LogLevel.Warning, Message = "Bodhi does not list its releases; the list of {FetchedAt} is used: {Reason}")]
    private partial void LogBodhiAway(DateTimeOffset? fetchedAt, string reason);
}

/// <summary>What aliases mean now.</summary>
/// <param name="Aliases">The aliases.</param>
/// <param name="FetchedAt">When Bodhi gave the list; null for the one that ships with the product.</param>
/// <param name="AskedAt">When Bodhi was asked last.</param>
public sealed record CurrentAliases(BranchAliases Aliases, DateTimeOffset? FetchedAt, DateTimeOffset AskedAt);
