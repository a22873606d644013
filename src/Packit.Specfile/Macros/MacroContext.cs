using System.Collections.Immutable;
using System.Globalization;

namespace Packit.Specfile;

/// <summary>
/// The macros that a spec is read with beside its own: what the target distribution defines, and what the package's configuration
/// sets or removes. Immutable; <see cref="With"/> gives a new one.
/// </summary>
public sealed class MacroContext
{
    /// <summary>The Fedora release that rawhide becomes, where the caller does not say.</summary>
    public const int NewestKnownFedora = 45;

    private readonly ImmutableDictionary<string, string?> _macros;

    private MacroContext(ImmutableDictionary<string, string?> macros) => _macros = macros;

    /// <summary>No distribution at all: only what rpm itself always defines.</summary>
    public static MacroContext Empty { get; } = new(ImmutableDictionary.Create<string, string?>(StringComparer.Ordinal));

    /// <summary>The macros set here; null marks a macro that is taken away.</summary>
    public IReadOnlyDictionary<string, string?> Macros => _macros;

    /// <summary>
    /// The distribution's macros on builders of a dist-git branch: <c>rawhide</c> and <c>main</c>, <c>f43</c>, <c>epel9</c>,
    /// <c>epel10.1</c>, <c>epel9-next</c>, <c>c10s</c>. Any other name gives <see cref="Empty"/>.
    /// </summary>
    /// <param name="branch">Name of the branch.</param>
    /// <param name="rawhide">The Fedora release that rawhide becomes; null for <see cref="NewestKnownFedora"/>.</param>
    public static MacroContext ForDistGitBranch(string branch, int? rawhide = null)
    {
        ArgumentNullException.ThrowIfNull(branch);
        if (branch is "rawhide" or "main")
        {
            return Fedora(rawhide ?? NewestKnownFedora);
        }

        if (Number(branch, "f", "") is { } fedora && fedora.Minor is null)
        {
            return Fedora(fedora.Major);
        }

        if (Number(branch, "epel", "-next") is { } next && next.Minor is null)
        {
            return Epel(next.Major, $".el{next.Major}.next");
        }

        if (Number(branch, "epel", "") is { } epel)
        {
            return Epel(epel.Major, epel.Minor is null ? $".el{epel.Major}" : $".el{epel.Major}_{epel.Minor}");
        }

        return Number(branch, "c", "s") is { } stream && stream.Minor is null
            ? EnterpriseLinux(stream.Major, $".el{stream.Major}").With("centos", stream.Major.ToString(CultureInfo.InvariantCulture))
            : Empty;
    }

    /// <summary>This context with one macro more; a null body takes the macro away, also one that rpm itself defines.</summary>
    /// <exception cref="ArgumentException">The name is no macro name.</exception>
    public MacroContext With(string name, string? body)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!MacroSyntax.IsName(name))
        {
            throw new ArgumentException($"'{name}' is no macro name: letters, digits and underscores, not beginning with a digit.", nameof(name));
        }

        return new MacroContext(_macros.SetItem(name, body));
    }

    /// <summary>Adds a macro as rpm's <c>--define</c> takes it: name, blank, body.</summary>
    /// <returns>False when the text has no name or no body.</returns>
    public bool TryDefine(string definition, out MacroContext context)
    {
        ArgumentNullException.ThrowIfNull(definition);
        var text = definition.Trim();
        var blank = text.AsSpan().IndexOfAny(' ', '\t');
        if (blank <= 0 || !MacroSyntax.IsName(text.AsSpan(0, blank)))
        {
            context = this;
            return false;
        }

        context = With(text[..blank], text[blank..].Trim());
        return true;
    }

    private static MacroContext Fedora(int release) =>
        Empty.With("fedora", release.ToString(CultureInfo.InvariantCulture)).With("dist", $".fc{release}");

    private static MacroContext EnterpriseLinux(int release, string dist) =>
        Empty.With("rhel", release.ToString(CultureInfo.InvariantCulture)).With("dist", dist).With($"el{release}", "1");

    private static MacroContext Epel(int release, string dist) =>
        EnterpriseLinux(release, dist).With("epel", release.ToString(CultureInfo.InvariantCulture));

    private static (int Major, int? Minor)? Number(string branch, string prefix, string suffix)
    {
        if (branch.Length <= prefix.Length + suffix.Length
            || !branch.StartsWith(prefix, StringComparison.Ordinal)
            || !branch.EndsWith(suffix, StringComparison.Ordinal))
        {
            return null;
        }

        var digits = branch.AsSpan(prefix.Length, branch.Length - prefix.Length - suffix.Length);
        var dot = digits.IndexOf('.');
        if (dot < 0)
        {
            return Small(digits) is { } only ? (only, null) : null;
        }

        return Small(digits[..dot]) is { } major && Small(digits[(dot + 1)..]) is { } minor ? (major, minor) : null;

        static int? Small(ReadOnlySpan<char> text) =>
            text.Length is > 0 and < 4 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }
}
