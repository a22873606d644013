using System.Text.Json.Serialization;

namespace Packit.GitHub;

/// <summary>The entries of a directory, or of all directories below it.</summary>
/// <param name="Sha">Of the tree object.</param>
/// <param name="Entries">With paths relative to the tree.</param>
/// <param name="Truncated">Whether GitHub left entries out: more than 100,000 of them, or 7 MB.</param>
public sealed record GitTree(string Sha, [property: JsonPropertyName("tree")] IReadOnlyList<TreeEntry> Entries, bool Truncated = false);

/// <summary>One entry of a tree.</summary>
/// <param name="Mode">git's file mode: <c>100644</c>, <c>100755</c>, <c>040000</c>, <c>120000</c> or <c>160000</c>.</param>
/// <param name="Size">Bytes of a file.</param>
public sealed record TreeEntry(string Path, string Mode, string Sha, long? Size = null)
{
    [JsonIgnore]
    public TreeEntryKind Kind => Mode switch
    {
        "040000" => TreeEntryKind.Directory,
        "120000" => TreeEntryKind.Symlink,
        "160000" => TreeEntryKind.Submodule,
        _ => TreeEntryKind.File,
    };
}

public enum TreeEntryKind
{
    File,
    Directory,
    Symlink,
    Submodule,
}
