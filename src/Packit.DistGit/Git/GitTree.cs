namespace Packit.DistGit;

/// <summary>What stands at a path of a tree.</summary>
public enum GitEntryKind
{
    File,
    ExecutableFile,
    SymbolicLink,
    Submodule,
}

/// <summary>One path of a tree.</summary>
/// <param name="Path">Relative to the root of the tree, with <c>/</c>.</param>
/// <param name="Kind">File, link or submodule.</param>
/// <param name="Oid">Name of the blob (for a submodule: of a commit elsewhere).</param>
/// <param name="LinkTarget">For a symbolic link where it leads, as written in it; null when that is not readable text.</param>
public sealed record GitTreeEntry(string Path, GitEntryKind Kind, string Oid, string? LinkTarget = null)
{
    public bool IsFile => Kind is GitEntryKind.File or GitEntryKind.ExecutableFile;
}

/// <summary>All paths of a commit. Directories exist by what is in them, as git has it.</summary>
public sealed class GitTree
{
    private readonly Dictionary<string, GitTreeEntry> _entries;
    private readonly HashSet<string> _directories;

    /// <param name="entries">The entries; their paths are unique.</param>
    /// <param name="unreadable">How many entries were left out because their names are not valid UTF-8.</param>
    public GitTree(IEnumerable<GitTreeEntry> entries, int unreadable = 0)
    {
        _entries = entries.ToDictionary(static entry => entry.Path, StringComparer.Ordinal);
        Entries = [.. _entries.Values.OrderBy(static entry => entry.Path, StringComparer.Ordinal)];
        Unreadable = unreadable;
        _directories = new HashSet<string>(StringComparer.Ordinal) { "" };
        foreach (var path in _entries.Keys)
        {
            for (var end = path.LastIndexOf('/'); end > 0 && _directories.Add(path[..end]); end = path.LastIndexOf('/', end - 1))
            {
                // The set is filled by the condition: it ends at the first parent that is known already.
            }
        }
    }

    /// <summary>Every file, link and submodule, in ordinal order of their paths.</summary>
    public IReadOnlyList<GitTreeEntry> Entries { get; }

    /// <summary>Every directory, without the root.</summary>
    public IEnumerable<string> Directories => _directories.Where(static path => path.Length > 0);

    /// <summary>How many entries were left out because their names are not valid UTF-8.</summary>
    public int Unreadable { get; }

    /// <summary>The entry at a path; null when there is none or a directory stands there.</summary>
    public GitTreeEntry? Find(string path) => _entries.GetValueOrDefault(path);

    /// <summary>Whether a directory stands at a path; the empty path is the root.</summary>
    public bool HasDirectory(string path) => _directories.Contains(path);

    /// <summary>All entries below a directory, in ordinal order; the empty path is the root.</summary>
    public IEnumerable<GitTreeEntry> Under(string directory) => directory.Length == 0
        ? Entries
        : Entries.Where(entry => entry.Path.Length > directory.Length
            && entry.Path[directory.Length] == '/'
            && entry.Path.StartsWith(directory, StringComparison.Ordinal));
}
