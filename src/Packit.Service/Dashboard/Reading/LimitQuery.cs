using Microsoft.EntityFrameworkCore;
using Packit.Automation.Access;
using Packit.Automation.Storage;

namespace Packit.Service.Dashboard.Reading;

/// <summary>How the installations stand with GitHub's limits, as the workers noted it last.</summary>
public sealed class LimitQuery(IPackitDbFactory databases, ShownProjects projects, TimeProvider time)
{
    private const int MaxRows = 200;

    /// <summary>What is older says nothing about today.</summary>
    private static readonly TimeSpan Noted = TimeSpan.FromDays(7);

    /// <summary>All installations that were worked for in the last days: first those whose work is delayed, then those with the least left.</summary>
    public async Task<LimitList> AllAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var since = now - Noted;
        await using var db = databases.Create();
        var rows = await db.RateStates.AsNoTracking().Where(row => row.NotedAt > since)
            .OrderByDescending(row => row.BlockedUntil > now).ThenBy(row => row.Remaining).ThenBy(row => row.InstallationId)
            .Take(MaxRows)
            .ToListAsync(cancellationToken);
        var accounts = await AccountsAsync(db, [.. rows.Select(row => row.InstallationId)], cancellationToken);
        return new LimitList([.. rows.Select(row => Facts(row, accounts.GetValueOrDefault(row.InstallationId), now))]);
    }

    /// <summary>How many installations have delayed work now, the App itself among them.</summary>
    public async Task<int> DelayedAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var db = databases.Create();
        return await db.RateStates.CountAsync(row => row.BlockedUntil > now && row.Cause != RateCause.Pace, cancellationToken);
    }

    /// <summary>What work on a release waits for at GitHub.</summary>
    /// <returns>Null when it does not.</returns>
    public async Task<DelayFacts?> OfReleaseAsync(int releaseId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var db = databases.Create();
        var row = await db.RateStates.AsNoTracking()
            .Where(row => row.BlockedUntil > now && db.Releases.Any(release => release.Id == releaseId && release.InstallationId == row.InstallationId))
            .OrderByDescending(row => row.BlockedUntil)
            .FirstOrDefaultAsync(cancellationToken);
        return row is null ? null : Delay(row, now);
    }

    // An installation that was never told of by name is known by its repositories that are shown.
    private async Task<Dictionary<long, string>> AccountsAsync(PackitDb db, IReadOnlyList<long> ids, CancellationToken cancellationToken)
    {
        var shown = projects.In(db);
        var accounts = await db.Releases.AsNoTracking()
            .Where(release => ids.Contains(release.InstallationId) && shown.Any(project => project.Id == release.ProjectId))
            .Select(release => new { release.InstallationId, release.Project.Namespace })
            .Distinct()
            .ToListAsync(cancellationToken);
        var named = await db.Installations.AsNoTracking()
            .Where(installation => ids.Contains(installation.InstallationId))
            .Select(installation => new { installation.InstallationId, Namespace = installation.AccountLogin })
            .ToListAsync(cancellationToken);
        return named.Concat(accounts).GroupBy(account => account.InstallationId).ToDictionary(group => group.Key, group => group.First().Namespace);
    }

    private static LimitFacts Facts(RateState row, string? account, DateTimeOffset now) => new(
        row.InstallationId, account, row.Limit, row.ResetsAt > now ? row.Remaining : row.Limit, row.ResetsAt > now ? row.ResetsAt : null, row.NotedAt, Delay(row, now));

    private static DelayFacts? Delay(RateState row, DateTimeOffset now) =>
        row is { BlockedUntil: { } until, Cause: { } cause } && until > now ? new DelayFacts(cause, row.DelayedSince ?? row.NotedAt, until) : null;
}

/// <summary>The installations.</summary>
public sealed record LimitList(IReadOnlyList<LimitFacts> Installations);

/// <summary>How one installation stands.</summary>
/// <param name="InstallationId">GitHub's id; 0 for the App itself.</param>
/// <param name="Account">The account; null when it is not known, or the App itself.</param>
/// <param name="Limit">Requests in an hour; 0 when GitHub has not said.</param>
/// <param name="Remaining">What is left of them.</param>
/// <param name="ResetsAt">When the count starts anew; null when it has already.</param>
/// <param name="NotedAt">When this was noted.</param>
/// <param name="Delay">What work waits for; null when it does not.</param>
public sealed record LimitFacts(
    long InstallationId, string? Account, int Limit, int Remaining, DateTimeOffset? ResetsAt, DateTimeOffset NotedAt, DelayFacts? Delay);

/// <summary>Work is delayed.</summary>
public sealed record DelayFacts(RateCause Cause, DateTimeOffset Since, DateTimeOffset Until);
