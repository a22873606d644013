namespace Packit.PackageConfig;

/// <summary>One item of <c>sources</c>: an extra file to download.</summary>
/// <param name="Path">File name in dist-git.</param>
/// <param name="Url">Where it is downloaded from.</param>
public sealed record SourceItem(string Path, string Url);
