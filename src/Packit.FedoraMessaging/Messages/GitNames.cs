using System.Buffers;

namespace Packit.FedoraMessaging;

/// <summary>What git calls things.</summary>
internal static class GitNames
{
    private static readonly SearchValues<char> Hexadecimal = SearchValues.Create("0123456789abcdef");

    /// <summary>Whether it is a full commit id, of SHA-1 or SHA-256, and not the id that means none.</summary>
    public static bool IsCommit(ReadOnlySpan<char> id) =>
        id.Length is 40 or 64 && !id.ContainsAnyExcept(Hexadecimal) && id.ContainsAnyExcept('0');
}
