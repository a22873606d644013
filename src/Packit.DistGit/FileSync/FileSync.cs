namespace Packit.DistGit;

/// <summary>
/// Plans <c>files_to_sync</c> over two trees, with the meaning that <c>rsync --archive</c> gives to the items, minus what is
/// dangerous: regular files only, nothing outside the two roots, links followed only to files of the upstream tree.
/// </summary>
public static class FileSync
{
    /// <summary>Plans all items in their order; a later item sees what an earlier one did.</summary>
    /// <param name="items">The items.</param>
    /// <param name="upstream">Tree of the release commit.</param>
    /// <param name="upstreamRoot">Directory of the upstream tree that sources are relative to (<c>paths[0]</c>); empty or <c>.</c> for its root.</param>
    /// <param name="distGit">Tree of the dist-git branch.</param>
    /// <param name="upstreamSpecPath">Spec file in the upstream tree that is merged instead of copied; null when it is copied (<c>sync_changelog</c>).</param>
    /// <param name="distGitSpecPath">The spec file it is merged into, which then is neither overwritten nor deleted here.</param>
    /// <returns>The changes, or what is wrong with the items.</returns>
    public static FileSyncPlan Plan(
        IReadOnlyList<FileSyncItem> items,
        GitTree upstream,
        string upstreamRoot,
        GitTree distGit,
        string? upstreamSpecPath,
        string? distGitSpecPath = null)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(distGit);
        if (SyncPath.Parse("", upstreamRoot) is not { } root)
        {
            return new FileSyncPlan.Impossible(Illegal(upstreamRoot, "upstream"));
        }

        var source = new UpstreamFiles(upstream, root.Path, upstreamSpecPath);
        var target = new DistGitFiles(distGit);
        var notes = new List<string>();
        foreach (var item in items)
        {
            var transfer = FileTransfer.Begin(item, source, target, upstreamSpecPath is null ? null : distGitSpecPath, notes, out var problem);
            if (problem is not null)
            {
                return new FileSyncPlan.Impossible(problem);
            }

            if (transfer?.Run() is { } obstacle)
            {
                return new FileSyncPlan.Impossible(obstacle);
            }
        }

        return new FileSyncPlan.Possible(target.Changes(), notes);
    }

    internal static string Illegal(string path, string repository) =>
        $"Sync files: Illegal path! {GitName.Clip(path)} is not in the subpath of the {repository} repository.";
}
