using System.Collections.Frozen;
using System.Reflection;

namespace Packit.Automation.Storage;

/// <summary>Both directions between an enum and its wire names.</summary>
public static class WireNames<T>
    where T : struct, Enum
{
    private static readonly FrozenDictionary<T, string> Names = Enum.GetValues<T>().ToFrozenDictionary(
        value => value,
        value => typeof(T).GetField(value.ToString())!.GetCustomAttribute<WireNameAttribute>()?.Name
            ?? throw new InvalidOperationException($"{typeof(T).Name}.{value} has no wire name."));

    private static readonly FrozenDictionary<string, T> Values = Names.ToFrozenDictionary(pair => pair.Value, pair => pair.Key);

    /// <summary>The wire name of a value.</summary>
    public static string Of(T value) => Names[value];

    /// <summary>The value of a wire name.</summary>
    /// <exception cref="KeyNotFoundException">The name is not one of this enum.</exception>
    public static T Parse(string name) => Values[name];
}
