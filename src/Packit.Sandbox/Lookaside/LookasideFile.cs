namespace Packit.Sandbox.Lookaside;

/// <summary>A file in the lookaside cache.</summary>
/// <param name="Package">Such as <c>rpms/hello</c>.</param>
/// <param name="Hash">The hex digest.</param>
/// <param name="Size">In bytes.</param>
/// <param name="File">Where it lies on disk.</param>
public sealed record LookasideFile(string Package, string Name, string HashType, string Hash, long Size, string File);
