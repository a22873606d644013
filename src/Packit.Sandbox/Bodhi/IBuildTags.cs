namespace Packit.Sandbox.Bodhi;

/// <summary>What Bodhi asks Koji, and what it has Koji do.</summary>
public interface IBuildTags
{
    /// <summary>The build, or null when there is none of that name.</summary>
    KnownBuild? Find(string nvr);

    /// <summary>The tags that the build has.</summary>
    IReadOnlyList<string> TagsOf(string nvr);

    /// <summary>The newest build of each package in a tag, without what the tag inherits.</summary>
    IReadOnlyList<string> BuildsIn(string tag);

    /// <summary>Bodhi tags the build.</summary>
    void Tag(string nvr, string tag);

    /// <summary>Bodhi takes the tag from the build; nothing happens when it does not have it.</summary>
    void Untag(string nvr, string tag);
}

/// <summary>A build as Bodhi needs it.</summary>
/// <param name="Id">Koji's id.</param>
/// <param name="TaskId">The task that made it; null for an import.</param>
/// <param name="Nvr">Name, version and release.</param>
/// <param name="Owner">Who built it.</param>
/// <param name="IsComplete">Whether it is built.</param>
/// <param name="Epoch">The epoch; null for none.</param>
public sealed record KnownBuild(long Id, long? TaskId, string Nvr, string Owner, bool IsComplete = true, int? Epoch = null)
{
    /// <summary>The source package.</summary>
    public string Package => PackageOf(Nvr);

    /// <summary>The name in a name-version-release.</summary>
    public static string PackageOf(string nvr)
    {
        ArgumentNullException.ThrowIfNull(nvr);
        int release = nvr.LastIndexOf('-');
        int version = release > 0 ? nvr.LastIndexOf('-', release - 1) : -1;
        return version > 0 ? nvr[..version] : nvr;
    }
}
