using System.Globalization;
using System.Security;
using System.Xml.Linq;

namespace Packit.Koji.Tests.Hub;

/// <summary>The stub's own way to and from XML-RPC, so that the client is not measured against itself.</summary>
internal static class Xml
{
    public const string Nil = "<nil/>";

    public static string Int(long value) => $"<int>{value}</int>";

    public static string Flag(bool value) => $"<boolean>{(value ? 1 : 0)}</boolean>";

    public static string Real(double value) => $"<double>{value.ToString("R", CultureInfo.InvariantCulture)}</double>";

    public static string Text(string value) => $"<string>{SecurityElement.Escape(value)}</string>";

    public static string List(params string[] items) => $"<array><data>\n{string.Concat(items.Select(item => $"<value>{item}</value>\n"))}</data></array>";

    public static string Struct(params (string Name, string Value)[] members) =>
        $"<struct>\n{string.Concat(members.Select(member => $"<member>\n<name>{member.Name}</name>\n<value>{member.Value}</value>\n</member>\n"))}</struct>";

    public static string FaultStruct(int code, string text) => Struct(("faultCode", Int(code)), ("faultString", Text(text)));

    public static string Answer(string value) =>
        $"<?xml version='1.0'?>\n<methodResponse>\n<params>\n<param>\n<value>{value}</value>\n</param>\n</params>\n</methodResponse>\n";

    public static string Fault(int code, string text) =>
        $"<?xml version='1.0'?>\n<methodResponse>\n<fault>\n<value>{FaultStruct(code, text)}</value>\n</fault>\n</methodResponse>\n";

    /// <summary>A call in one line: <c>getBuild('x-1-1', {__starstar: true, strict: true})</c>, members by name.</summary>
    public static string Show(string call)
    {
        var root = XDocument.Parse(call).Root!;
        return $"{root.Element("methodName")!.Value}({string.Join(", ", root.Element("params")!.Elements("param").Select(param => Show(param.Element("value")!)))})";
    }

    private static string Show(XElement value)
    {
        if (value.Elements().FirstOrDefault() is not { } typed)
        {
            return $"'{value.Value}'";
        }

        return typed.Name.LocalName switch
        {
            "nil" => "nil",
            "boolean" => typed.Value == "1" ? "true" : "false",
            "string" => $"'{typed.Value}'",
            "array" => $"[{string.Join(", ", typed.Element("data")!.Elements("value").Select(Show))}]",
            "struct" => $"{{{string.Join(", ", typed.Elements("member")
                .OrderBy(member => member.Element("name")!.Value, StringComparer.Ordinal)
                .Select(member => $"{member.Element("name")!.Value}: {Show(member.Element("value")!)}"))}}}",
            _ => typed.Value,
        };
    }
}
