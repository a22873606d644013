using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Packit.Pagure;

/// <summary>A result shown on a commit or pull request.</summary>
/// <param name="Username">The name of the check as people see it.</param>
/// <param name="Comment">One short line.</param>
/// <param name="Url">Where the details are; Pagure wants one.</param>
/// <param name="Uid">Its identity, at most 32 characters: the same one again changes the flag instead of adding one. See <see cref="UidOf"/>.</param>
public sealed record PagureFlag(string Username, string Comment, Uri Url, PagureFlagStatus Status, string Uid)
{
    /// <summary>0 to 100; null when there is nothing to count.</summary>
    public int? Percent { get; init; }

    /// <summary>The identity for a check's name: the first 32 hex digits of its SHA-256 (Packit: the rule of its Pagure flags).</summary>
    public static string UidOf(string checkName) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(checkName)).AsSpan(0, 16));

    internal KeyValuePair<string, string?>[] Form() =>
    [
        new("username", Username),
        new("comment", Comment),
        new("url", Url.AbsoluteUri),
        new("status", Status.ToString().ToLowerInvariant()),
        new("percent", Percent?.ToString(CultureInfo.InvariantCulture)),
        new("uid", Uid),
    ];
}

public enum PagureFlagStatus
{
    Pending,
    Success,
    Failure,
    Error,
    Canceled,
}

internal sealed record FlagAnswer(string Message, string Uid);
