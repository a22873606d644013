using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace Packit.PackageConfig;

/// <summary>A Python version. Rules: PEP 440, normalisation included (<c>1.0-RC1</c> is <c>1.0rc1</c>).</summary>
internal sealed partial class Pep440Version
{
    private readonly BigInteger _epoch;
    private readonly BigInteger[] _release;
    private readonly (int Phase, BigInteger Number)? _pre;
    private readonly BigInteger? _post;
    private readonly BigInteger? _dev;
    private readonly string[] _local;

    private Pep440Version(Match match)
    {
        _epoch = Number(match.Groups["epoch"].Value);
        _release = [.. match.Groups["release"].Value.Split('.').Select(Number)];
        _pre = match.Groups["pre"].Success ? (Phase(match.Groups["pre"].Value), Number(match.Groups["pren"].Value)) : null;
        _post = match.Groups["postn"].Success ? Number(match.Groups["postn"].Value)
            : match.Groups["post"].Success ? Number(match.Groups["post"].Value) : null;
        _dev = match.Groups["dev"].Success ? Number(match.Groups["dev"].Value) : null;
        _local = match.Groups["local"].Success ? match.Groups["local"].Value.ToLowerInvariant().Split('.', '-', '_') : [];
    }

    private Pep440Version(BigInteger epoch, BigInteger[] release)
    {
        _epoch = epoch;
        _release = release;
        _local = [];
    }

    /// <summary>True for alpha, beta, release candidate and development versions.</summary>
    public bool IsPrerelease => _pre is not null || _dev is not null;

    public bool IsPostrelease => _post is not null;

    public bool HasLocal => _local.Length > 0;

    public int ReleaseParts => _release.Length;

    /// <summary>Reads a version.</summary>
    /// <returns>The version, or null when the text is none.</returns>
    public static Pep440Version? TryParse(string text) =>
        text.Length <= 256 && Pattern().Match(text.Trim()) is { Success: true } match ? new Pep440Version(match) : null;

    /// <summary>The whole order.</summary>
    public int Compare(Pep440Version other) => ComparePublic(other) is var order and not 0 ? order : CompareLocal(other);

    /// <summary>Compares without the local part (<c>+fc43</c>).</summary>
    public int ComparePublic(Pep440Version other)
    {
        var order = CompareBase(other);
        return order != 0 ? order
            : (order = PreKey(this).CompareTo(PreKey(other))) != 0 ? order
            : (order = (_post ?? -1).CompareTo(other._post ?? -1)) != 0 ? order
            : DevKey(this).CompareTo(DevKey(other));
    }

    /// <summary>Compares epoch and release numbers only.</summary>
    public int CompareBase(Pep440Version other)
    {
        var order = _epoch.CompareTo(other._epoch);
        for (var i = 0; order == 0 && i < Math.Max(_release.Length, other._release.Length); i++)
        {
            order = Part(i).CompareTo(other.Part(i));
        }

        return order;
    }

    /// <summary>True when epoch and the first release numbers are those of <paramref name="prefix"/>, and what it says about pre and post too.</summary>
    public bool StartsWith(Pep440Version prefix)
    {
        if (prefix._pre is not null || prefix._post is not null)
        {
            return CompareBase(prefix) == 0 && _pre == prefix._pre && (prefix._post is null || _post == prefix._post);
        }

        return _epoch == prefix._epoch && Enumerable.Range(0, prefix._release.Length).All(i => Part(i) == prefix.Part(i));
    }

    /// <summary>The release without its last number: what <c>~=</c> keeps fixed.</summary>
    public Pep440Version WithoutLastPart() => new(_epoch, _release[..^1]);

    private static (int, int, BigInteger) PreKey(Pep440Version version) => version._pre is { } pre ? (1, pre.Phase, pre.Number)
        : version._post is null && version._dev is not null ? (0, 0, 0)
        : (2, 0, 0);

    private static (int, BigInteger) DevKey(Pep440Version version) => version._dev is { } dev ? (0, dev) : (1, 0);

    private static BigInteger Number(string digits) =>
        digits.Length == 0 ? BigInteger.Zero : BigInteger.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);

    private static int Phase(string word) => char.ToLowerInvariant(word[0]) switch
    {
        'a' => 0,
        'b' => 1,
        _ => 2,
    };

    private BigInteger Part(int index) => index < _release.Length ? _release[index] : BigInteger.Zero;

    private int CompareLocal(Pep440Version other)
    {
        for (var i = 0; i < Math.Min(_local.Length, other._local.Length); i++)
        {
            var isNumber = _local[i].All(char.IsAsciiDigit);
            var isOtherNumber = other._local[i].All(char.IsAsciiDigit);
            var order = isNumber && isOtherNumber ? Number(_local[i]).CompareTo(Number(other._local[i]))
                : isNumber != isOtherNumber ? isNumber.CompareTo(isOtherNumber)
                : string.CompareOrdinal(_local[i], other._local[i]);
            if (order != 0)
            {
                return order;
            }
        }

        return _local.Length.CompareTo(other._local.Length);
    }

    [GeneratedRegex(
        @"\Av?((?<epoch>[0-9]+)!)?(?<release>[0-9]+(\.[0-9]+)*)([-_.]?(?<pre>alpha|a|beta|b|preview|pre|c|rc)[-_.]?(?<pren>[0-9]*))?(-(?<postn>[0-9]+)|[-_.]?(post|rev|r)[-_.]?(?<post>[0-9]*))?([-_.]?dev[-_.]?(?<dev>[0-9]*))?(\+(?<local>[a-z0-9]+([-_.][a-z0-9]+)*))?\z",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
