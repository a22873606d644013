using System.Xml.Linq;

namespace Packit.Sandbox.Tests;

/// <summary>What the hub answered: a value, or a fault when the code is not 0.</summary>
public sealed record KojiAnswer(object? Value, int Code, string Fault, XElement Xml)
{
    public int Number => (int)Value!;

    public IReadOnlyList<object?> List => (List<object?>)Value!;

    public object? this[string member] => ((Dictionary<string, object?>)Value!)[member];

    public static object? Of(object? value, string member) => ((Dictionary<string, object?>)value!)[member];
}
