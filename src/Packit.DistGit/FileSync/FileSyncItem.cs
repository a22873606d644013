namespace Packit.DistGit;

/// <summary>One item of <c>files_to_sync</c>.</summary>
/// <param name="Src">Paths or glob patterns below the upstream root; a slash at the end means "what is in it".</param>
/// <param name="Dest">Path below the root of dist-git; a slash at the end says that it is a directory.</param>
/// <param name="MkPath">Make missing parents of the destination.</param>
/// <param name="Delete">Delete what the source directories do not have from their destinations.</param>
/// <param name="Filters">Filter rules of rsync(1).</param>
public sealed record FileSyncItem(IReadOnlyList<string> Src, string Dest, bool MkPath, bool Delete, IReadOnlyList<string> Filters)
{
    /// <summary>The short form of an item: one path, the same on both sides.</summary>
    public static FileSyncItem Of(string path) => new([path], path, false, false, []);
}

/// <summary>What syncing files would do.</summary>
public abstract record FileSyncPlan
{
    private FileSyncPlan()
    {
    }

    /// <summary>It can be done.</summary>
    /// <param name="Changes">What changes in dist-git, by path; empty when all is the same already.</param>
    /// <param name="Notes">What was left out and why, as sentences for the log.</param>
    public sealed record Possible(IReadOnlyList<TreeChange> Changes, IReadOnlyList<string> Notes) : FileSyncPlan;

    /// <summary>The configuration must be corrected.</summary>
    /// <param name="Problem">What is wrong, for users.</param>
    public sealed record Impossible(string Problem) : FileSyncPlan;
}
