using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Packit.Sandbox.Tests;

/// <summary>XML-RPC by hand for the stories: no library of the product has a part in it.</summary>
internal static partial class KojiWire
{
    /// <summary>A call with values as C# has them: null, bool, int, double, string, arrays, and dictionaries for structs.</summary>
    public static string Call(string method, params object?[] parameters) =>
        new XElement("methodCall", new XElement("methodName", method), new XElement("params", parameters.Select(one => new XElement("param", Value(one)))))
            .ToString(SaveOptions.DisableFormatting);

    /// <summary>Keyword arguments as Koji sends them.</summary>
    public static Dictionary<string, object?> Keywords(params (string Name, object? Value)[] members)
    {
        var all = members.ToDictionary(member => member.Name, member => member.Value);
        all["__starstar"] = true;
        return all;
    }

    /// <summary>The value of an answer; a fault becomes <see cref="KojiAnswer.Code"/> and text.</summary>
    public static KojiAnswer Read(string xml)
    {
        var root = XDocument.Parse(xml).Root!;
        if (root.Element("fault") is { } fault)
        {
            var members = Plain(fault.Element("value")!) as Dictionary<string, object?>;
            return new KojiAnswer(null, (int)members!["faultCode"]!, (string)members["faultString"]!, fault.Element("value")!);
        }

        var value = Assert.Single(root.Element("params")!.Elements("param")).Element("value")!;
        return new KojiAnswer(Plain(value), 0, "", value);
    }

    /// <summary>Each place in a value with its type, arrays by their first item, keys that are numbers by a sign.</summary>
    public static SortedDictionary<string, string> Shape(XElement value)
    {
        var places = new SortedDictionary<string, string>(StringComparer.Ordinal);
        Walk(value, "");
        return places;

        void Walk(XElement one, string path)
        {
            var type = one.Elements().Single();
            string name = type.Name.LocalName;
            places[path] = name;
            if (name == "array" && type.Element("data")!.Elements("value").FirstOrDefault() is { } first)
            {
                Walk(first, path + "[]");
            }

            foreach (var member in type.Elements("member"))
            {
                string key = member.Element("name")!.Value;
                Walk(member.Element("value")!, path + "." + (key.All(char.IsAsciiDigit) ? "#" : key));
            }
        }
    }

    /// <summary>The exchanges in the text of a recording: the call's XML and the answer's.</summary>
    public static IEnumerable<(string Method, string Call, string Answer)> Exchanges(string recording)
    {
        string[] parts = Turn().Split(recording);
        for (int at = 1; at + 1 < parts.Length; at++)
        {
            if (Xml().Match(parts[at]) is { Success: true, Value: var call } && call.Contains("<methodCall>", StringComparison.Ordinal)
                && Xml().Match(parts[at + 1]) is { Success: true, Value: var answer } && answer.Contains("<methodResponse>", StringComparison.Ordinal))
            {
                yield return (XDocument.Parse(call).Root!.Element("methodName")!.Value, call, answer);
            }
        }
    }

    private static XElement Value(object? value) => new("value", value switch
    {
        null => new XElement("nil"),
        bool truth => new XElement("boolean", truth ? 1 : 0),
        int number => new XElement("int", number),
        long number => new XElement("i8", number),
        double number => new XElement("double", number),
        string text => new XElement("string", text),
        IReadOnlyDictionary<string, object?> members => new XElement(
            "struct", members.Select(member => new XElement("member", new XElement("name", member.Key), Value(member.Value)))),
        System.Collections.IEnumerable items => new XElement("array", new XElement("data", items.Cast<object?>().Select(Value))),
        _ => throw new ArgumentException($"no XML-RPC value: {value}", nameof(value)),
    });

    private static object? Plain(XElement value)
    {
        var type = value.Elements().Single();
        return type.Name.LocalName switch
        {
            "nil" => null,
            "boolean" => type.Value == "1",
            "int" => (int)type,
            "i8" => (long)type,
            "double" => (double)type,
            "string" => type.Value,
            "array" => type.Element("data")!.Elements("value").Select(Plain).ToList(),
            "struct" => type.Elements("member").ToDictionary(member => member.Element("name")!.Value, member => Plain(member.Element("value")!)),
            _ => throw new InvalidDataException($"unknown type {type.Name}"),
        };
    }

    [GeneratedRegex(@"\n(?:>>>|<<<) \d\d:\d\d:\d\d\n", RegexOptions.NonBacktracking)]
    private static partial Regex Turn();

    [GeneratedRegex(@"<\?xml(.|\n)*</method(Call|Response)>", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Xml();
}
