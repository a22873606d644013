namespace Packit.GitHub;

/// <summary>A git reference, or an annotated tag: both name an object.</summary>
internal sealed record GitReference(GitObject Object);

internal sealed record GitObject(string Type, string Sha);
