namespace Packit.DistGit;

/// <summary>The side that files are copied to: what stands there now, as the items change it one after the other.</summary>
internal sealed class DistGitFiles(GitTree tree)
{
    private readonly SortedDictionary<string, (string Oid, GitEntryKind Kind)> _now =
        new(tree.Entries.ToDictionary(static entry => entry.Path, static entry => (entry.Oid, entry.Kind)), StringComparer.Ordinal);

    public bool HasFile(string path) => _now.ContainsKey(path);

    public bool HasDirectory(string path) => path.Length == 0 || Under(path).Count > 0;

    /// <summary>The paths below a directory.</summary>
    public List<string> Under(string directory) =>
        [.. _now.Keys.Where(path => directory.Length == 0 || path.StartsWith(directory + "/", StringComparison.Ordinal))];

    public void Delete(string path) => _now.Remove(path);

    /// <summary>The first file that stands where a path has a directory; null when there is none.</summary>
    public string? FileAbove(string path)
    {
        for (var parent = SyncPath.Parent(path); parent.Length > 0; parent = SyncPath.Parent(parent))
        {
            if (HasFile(parent))
            {
                return parent;
            }
        }

        return null;
    }

    /// <summary>Puts a file; what stands in its way must be gone, or be a file where a directory is needed.</summary>
    public void Put(string path, GitTreeEntry file)
    {
        for (var parent = SyncPath.Parent(path); parent.Length > 0; parent = SyncPath.Parent(parent))
        {
            _now.Remove(parent);
        }

        _now[path] = (file.Oid, file.Kind);
    }

    /// <summary>What differs from the beginning: deletions first, each by path.</summary>
    public IReadOnlyList<TreeChange> Changes()
    {
        var deleted = tree.Entries.Where(entry => !_now.ContainsKey(entry.Path)).Select(static TreeChange (entry) => new TreeChange.Delete(entry.Path));
        var put = _now.Where(file => tree.Find(file.Key) is not { } before || before.Oid != file.Value.Oid || before.Kind != file.Value.Kind)
            .Select(static TreeChange (file) => new TreeChange.PutExisting(file.Key, file.Value.Oid, file.Value.Kind));
        return [.. deleted, .. put];
    }
}
