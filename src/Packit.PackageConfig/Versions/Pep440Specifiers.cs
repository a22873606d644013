namespace Packit.PackageConfig;

/// <summary>A set of version specifiers, all of which must hold. Rules: PEP 440, "Version specifiers".</summary>
internal sealed class Pep440Specifiers
{
    private static readonly string[] Operators = ["===", "~=", "==", "!=", "<=", ">=", "<", ">"];
    private readonly List<Specifier> _specifiers;

    private Pep440Specifiers(List<Specifier> specifiers)
    {
        _specifiers = specifiers;
    }

    /// <summary>Reads a set such as <c>&gt;=1.0,&lt;2.0</c>.</summary>
    /// <returns>The set, or null when the text is none.</returns>
    public static Pep440Specifiers? TryParse(string text)
    {
        var specifiers = new List<Specifier>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (Specifier.TryParse(part) is not { } specifier)
            {
                return null;
            }

            specifiers.Add(specifier);
        }

        return new Pep440Specifiers(specifiers);
    }

    /// <summary>
    /// True when the version satisfies all specifiers. A pre-release only does when a specifier names a pre-release itself.
    /// </summary>
    public bool Contains(Pep440Version version, string text) =>
        (!version.IsPrerelease || _specifiers.Any(s => s.NamesPrerelease)) && _specifiers.All(s => s.Allows(version, text));

    private sealed record Specifier(string Operator, string Text, Pep440Version? Version, bool IsPrefix)
    {
        public bool NamesPrerelease => Operator is "==" or ">=" or "<=" or "~=" or "===" && Version is { IsPrerelease: true };

        public static Specifier? TryParse(string text)
        {
            var op = Operators.FirstOrDefault(o => text.StartsWith(o, StringComparison.Ordinal));
            if (op is null)
            {
                return null;
            }

            var operand = text[op.Length..].Trim();
            if (op == "===")
            {
                return operand.Length == 0 || operand.Contains(' ') ? null : new Specifier(op, operand, Pep440Version.TryParse(operand), IsPrefix: false);
            }

            var isPrefix = op is "==" or "!=" && operand.EndsWith(".*", StringComparison.Ordinal);
            var version = Pep440Version.TryParse(isPrefix ? operand[..^2] : operand);
            var isPossible = version is not null
                && (!version.HasLocal || (op is "==" or "!=" && !isPrefix))
                && (op != "~=" || version.ReleaseParts > 1);
            return isPossible ? new Specifier(op, operand, version, isPrefix) : null;
        }

        public bool Allows(Pep440Version version, string text) => Operator switch
        {
            "===" => string.Equals(text.Trim(), Text, StringComparison.OrdinalIgnoreCase),
            "==" => Equals(version),
            "!=" => !Equals(version),
            "<=" => version.ComparePublic(Version!) <= 0,
            ">=" => version.ComparePublic(Version!) >= 0,
            "<" => version.Compare(Version!) < 0 && !(version.IsPrerelease && !Version!.IsPrerelease && version.CompareBase(Version) == 0),
            ">" => version.ComparePublic(Version!) > 0 && !(version.IsPostrelease && !Version!.IsPostrelease && version.CompareBase(Version) == 0),
            _ => version.ComparePublic(Version!) >= 0 && version.StartsWith(Version!.WithoutLastPart()),
        };

        private bool Equals(Pep440Version version) => IsPrefix ? version.StartsWith(Version!)
            : Version!.HasLocal ? version.Compare(Version) == 0
            : version.ComparePublic(Version) == 0;
    }
}
