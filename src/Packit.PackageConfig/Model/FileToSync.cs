namespace Packit.PackageConfig;

/// <summary>One item of <c>files_to_sync</c>. Paths are relative; a trailing slash means "the content of", as with rsync.</summary>
/// <param name="Src">Files, directories or glob patterns below the package's working directory.</param>
/// <param name="Dest">Target in dist-git.</param>
/// <param name="MakePath">Create missing directories of the target.</param>
/// <param name="Delete">Delete what the target has and the source has not.</param>
/// <param name="Filters">rsync filter rules, e.g. <c>protect .git*</c>.</param>
public sealed record FileToSync(IReadOnlyList<string> Src, string Dest, bool MakePath, bool Delete, IReadOnlyList<string> Filters)
{
    /// <summary>The short form: one path, the same on both sides.</summary>
    public static FileToSync Same(string path) => new([path], path, MakePath: false, Delete: false, []);
}
