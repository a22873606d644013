using System.Text.Json.Nodes;

namespace Packit.Sandbox.Koji;

/// <summary>The parameters of a method, and Python's way of filling them and of complaining.</summary>
internal sealed class MethodSignature
{
    private readonly string _shown;
    private readonly int _self;
    private readonly string[] _names;
    private readonly int _required;

    private MethodSignature(string shown, string[] names, int required)
    {
        _shown = shown;
        _self = shown.Contains('.', StringComparison.Ordinal) ? 1 : 0;
        _names = names;
        _required = required;
    }

    /// <summary>Reads a signature such as <c>RootExports.build(src, target, opts=)</c>; an equals sign marks what may be left out.</summary>
    public static MethodSignature Parse(string text)
    {
        int open = text.IndexOf('(', StringComparison.Ordinal);
        string[] names = text[(open + 1)..^1].Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return new MethodSignature(text[..open], [.. names.Select(name => name.TrimEnd('='))], names.Count(name => !name.EndsWith('=')));
    }

    /// <summary>Gives each value its name: Koji's keywords come as a last struct with the member <c>__starstar</c>.</summary>
    public Arguments Bind(JsonArray given)
    {
        var positional = given.Select(value => value?.DeepClone()).ToList();
        var values = new Dictionary<string, JsonNode?>(StringComparer.Ordinal);
        JsonObject keywords = [];
        if (positional is [.., JsonObject last] && last.ContainsKey("__starstar"))
        {
            keywords = last;
            keywords.Remove("__starstar");
            positional.RemoveAt(positional.Count - 1);
        }

        if (positional.Count > _names.Length)
        {
            throw HubFault.Parameter(
                $"{_shown}() takes {Takes()} but {positional.Count + _self} {(positional.Count + _self == 1 ? "was" : "were")} given");
        }

        for (int at = 0; at < positional.Count; at++)
        {
            values[_names[at]] = positional[at];
        }

        foreach (var (name, value) in keywords)
        {
            if (!_names.Contains(name))
            {
                throw HubFault.Parameter($"{_shown}() got an unexpected keyword argument '{name}'");
            }

            if (!values.TryAdd(name, value))
            {
                throw HubFault.Parameter($"{_shown}() got multiple values for argument '{name}'");
            }
        }

        string[] missing = [.. _names.Take(_required).Where(name => !values.ContainsKey(name)).Select(name => $"'{name}'")];
        if (missing.Length > 0)
        {
            throw HubFault.Parameter(
                $"{_shown}() missing {missing.Length} required positional argument{(missing.Length == 1 ? "" : "s")}: {Join(missing)}");
        }

        return new Arguments(values);
    }

    private static string Join(string[] names) => names switch
    {
        [var only] => only,
        [var first, var second] => $"{first} and {second}",
        _ => $"{string.Join(", ", names[..^1])}, and {names[^1]}",
    };

    private string Takes()
    {
        int most = _names.Length + _self;
        int least = _required + _self;
        return least == most ? $"{most} positional argument{(most == 1 ? "" : "s")}" : $"from {least} to {most} positional arguments";
    }
}
