namespace Packit.GitHub;

/// <summary>A git reference, or an annotated tag: both name an object.</summary>
internal sealed record GitReference(GitObject Object);

/// <summary>A tag in the list of tags.</summary>
internal sealed record GitTag(string Name);

internal sealed record GitObject(string Type, string Sha);

/// <summary>Two commits compared, as far as it is used.</summary>
internal sealed record GitComparison(GitCommitReference MergeBaseCommit);

internal sealed record GitCommitReference(string Sha);
