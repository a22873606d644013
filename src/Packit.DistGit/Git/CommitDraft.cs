namespace Packit.DistGit;

/// <summary>A commit to be made. The same draft always gives the same commit name.</summary>
public sealed record CommitDraft
{
    /// <summary>Full name of the parent commit.</summary>
    public required string Parent { get; init; }

    /// <summary>Title, empty line, text.</summary>
    public required string Message { get; init; }

    /// <summary>Author and committer.</summary>
    public required GitIdentity Author { get; init; }

    /// <summary>Date of author and committer; seconds count, fractions are dropped.</summary>
    public required DateTimeOffset Date { get; init; }

    /// <summary>What differs from the parent, one change per path; carried out in this order.</summary>
    public required IReadOnlyList<TreeChange> Changes { get; init; }
}

/// <summary>One path that a commit changes. A file where a directory stood replaces it, and the other way round.</summary>
/// <param name="Path">Relative to the root, with <c>/</c>.</param>
public abstract record TreeChange(string Path)
{
    /// <summary>New content.</summary>
    public sealed record Put(string Path, ReadOnlyMemory<byte> Content, bool Executable = false) : TreeChange(Path);

    /// <summary>Content that the repository holds already, such as a file of the upstream commit fetched into it.</summary>
    public sealed record PutExisting(string Path, string Oid, GitEntryKind Kind = GitEntryKind.File) : TreeChange(Path);

    /// <summary>No file and no directory at this path any more; nothing happens when there was none.</summary>
    public sealed record Delete(string Path) : TreeChange(Path);
}
