namespace Packit.Sandbox.Git;

/// <summary>One entry of a tree.</summary>
/// <param name="Size">In bytes; null for what is no file.</param>
internal sealed record TreeEntry(string Mode, string Type, string Sha, long? Size, string Path)
{
    public string Name => Path[(Path.LastIndexOf('/') + 1)..];

    public bool IsLink => Mode == "120000";
}
