using Microsoft.EntityFrameworkCore;
using Packit.Automation.Storage;

namespace Packit.Service.Dashboard.Reading;

/// <summary>Who agreed that a release's project proposes to its packages.</summary>
public sealed class AgreementQuery(IPackitDbFactory databases)
{
    /// <summary>The agreement of each package of a release: the one that holds, else the last that did.</summary>
    public async Task<IReadOnlyList<AgreementFacts>> OfReleaseAsync(int releaseId, CancellationToken cancellationToken)
    {
        await using var db = databases.Create();
        var all = await db.Agreements.AsNoTracking()
            .Where(row => db.Runs.Any(run => run.ProjectEvent.ReleaseId == releaseId && run.DownstreamPackage == row.Package
                && run.ProjectEvent.Release.ProjectId == row.ProjectId))
            .Select(row => new AgreementFacts(row.Package, row.Kind, row.GivenBy, row.Evidence, row.GivenAt, row.RevokedAt, row.RevokedBy, row.RevokedEvidence))
            .ToListAsync(cancellationToken);
        return
        [
            .. all.GroupBy(row => row.Package, StringComparer.Ordinal)
                .Select(group => group.OrderBy(row => row.RevokedAt is null ? 0 : 1).ThenBy(row => row.Kind == AgreementKind.Packager ? 0 : 1)
                    .ThenByDescending(row => row.GivenAt).First())
                .OrderBy(row => row.Package, StringComparer.Ordinal),
        ];
    }
}

/// <summary>Who agreed, when and where, and whether it still holds.</summary>
/// <param name="Package">Name of the dist-git repository.</param>
/// <param name="Kind">How it was said.</param>
/// <param name="GivenBy">Login of the packager; null when the package's configuration says it.</param>
/// <param name="Evidence">Page of the comment or of the file.</param>
/// <param name="GivenAt">Since when it is known.</param>
/// <param name="RevokedAt">When it was taken back; null while it holds.</param>
/// <param name="RevokedBy">Login of who took it back; null when the configuration does not say it any more.</param>
/// <param name="RevokedEvidence">Page of the comment that took it back.</param>
public sealed record AgreementFacts(
    string Package, AgreementKind Kind, string? GivenBy, string Evidence, DateTimeOffset GivenAt, DateTimeOffset? RevokedAt, string? RevokedBy,
    string? RevokedEvidence);
