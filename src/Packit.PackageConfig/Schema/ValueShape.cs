using System.Text.Json.Nodes;
using Packit.PackageConfig.Yaml;

namespace Packit.PackageConfig.Schema;

/// <summary>What a value must look like: reads it, reports what is wrong with it, and describes itself as JSON schema.</summary>
internal abstract class ValueShape
{
    /// <summary>What is expected, to complete "expected …".</summary>
    public abstract string Expected { get; }

    /// <returns>The value in the type that the shape stands for; null when a problem was added.</returns>
    public abstract object? Read(YamlNode node, ConfigPath path, ProblemList problems);

    public abstract JsonObject Schema();

    protected object? WrongType(YamlNode node, ConfigPath path, ProblemList problems, string? hint = null)
    {
        var found = node is YamlScalar { Text.Length: > 0 and < 60 } scalar ? $"`{scalar.Text}` is {node.Kind}" : $"this is {node.Kind}";
        problems.Error(ProblemCodes.WrongType, node, path, $"Expected {Expected}, but {found}.", hint ?? DefaultHint(node));
        return null;
    }

    private static string? DefaultHint(YamlNode node) => node is YamlScalar { ScalarKind: ScalarKind.Null }
        ? "Give it a value or remove the key."
        : null;
}

/// <summary>A shape whose values are <typeparamref name="T"/>.</summary>
internal abstract class ValueShape<T> : ValueShape
{
}
