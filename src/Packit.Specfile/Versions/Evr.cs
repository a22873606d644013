using System.Diagnostics.CodeAnalysis;

namespace Packit.Specfile;

/// <summary>Epoch, version and release of a package as rpm orders them.</summary>
/// <param name="Epoch">Digits, or null; no epoch counts as 0.</param>
/// <param name="Version">The version, never empty.</param>
/// <param name="Release">The release, or null when there is none, which sorts before any.</param>
public sealed record Evr(string? Epoch, string Version, string? Release) : IComparable<Evr>
{
    /// <summary>Reads <c>[epoch:]version[-release]</c>. The last dash separates the release, as rpm does it (rpm: <c>rpmverParse</c>).</summary>
    /// <returns>False when the version is empty or the epoch is not a number.</returns>
    public static bool TryParse(string? text, [NotNullWhen(true)] out Evr? evr)
    {
        evr = null;
        if (string.IsNullOrEmpty(text))
        {
            return false;
        }

        string? epoch = null;
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon >= 0)
        {
            var digits = text.AsSpan(0, colon);
            if (digits.ContainsAnyExceptInRange('0', '9'))
            {
                return false;
            }

            epoch = digits.IsEmpty ? "0" : digits.ToString();
            text = text[(colon + 1)..];
        }

        var dash = text.LastIndexOf('-');
        var version = dash < 0 ? text : text[..dash];
        var release = dash < 0 ? null : text[(dash + 1)..];
        if (version.Length == 0)
        {
            return false;
        }

        evr = new Evr(epoch, version, release);
        return true;
    }

    /// <summary>Epoch first, then version, then release (rpm: <c>rpmverCmp</c>).</summary>
    public int CompareTo(Evr? other)
    {
        if (other is null)
        {
            return 1;
        }

        var order = RpmVersion.Compare(Epoch ?? "0", other.Epoch ?? "0");
        if (order == 0)
        {
            order = RpmVersion.Compare(Version, other.Version);
        }

        return order != 0 ? order : (Release, other.Release) switch
        {
            (null, null) => 0,
            (null, _) => -1,
            (_, null) => 1,
            var (ours, theirs) => RpmVersion.Compare(ours, theirs),
        };
    }

    public static bool operator <(Evr left, Evr right) => Comparer<Evr>.Default.Compare(left, right) < 0;

    public static bool operator >(Evr left, Evr right) => Comparer<Evr>.Default.Compare(left, right) > 0;

    public static bool operator <=(Evr left, Evr right) => Comparer<Evr>.Default.Compare(left, right) <= 0;

    public static bool operator >=(Evr left, Evr right) => Comparer<Evr>.Default.Compare(left, right) >= 0;

    /// <summary>The usual notation; an epoch is written when there is one, also 0.</summary>
    public override string ToString() => $"{(Epoch is null ? "" : Epoch + ":")}{Version}{(Release is null ? "" : "-" + Release)}";
}
