using System.Buffers;

namespace Packit.DistGit;

/// <summary>
/// Names that may go to the lookaside cache. Others would be stored under a different name (letters outside ASCII are encoded by
/// the multipart format) or would change the address.
/// </summary>
public static class LookasideName
{
    private static readonly SearchValues<char> Characters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._+~^-");

    /// <summary>Whether a file or package name consists of ASCII letters, digits and <c>._+~^-</c>, and begins with no dot or dash.</summary>
    public static bool IsValid(string? name) =>
        name is { Length: > 0 and <= 255 } && name[0] is not ('.' or '-') && !name.AsSpan().ContainsAnyExcept(Characters);
}
