using System.Diagnostics;
using Packit.Automation.Failures;
using Packit.Automation.Reporting.Texts;
using Packit.Automation.Storage;
using Packit.Automation.Workspaces;
using Packit.DistGit;

namespace Packit.Automation.ProposeDownstream;

/// <summary>Brings the archives of a release to the lookaside cache: fetched once, uploaded once, given back before anything is pushed.</summary>
public sealed class ArchiveStep(ArchiveDownloader downloader, LookasideCache cache, IPackitDbFactory databases, TimeProvider time)
{
    /// <summary>Largest patch that is put into dist-git itself, in bytes.</summary>
    private const int PatchCap = 4 * 1024 * 1024;

    /// <summary>Fetches what the plan names and uploads it.</summary>
    /// <param name="target">The branch.</param>
    /// <param name="workspace">What the branches of the release share.</param>
    /// <param name="plan">What is needed.</param>
    /// <param name="mayUpload">False when nobody on the package's side has agreed: then nothing is written to the cache.</param>
    /// <param name="log">Where it is told.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task<ArchivesResult> RunAsync(
        TargetContext target, ReleaseWorkspace workspace, SourcePlan plan, bool mayUpload, TargetLog log, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(log);
        List<SourceEntry> entries = [];
        foreach (var archive in plan.Archives)
        {
            switch (archive)
            {
                case PlannedArchive.Keep keep:
                    entries.Add(keep.Entry);
                    break;
                case PlannedArchive.Fetch { Known: { } known } fetch
                    when await cache.ExistsAsync(target.Package, known, cancellationToken):
                    log.Info($"{fetch.FileName} is in the lookaside cache and in 'sources' already.");
                    entries.Add(known);
                    break;
                case PlannedArchive.Fetch fetch:
                    switch (await FetchAsync(target, workspace, fetch, mayUpload, log, cancellationToken))
                    {
                        case (SourceEntry entry, _):
                            entries.Add(entry);
                            break;
                        case (_, ArchivesResult.Failed failed):
                            return failed;
                    }

                    break;
            }
        }

        return await PatchesAsync(workspace, plan, entries, log, cancellationToken);
    }

    private async Task<(SourceEntry? Entry, ArchivesResult.Failed? Failed)> FetchAsync(
        TargetContext target, ReleaseWorkspace workspace, PlannedArchive.Fetch archive, bool mayUpload, TargetLog log, CancellationToken cancellationToken)
    {
        log.Info($"Fetching {archive.Url}");
        var download = await workspace.ArchiveAsync(archive.Url, archive.FileName, (path, token) => downloader.FetchAsync(archive.Url, path, token), cancellationToken);
        if (Failed(download) is { } failed)
        {
            return (null, failed);
        }

        var fetched = (ArchiveDownload.Fetched)download;
        var first = await RememberAsync(target.Release.Id, archive, fetched, cancellationToken);
        if (first.Sha512 != fetched.Sha512)
        {
            return (null, new ArchivesResult.Failed(Failure.Rejected(
                FailureCodes.ArchiveChanged, ProposeDownstreamTexts.ArchiveChanged(archive.Url.AbsoluteUri, first.Sha512, fetched.Sha512))));
        }

        if (target.Settings.UploadSources && mayUpload)
        {
            log.Info($"Bringing {archive.FileName} ({fetched.Size} bytes) to the lookaside cache");
            var stands = await workspace.UploadAsync(
                $"{archive.FileName}/{fetched.Sha512}", token => UploadAsync(target.Package, archive.FileName, fetched, token), cancellationToken);
            if (!stands)
            {
                return (null, new ArchivesResult.Failed(
                    Failure.Transient(FailureCodes.ArchiveNotVerified, ProposeDownstreamTexts.NotVerified(archive.FileName))));
            }
        }

        return (SourceEntry.Sha512(archive.FileName, fetched.Sha512), null);
    }

    /// <summary>Asks, uploads what is missing, and asks again: no pull request names an archive that is not there.</summary>
    private async Task<bool> UploadAsync(string package, string fileName, ArchiveDownload.Fetched archive, CancellationToken cancellationToken)
    {
        if (!await cache.CheckAsync(package, fileName, archive.Sha512, cancellationToken))
        {
            await cache.UploadAsync(package, archive.Path, archive.Sha512, cancellationToken);
        }

        return await cache.ExistsAsync(package, SourceEntry.Sha512(fileName, archive.Sha512), cancellationToken);
    }

    private Task<ReleaseArchive> RememberAsync(
        int releaseId, PlannedArchive.Fetch archive, ArchiveDownload.Fetched fetched, CancellationToken cancellationToken)
    {
        var url = archive.Url.AbsoluteUri;
        return databases.GetOrCreateAsync(
            row => row.ReleaseId == releaseId && row.Url == url,
            () => new ReleaseArchive
            {
                ReleaseId = releaseId, Url = url, FileName = archive.FileName, Sha512 = fetched.Sha512, Size = fetched.Size, FetchedAt = time.GetUtcNow(),
            },
            cancellationToken);
    }

    private async Task<ArchivesResult> PatchesAsync(
        ReleaseWorkspace workspace, SourcePlan plan, List<SourceEntry> entries, TargetLog log, CancellationToken cancellationToken)
    {
        List<TreeChange> patches = [];
        foreach (var patch in plan.Patches)
        {
            log.Info($"Fetching {patch.Url}");
            var download = await workspace.ArchiveAsync(patch.Url, patch.FileName, (path, token) => downloader.FetchAsync(patch.Url, path, token), cancellationToken);
            if (Failed(download) is { } failed)
            {
                return failed;
            }

            var fetched = (ArchiveDownload.Fetched)download;
            if (fetched.Size > PatchCap)
            {
                return new ArchivesResult.Failed(Failure.UserFixable(
                    FailureCodes.ArchiveRefused,
                    ProposeDownstreamTexts.ArchiveRefused(patch.Url.AbsoluteUri, $"a patch of {fetched.Size} bytes is too large for dist-git")));
            }

            patches.Add(new TreeChange.Put(patch.FileName, await File.ReadAllBytesAsync(fetched.Path, cancellationToken)));
        }

        return new ArchivesResult.Ready(entries, patches);
    }

    private static ArchivesResult.Failed? Failed(ArchiveDownload download) => download switch
    {
        ArchiveDownload.Fetched => null,
        ArchiveDownload.NotThere notThere => new(Failure.Transient(FailureCodes.ArchiveNotThere, notThere.Text), notThere.RetryAfter),
        ArchiveDownload.Refused refused => new(Failure.UserFixable(FailureCodes.ArchiveRefused, refused.Text)),
        _ => throw new UnreachableException(),
    };
}

/// <summary>What came of bringing the archives.</summary>
public abstract record ArchivesResult
{
    private ArchivesResult()
    {
    }

    /// <summary>All of them stand in the cache.</summary>
    /// <param name="Entries">The lines of the new <c>sources</c>.</param>
    /// <param name="Patches">Patches to put into dist-git.</param>
    public sealed record Ready(IReadOnlyList<SourceEntry> Entries, IReadOnlyList<TreeChange> Patches) : ArchivesResult;

    /// <summary>They do not.</summary>
    /// <param name="Failure">Why.</param>
    /// <param name="Asked">A pause that the host asked for.</param>
    public sealed record Failed(Failure Failure, TimeSpan? Asked = null) : ArchivesResult;
}
