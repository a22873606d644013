using Packit.Automation.Failures;
using Packit.Automation.Reporting.Texts;
using Packit.DistGit;
using Packit.PackageConfig;
using Packit.Specfile;

namespace Packit.Automation.ProposeDownstream;

/// <summary>An archive that <c>sources</c> is to name.</summary>
public abstract record PlannedArchive(string FileName)
{
    /// <summary>To be fetched from upstream.</summary>
    /// <param name="FileName">Name in dist-git.</param>
    /// <param name="Url">Where it is.</param>
    /// <param name="Known">
    /// The entry of the present <c>sources</c> for the same name, when the name carries the version: the cache may have it already.
    /// A name without the version says nothing about the content, so it is always fetched anew.
    /// </param>
    public sealed record Fetch(string FileName, Uri Url, SourceEntry? Known) : PlannedArchive(FileName);

    /// <summary>Nobody can fetch it: it stays as the present <c>sources</c> has it.</summary>
    public sealed record Keep(string FileName, SourceEntry Entry) : PlannedArchive(FileName);
}

/// <summary>A patch whose location is a URL and whose file is not in dist-git yet.</summary>
public sealed record PlannedPatch(string FileName, Uri Url);

/// <summary>The archives and patches of the new spec.</summary>
public sealed record SourcePlan(IReadOnlyList<PlannedArchive> Archives, IReadOnlyList<PlannedPatch> Patches)
{
    /// <summary>Works out where each source of the new spec comes from.</summary>
    /// <param name="input">What was read.</param>
    /// <param name="spec">The new spec.</param>
    /// <param name="version">The proposed version.</param>
    /// <param name="changes">What the change does to files: a source that is a file of dist-git is no archive.</param>
    public static SourcePlanning Make(PlanInput input, SpecReading spec, string version, IReadOnlyList<TreeChange> changes)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(spec);
        var tracked = Tracked(input.DistGitTree, changes);
        var overrides = input.Settings.Sources.GroupBy(item => item.Path).ToDictionary(group => group.Key, group => group.First().Url);
        List<PlannedArchive> archives = [];
        List<string> notes = [];

        if (Stale(input, spec, version) is { } stale)
        {
            return new SourcePlanning.Refused(stale);
        }

        foreach (var source in spec.Sources.Where(source => source.IsValid))
        {
            switch (PlanOne(input, source, version, tracked, overrides, notes))
            {
                case { Failure: { } failure }:
                    return new SourcePlanning.Refused(failure);
                case { Archive: { } archive } when archives.TrueForAll(known => known.FileName != archive.FileName):
                    archives.Add(archive);
                    break;
            }
        }

        if (MixedHashes(archives) is { } mixed)
        {
            return new SourcePlanning.Refused(mixed);
        }

        List<PlannedPatch> patches = [];
        foreach (var patch in spec.Patches.Where(patch => patch is { IsValid: true, IsUrl: true, FileName: not null } && !tracked.Contains(patch.FileName)))
        {
            if (patch.Location is not SpecValue.Known location || !Uri.TryCreate(location.Text, UriKind.Absolute, out var url))
            {
                return new SourcePlanning.Refused(Unknown($"Patch{patch.Number}", patch));
            }

            if (!IsFileName(patch.FileName!))
            {
                return new SourcePlanning.Refused(Failure.UserFixable(
                    FailureCodes.SourceName, ProposeDownstreamTexts.SourceName($"Patch{patch.Number}", patch.FileName!)));
            }

            patches.Add(new PlannedPatch(patch.FileName!, url));
        }

        return new SourcePlanning.Planned(new SourcePlan(archives, patches), notes);
    }

    private static (PlannedArchive? Archive, Failure? Failure) PlanOne(
        PlanInput input, SpecSource source, string version, HashSet<string> tracked, Dictionary<string, string> overrides, List<string> notes)
    {
        var tag = $"Source{source.Number}";
        if (source.FileName is not { } file)
        {
            return (null, Unknown(tag, source));
        }

        if (tracked.Contains(file))
        {
            return (null, null);
        }

        if (!IsFileName(file))
        {
            return (null, Failure.UserFixable(FailureCodes.SourceName, ProposeDownstreamTexts.SourceName(tag, file)));
        }

        var known = input.Sources.Find(file);
        var configured = overrides.GetValueOrDefault(file);
        var location = configured ?? (source.IsUrl ? source.Location.TextOrNull : null);
        if (Uri.TryCreate(location, UriKind.Absolute, out var url) && url.Host.Length > 0)
        {
            return (new PlannedArchive.Fetch(file, url, known is { HashType: SourceEntry.Sha512Type } && ArchiveName.Carries(file, version) ? known : null), null);
        }

        if (configured is not null)
        {
            return (null, Failure.UserFixable(FailureCodes.SourceUnknown, ProposeDownstreamTexts.SourceAddress(file, configured)));
        }

        if (source.IsUrl)
        {
            return (null, Unknown(tag, source));
        }

        if (known is not null)
        {
            return (new PlannedArchive.Keep(file, known), null);
        }

        if (IsUpstreamArchive(input.Settings, source))
        {
            return (null, Failure.UserFixable(FailureCodes.SourceMissing, ProposeDownstreamTexts.LocalSourceMissing(file)));
        }

        notes.Add(TargetLogTexts.SourceNowhere(tag, file));
        return (null, null);
    }

    /// <summary>
    /// The upstream archive of a new version cannot be the old one: then its location is built from macros that the edit of the version
    /// did not reach, and the proposal would build old sources under a new version.
    /// </summary>
    private static Failure? Stale(PlanInput input, SpecReading spec, string version)
    {
        if (Gates.VersionIn(input.DistGitSpec, input.Macros, input.Rpm) is not { } present || present == version)
        {
            return null;
        }

        var archive = spec.Sources.FirstOrDefault(source => source is { IsValid: true, IsUrl: true } && IsUpstreamArchive(input.Settings, source));
        return archive?.FileName is { } file && ArchiveName.Carries(file, present) && !ArchiveName.Carries(file, version)
            ? Failure.UserFixable(FailureCodes.SourceStale, ProposeDownstreamTexts.SourceStale($"Source{archive.Number}", file, present, version))
            : null;
    }

    private static bool IsUpstreamArchive(PackageSettings settings, SpecSource source) =>
        string.Equals(settings.SpecSourceId, $"Source{source.Number}", StringComparison.OrdinalIgnoreCase);

    /// <summary>dist-git takes no <c>sources</c> with hashes of different types, and what is fetched gets a new one.</summary>
    private static Failure? MixedHashes(List<PlannedArchive> archives)
    {
        var old = archives.OfType<PlannedArchive.Keep>().FirstOrDefault(keep => keep.Entry.HashType != SourceEntry.Sha512Type);
        return old is null || archives.TrueForAll(archive => archive is PlannedArchive.Keep keep && keep.Entry.HashType == old.Entry.HashType)
            ? null
            : Failure.UserFixable(FailureCodes.SourceHashOld, ProposeDownstreamTexts.SourceHashOld(old.FileName, old.Entry.HashType));
    }

    // What 'sources' and git can name; neither of the two files that list archives can be one.
    private static bool IsFileName(string file) =>
        file.Length <= 255 && GitName.IsPath(file) && file.AsSpan().IndexOfAny(" ()/") < 0 && file is not ("sources" or ".gitignore");

    private static HashSet<string> Tracked(GitTree tree, IReadOnlyList<TreeChange> changes)
    {
        var tracked = tree.Entries.Select(entry => entry.Path).ToHashSet(StringComparer.Ordinal);
        foreach (var change in changes)
        {
            if (change is TreeChange.Delete)
            {
                tracked.Remove(change.Path);
            }
            else
            {
                tracked.Add(change.Path);
            }
        }

        return tracked;
    }

    private static Failure Unknown(string tag, SpecSource source)
    {
        var (reason, line, text) = source.Location is SpecValue.Unknown unknown
            ? (unknown.Reason, unknown.Line, unknown.LineText)
            : (TargetLogTexts.NoFetchableUrl, source.Line, source.RawLocation);
        return Failure.UserFixable(FailureCodes.SourceUnknown, ProposeDownstreamTexts.SourceUnknown(tag, reason, line, text));
    }
}

/// <summary>What came of planning the sources.</summary>
public abstract record SourcePlanning
{
    private SourcePlanning()
    {
    }

    public sealed record Planned(SourcePlan Plan, IReadOnlyList<string> Notes) : SourcePlanning;

    public sealed record Refused(Failure Failure) : SourcePlanning;
}
