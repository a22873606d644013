using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Packit.Sandbox.Koji;

/// <summary>Writes calls, answers and faults as the hub does, down to its line ends: no line end after a nil.</summary>
internal static class XmlRpcWriter
{
    private const string Head = "<?xml version='1.0'?>\n";

    public static string Response(JsonNode? value)
    {
        var text = new StringBuilder(Head).Append("<methodResponse>\n<params>\n<param>\n");
        Write(text, value);
        return text.Append("</param>\n</params>\n</methodResponse>\n").ToString();
    }

    public static string Fault(int code, string message)
    {
        var text = new StringBuilder(Head).Append("<methodResponse>\n<fault>\n");
        Write(text, new JsonObject { ["faultCode"] = code, ["faultString"] = message });
        return text.Append("</fault>\n</methodResponse>\n").ToString();
    }

    public static string Call(string method, JsonArray parameters)
    {
        var text = new StringBuilder(Head).Append("<methodCall>\n<methodName>").Append(method).Append("</methodName>\n<params>\n");
        foreach (var parameter in parameters)
        {
            text.Append("<param>\n");
            Write(text, parameter);
            text.Append("</param>\n");
        }

        return text.Append("</params>\n</methodCall>\n").ToString();
    }

    private static void Write(StringBuilder text, JsonNode? value)
    {
        switch (value)
        {
            case null:
                text.Append("<value><nil/></value>");
                break;
            case JsonArray array:
                text.Append("<value><array><data>\n");
                foreach (var item in array)
                {
                    Write(text, item);
                }

                text.Append("</data></array></value>\n");
                break;
            case JsonObject members:
                text.Append("<value><struct>\n");
                foreach (var (name, member) in members)
                {
                    text.Append("<member>\n<name>").Append(Escape(name)).Append("</name>\n");
                    Write(text, member);
                    text.Append("</member>\n");
                }

                text.Append("</struct></value>\n");
                break;
            default:
                var (type, shown) = Scalar(value.AsValue());
                text.Append("<value><").Append(type).Append('>').Append(shown).Append("</").Append(type).Append("></value>\n");
                break;
        }
    }

    private static (string Type, string Text) Scalar(JsonValue value)
    {
        switch (value.GetValueKind())
        {
            case JsonValueKind.True:
                return ("boolean", "1");
            case JsonValueKind.False:
                return ("boolean", "0");
            case JsonValueKind.Number when value.TryGetValue(out long whole) || (value.TryGetValue(out int small) && (whole = small) == small):
                return (whole is >= int.MinValue and <= int.MaxValue ? "int" : "i8", whole.ToString(CultureInfo.InvariantCulture));
            case JsonValueKind.Number:
                string number = value.GetValue<double>().ToString("R", CultureInfo.InvariantCulture);
                return ("double", number.AsSpan().ContainsAny('.', 'E') ? number : number + ".0");
            default:
                return ("string", Escape(value.GetValue<string>()));
        }
    }

    private static string Escape(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);
}
