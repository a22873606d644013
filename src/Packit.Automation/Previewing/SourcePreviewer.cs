using System.Diagnostics;
using Packit.Automation.ProposeDownstream;
using Packit.Automation.Reporting.Texts;
using Packit.DistGit;
using Packit.Http;

namespace Packit.Automation.Previewing;

/// <summary>Looks at the archives and patches of a plan: whether they are at their address or in the lookaside cache, and how large they are.</summary>
internal sealed class SourcePreviewer(ArchiveProbe probe, LookasideReader lookaside)
{
    /// <summary>Addresses that are looked at for one branch: they are chosen by the package.</summary>
    private const int AddressesAtMost = 25;

    /// <summary>Looks at all of them, the first ones at their addresses.</summary>
    public async Task<IReadOnlyList<PreviewedSource>> LookAsync(BranchToPreview wanted, PlanInput input, SourcePlan plan, CancellationToken cancellationToken)
    {
        List<PreviewedSource> seen = [];
        foreach (var archive in plan.Archives)
        {
            seen.Add(archive switch
            {
                PlannedArchive.Keep keep => await KeptAsync(wanted.Package, keep.Entry, cancellationToken),
                PlannedArchive.Fetch fetch => await FetchedAsync(wanted, input, fetch, seen.Count, cancellationToken),
                _ => throw new UnreachableException(),
            });
        }

        foreach (var patch in plan.Patches)
        {
            seen.Add(await AtAddressAsync(wanted, patch.FileName, patch.Url, seen.Count, cancellationToken) with { IsPatch = true });
        }

        return seen;
    }

    private async Task<PreviewedSource> KeptAsync(string package, SourceEntry entry, CancellationToken cancellationToken)
    {
        var (isThere, why) = await InLookasideAsync(package, entry, cancellationToken);
        return new PreviewedSource(entry.FileName, null, isThere switch
        {
            true => PreviewSourceState.There,
            false => PreviewSourceState.Missing,
            null => PreviewSourceState.Unknown,
        })
        {
            InSources = true, InLookaside = isThere, Reason = why,
        };
    }

    private async Task<PreviewedSource> FetchedAsync(
        BranchToPreview wanted, PlanInput input, PlannedArchive.Fetch fetch, int place, CancellationToken cancellationToken)
    {
        var (inLookaside, _) = fetch.Known is { } known ? await InLookasideAsync(wanted.Package, known, cancellationToken) : (null, null);
        if (inLookaside == true)
        {
            return new PreviewedSource(fetch.FileName, fetch.Url.AbsoluteUri, PreviewSourceState.There) { InSources = true, InLookaside = true };
        }

        return await AtAddressAsync(wanted, fetch.FileName, fetch.Url, place, cancellationToken) with
        {
            InSources = input.Sources.Find(fetch.FileName) is not null, InLookaside = inLookaside,
        };
    }

    private async Task<PreviewedSource> AtAddressAsync(BranchToPreview wanted, string file, Uri url, int place, CancellationToken cancellationToken)
    {
        if (place >= AddressesAtMost)
        {
            return new PreviewedSource(file, url.AbsoluteUri, PreviewSourceState.Unknown) { Reason = PreviewTexts.TooManySources(AddressesAtMost) };
        }

        if (!wanted.Shared.Archives.TryGetValue(url, out var sight))
        {
            sight = wanted.Shared.Archives[url] = await probe.LookAsync(url, cancellationToken);
        }

        return sight switch
        {
            ArchiveSight.There there => new PreviewedSource(file, url.AbsoluteUri, PreviewSourceState.There) { Size = there.Size },
            ArchiveSight.Missing when wanted.Shared.TagCommit is (null, null) => new PreviewedSource(file, url.AbsoluteUri, PreviewSourceState.NotYet),
            ArchiveSight.Missing => new PreviewedSource(file, url.AbsoluteUri, PreviewSourceState.Missing),
            ArchiveSight.Refused refused => new PreviewedSource(file, url.AbsoluteUri, PreviewSourceState.Refused) { Reason = refused.Reason },
            ArchiveSight.Unknown unknown => new PreviewedSource(file, url.AbsoluteUri, PreviewSourceState.Unknown) { Reason = unknown.Reason },
            _ => throw new UnreachableException(),
        };
    }

    private async Task<(bool? IsThere, string? Why)> InLookasideAsync(string package, SourceEntry entry, CancellationToken cancellationToken)
    {
        if (!LookasideName.IsValid(entry.FileName))
        {
            return (null, null);
        }

        try
        {
            return (await lookaside.ExistsAsync(package, entry, cancellationToken), null);
        }
        catch (RemoteException away)
        {
            return (null, away.Message);
        }
    }
}
