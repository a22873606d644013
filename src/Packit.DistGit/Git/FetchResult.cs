namespace Packit.DistGit;

/// <summary>What a fetch brought.</summary>
/// <param name="Commits">For each want that the remote has, the full name of its commit.</param>
/// <param name="Missing">Wants that the remote does not have.</param>
public sealed record FetchResult(IReadOnlyDictionary<GitWant, string> Commits, IReadOnlyList<GitWant> Missing)
{
    /// <summary>The commit of a want, or null when the remote does not have it.</summary>
    public string? this[GitWant want] => Commits.GetValueOrDefault(want);
}

/// <summary>How much history a fetch brings.</summary>
/// <param name="Commits">The number of commits from each tip on; null for all.</param>
public readonly record struct FetchDepth(int? Commits)
{
    /// <summary>The tip alone: enough to read content and to commit on it.</summary>
    public static FetchDepth Tip { get; } = new(1);

    /// <summary>The whole history.</summary>
    public static FetchDepth Full { get; } = new(null);
}
