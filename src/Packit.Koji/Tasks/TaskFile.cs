namespace Packit.Koji;

/// <summary>A file that a task left.</summary>
/// <param name="Name">As <see cref="KojiClient.TaskOutputTailAsync"/> takes it: <c>build.log</c>.</param>
/// <param name="Size">In bytes; null when the hub does not say.</param>
public sealed record TaskFile(string Name, long? Size);

/// <summary>The end of a file that a task left.</summary>
/// <param name="Content">The bytes; cut at a limit, so the first character may be a part of one.</param>
/// <param name="Size">Size of the whole file in bytes.</param>
public sealed record TaskFileTail(ReadOnlyMemory<byte> Content, long Size)
{
    /// <summary>Whether something stands before it.</summary>
    public bool IsCut => Content.Length < Size;
}
