using System.Globalization;
using System.Text.Json.Nodes;
using Packit.PackageConfig.Yaml;

namespace Packit.PackageConfig.Schema;

/// <summary>Checks a text; gives the problem or null.</summary>
internal delegate TextFault? TextRule(string text);

/// <summary>What a <see cref="TextRule"/> found.</summary>
internal sealed record TextFault(string Code, ConfigSeverity Severity, string Message, string? Hint = null);

/// <summary>A string, with further rules.</summary>
internal sealed class TextShape(params TextRule[] rules) : ValueShape<string>
{
    public static TextShape Plain { get; } = new();

    public override string Expected => "a string";

    public override object? Read(YamlNode node, ConfigPath path, ProblemList problems)
    {
        if (node is not YamlScalar { ScalarKind: ScalarKind.Text } scalar)
        {
            var quoted = node is YamlScalar { ScalarKind: not ScalarKind.Null } other ? $"Put it in quotes: \"{other.Text}\"." : null;
            return WrongType(node, path, problems, quoted);
        }

        foreach (var rule in rules)
        {
            if (rule(scalar.Text) is not { } fault)
            {
                continue;
            }

            problems.Add(fault.Code, fault.Severity, path.ToString(), node.Line, node.Column, fault.Message, fault.Hint);
            if (fault.Severity == ConfigSeverity.Error)
            {
                return null;
            }
        }

        return scalar.Text;
    }

    public override JsonObject Schema() => new() { ["type"] = "string" };
}

/// <summary>A boolean; the words for one are also taken as strings, and 0 and 1.</summary>
internal sealed class BoolShape : ValueShape<bool>
{
    private static readonly string[] True = ["t", "T", "true", "True", "TRUE", "on", "On", "ON", "y", "Y", "yes", "Yes", "YES", "1"];
    private static readonly string[] False = ["f", "F", "false", "False", "FALSE", "off", "Off", "OFF", "n", "N", "no", "No", "NO", "0"];

    public override string Expected => "true or false";

    public override object? Read(YamlNode node, ConfigPath path, ProblemList problems) => node switch
    {
        YamlScalar { ScalarKind: ScalarKind.Null } => WrongType(node, path, problems),
        YamlScalar scalar when True.Contains(scalar.Text) => true,
        YamlScalar scalar when False.Contains(scalar.Text) => false,
        _ => WrongType(node, path, problems),
    };

    public override JsonObject Schema() => new()
    {
        ["anyOf"] = new JsonArray(
            new JsonObject { ["type"] = "boolean" },
            new JsonObject { ["enum"] = new JsonArray([.. True.Concat(False).Select(t => (JsonNode)t), 0, 1]) }),
    };
}

/// <summary>A whole number; also taken as a string.</summary>
internal sealed class IntegerShape(int? minimum = null) : ValueShape<int>
{
    public override string Expected => minimum is null ? "a whole number" : $"a whole number that is at least {minimum}";

    public override object? Read(YamlNode node, ConfigPath path, ProblemList problems)
    {
        long? value = node switch
        {
            YamlScalar { ScalarKind: ScalarKind.Integer } scalar => scalar.AsInteger,
            YamlScalar scalar when int.TryParse(scalar.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var parsed) => parsed,
            _ => null,
        };
        return value is { } number and <= int.MaxValue && number >= (minimum ?? int.MinValue) ? (int)number : WrongType(node, path, problems);
    }

    public override JsonObject Schema()
    {
        var integer = new JsonObject { ["type"] = "integer" };
        if (minimum is { } bound)
        {
            integer["minimum"] = bound;
        }

        return new JsonObject { ["anyOf"] = new JsonArray(integer, new JsonObject { ["type"] = "string", ["pattern"] = "^[-+]?[0-9]+$" }) };
    }
}

/// <summary>One of some words.</summary>
internal sealed class WordShape(string what, params IReadOnlyList<string> words) : ValueShape<string>
{
    public override string Expected => what;

    public override object? Read(YamlNode node, ConfigPath path, ProblemList problems)
    {
        if (node is not YamlScalar { ScalarKind: ScalarKind.Text } scalar)
        {
            return WrongType(node, path, problems);
        }

        if (words.Contains(scalar.Text))
        {
            return scalar.Text;
        }

        var near = NearMiss.Of(scalar.Text, words);
        problems.Error(
            ProblemCodes.WrongValue, node, path, $"`{scalar.Text}` is not {what}; it must be one of: {string.Join(", ", words)}.",
            near is null ? null : $"Did you mean `{near}`?");
        return null;
    }

    public override JsonObject Schema() => new() { ["enum"] = new JsonArray([.. words.Select(w => (JsonNode)w)]) };
}

/// <summary>Which Source of the spec is the upstream archive: a number or a tag name.</summary>
internal sealed class SourceIdShape : ValueShape<string>
{
    public override string Expected => "a number or a string such as `Source0`";

    public override object? Read(YamlNode node, ConfigPath path, ProblemList problems) => node switch
    {
        YamlScalar { ScalarKind: ScalarKind.Integer } scalar when scalar.AsInteger is { } number => "Source" + number.ToString(CultureInfo.InvariantCulture),
        YamlScalar { ScalarKind: ScalarKind.Text } scalar when int.TryParse(scalar.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) =>
            "Source" + number.ToString(CultureInfo.InvariantCulture),
        YamlScalar { ScalarKind: ScalarKind.Text } scalar => scalar.Text,
        _ => WrongType(node, path, problems),
    };

    public override JsonObject Schema() => new() { ["type"] = new JsonArray("integer", "string") };
}

/// <summary>Anything; kept as it is.</summary>
internal sealed class FreeShape : ValueShape<ConfigValue>
{
    public override string Expected => "a value";

    public override object? Read(YamlNode node, ConfigPath path, ProblemList problems) => YamlValues.Convert(node);

    public override JsonObject Schema() => [];
}

/// <summary>Anything; it is accepted but has no effect, which the user is told.</summary>
internal sealed class UnreadShape(string hint) : ValueShape<ConfigValue>
{
    public override string Expected => "nothing";

    public override object? Read(YamlNode node, ConfigPath path, ProblemList problems)
    {
        problems.Warning(ProblemCodes.DeprecatedKey, node, path, $"`{path}` has no effect.", hint);
        return YamlValues.Convert(node);
    }

    public override JsonObject Schema() => [];
}
