using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Packit.Automation.Engine;
using Packit.Automation.Storage;
using Packit.GitHub;

namespace Packit.Automation.Reporting;

/// <summary>Sends checks of releases again that the forge has not confirmed. Other checks are sent again with the delivery that they belong to.</summary>
public sealed class CheckResendJob(IPackitDbFactory databases, CheckReporter checks, GitHubClient github, TimeProvider time) : IJobHandler
{
    private const string KindName = "check-resend";

    /// <summary>How long the first sending is given.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(45);

    /// <summary>A check that nobody could show for this long is given up; its target's page tells the same.</summary>
    private static readonly TimeSpan GiveUp = TimeSpan.FromDays(1);

    public string Kind => KindName;

    /// <summary>The work of sending a check at a time for which the forge has asked.</summary>
    internal static QueuedJob At(int checkId, DateTimeOffset due) =>
        Job(checkId, string.Create(CultureInfo.InvariantCulture, $"{KindName}/{checkId}/{due.ToUnixTimeMilliseconds()}"), due);

    public async Task RunAsync(int rowId, CancellationToken cancellationToken)
    {
        await using var database = databases.Create();
        var place = await database.Checks.AsNoTracking().Where(check => check.Id == rowId)
            .Join(database.Releases, check => new { check.ProjectId, Sha = check.HeadSha }, release => new { release.ProjectId, Sha = release.CommitHash },
                (check, release) => new { release.Project, release.InstallationId })
            .FirstOrDefaultAsync(cancellationToken);
        if (place is not null)
        {
            await checks.ResendAsync(github.Repository(place.Project.GitHubName, place.InstallationId).InBackground(), rowId, cancellationToken);
        }
    }

    public async Task<IReadOnlyList<QueuedJob>> FindOrphansAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        DateTimeOffset newest = now - Patience, oldest = now - GiveUp;
        await using var database = databases.Create();
        var stale = await database.Checks
            .Where(check => (check.Shown == null || check.Shown != check.Wanted) && check.WantedAt < newest && check.WantedAt > oldest)
            .Where(check => database.Releases.Any(release => release.ProjectId == check.ProjectId && release.CommitHash == check.HeadSha))
            .Select(check => check.Id).ToListAsync(cancellationToken);
        return [.. stale.Select(id => Job(id, string.Create(CultureInfo.InvariantCulture, $"{KindName}/{id}"), notBefore: null))];
    }

    private static QueuedJob Job(int checkId, string name, DateTimeOffset? notBefore) =>
        new(KindName, checkId, name, string.Create(CultureInfo.InvariantCulture, $"check@{checkId}"), notBefore);
}
