namespace Packit.DistGit;

/// <summary>One source of an item, found: a file, or a directory with all that is in it.</summary>
/// <param name="Directory">For a directory its name within the transfer: empty for the content of one; null for a file.</param>
/// <param name="IsNamed">Whether the item names this very path, rather than by a pattern.</param>
/// <param name="Files">The files by their paths within the transfer.</param>
internal sealed record SyncSource(string? Directory, bool IsNamed, IReadOnlyList<(string Relative, GitTreeEntry Entry)> Files);

/// <summary>The side that files are copied from.</summary>
internal sealed class UpstreamFiles(GitTree tree, string root, string? spec)
{
    private const int MaxLinks = 8;

    public string Root => root;

    /// <summary>Whether this is the spec file that is merged instead of copied.</summary>
    public bool IsSpec(string path) => spec is not null && path == spec;

    /// <summary>What a path or pattern stands for; empty when there is nothing.</summary>
    public IReadOnlyList<SyncSource> Find(SyncPath path)
    {
        if (At(path.Path, path.IsContent, isNamed: true) is { } named)
        {
            return [named];
        }

        return Wildcard.HasMagic(path.Path)
            ? [.. Expand(path.Path).Select(found => At(found, path.IsContent, isNamed: false)).OfType<SyncSource>()]
            : [];
    }

    /// <summary>The file that an entry stands for: itself, or what its link leads to within the root. Null when that is no file.</summary>
    public GitTreeEntry? Resolve(GitTreeEntry entry)
    {
        var current = entry;
        for (var hops = 0; current is { Kind: GitEntryKind.SymbolicLink } link; hops++)
        {
            current = hops < MaxLinks && link.LinkTarget is { } target && Follow(SyncPath.Parent(link.Path), target) is { } path
                ? tree.Find(path)
                : null;
        }

        return current is { IsFile: true } ? current : null;
    }

    private string? Follow(string directory, string target)
    {
        var inside = root.Length == 0 ? directory : directory.Length > root.Length ? directory[(root.Length + 1)..] : "";
        return target.StartsWith('/') ? null : SyncPath.Parse(root, SyncPath.Join(inside, target))?.Path;
    }

    private SyncSource? At(string path, bool isContent, bool isNamed)
    {
        if (!isContent && tree.Find(path) is { } entry)
        {
            return IsSpec(path) ? null : new SyncSource(null, isNamed, [(SyncPath.Name(path), entry)]);
        }

        if (!tree.HasDirectory(path))
        {
            return null;
        }

        var name = isContent ? "" : SyncPath.Name(path);
        var skip = path.Length == 0 ? 0 : path.Length + 1;
        return new SyncSource(name, isNamed, [.. tree.Under(path).Select(file => (SyncPath.Join(name, file.Path[skip..]), file))]);
    }

    // As glob.glob of Python: part by part, and a wildcard at the beginning of a part matches no leading dot.
    private IEnumerable<string> Expand(string pattern)
    {
        var parts = Array.ConvertAll(pattern.Split('/'), static part => (
            Text: part, Wildcard: Wildcard.HasMagic(part) ? new Wildcard(part, WildcardStyle.Fnmatch) : null));
        return tree.Entries.Select(static entry => entry.Path).Concat(tree.Directories)
            .Where(path => path.Split('/') is { } names && names.Length == parts.Length && names.Zip(parts).All(static pair => Fits(pair.First, pair.Second)))
            .Order(StringComparer.Ordinal);
    }

    private static bool Fits(string name, (string Text, Wildcard? Wildcard) part) => part.Wildcard is { } wildcard
        ? (!name.StartsWith('.') || part.Text.StartsWith('.')) && wildcard.IsMatch(name)
        : name == part.Text;
}
