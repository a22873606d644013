using System.Globalization;
using System.Text.Json.Nodes;
using System.Xml;

namespace Packit.Sandbox.Koji;

/// <summary>Reads a <c>methodCall</c>. Values become JSON nodes: nil is null; a date and base64 stay their text.</summary>
internal static class XmlRpcReader
{
    private const int MaximumDepth = 100;

    private static readonly XmlReaderSettings Strict = new()
    {
        DtdProcessing = DtdProcessing.Prohibit, IgnoreComments = true, IgnoreProcessingInstructions = true, XmlResolver = null,
    };

    /// <exception cref="XmlException">It is no XML, or no call.</exception>
    public static (string Method, JsonArray Parameters) ReadCall(string xml)
    {
        CheckForm(xml);
        using var text = new StringReader(xml);
        using var reader = XmlReader.Create(text, Strict);
        reader.MoveToContent();
        reader.ReadStartElement("methodCall");
        reader.MoveToContent();
        string method = reader.ReadElementContentAsString("methodName", "").Trim();
        var parameters = new JsonArray();
        if (reader.MoveToContent() == XmlNodeType.Element)
        {
            bool empty = reader.IsEmptyElement;
            reader.ReadStartElement("params");
            if (!empty)
            {
                while (reader.MoveToContent() == XmlNodeType.Element)
                {
                    reader.ReadStartElement("param");
                    parameters.Add(ReadValue(reader, 0));
                    End(reader);
                }

                reader.ReadEndElement();
            }
        }

        End(reader);
        return (method, parameters);
    }

    /// <summary>What the hub's parser would say of the trouble.</summary>
    public static string Describe(string xml, XmlException trouble)
    {
        string[] lines = xml.Split('\n');
        int column = Math.Max(0, trouble.LinePosition - 1);
        bool atEnd = trouble.LineNumber >= lines.Length && column >= lines[^1].Length && xml.TrimStart().StartsWith('<');
        return string.Create(CultureInfo.InvariantCulture, $"{(atEnd ? "no element found" : "syntax error")}: line {trouble.LineNumber}, column {column}");
    }

    /// <summary>A text that breaks off is told as such, also when it would be no call anyway.</summary>
    private static void CheckForm(string xml)
    {
        using var text = new StringReader(xml);
        using var reader = XmlReader.Create(text, Strict);
        while (reader.Read())
        {
            // Only whether it can be read to its end counts.
        }
    }

    private static JsonNode? ReadValue(XmlReader reader, int depth)
    {
        if (depth > MaximumDepth)
        {
            throw new XmlException("The values are nested too deeply.");
        }

        reader.MoveToContent();
        if (reader.IsEmptyElement)
        {
            reader.ReadStartElement("value");
            return "";
        }

        reader.ReadStartElement("value");
        string bare = "";
        while (reader.NodeType is XmlNodeType.Text or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace or XmlNodeType.CDATA)
        {
            bare += reader.Value;
            reader.Read();
        }

        if (reader.NodeType == XmlNodeType.EndElement)
        {
            reader.ReadEndElement();
            return bare;
        }

        var value = ReadTyped(reader, depth);
        End(reader);
        return value;
    }

    private static JsonNode? ReadTyped(XmlReader reader, int depth)
    {
        switch (reader.LocalName)
        {
            case "nil":
                reader.Skip();
                return null;
            case "boolean":
                return reader.ReadElementContentAsString().Trim() == "1";
            case "int" or "i4" or "i8" or "i2" or "i1":
                long number = long.Parse(reader.ReadElementContentAsString().Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
                return number is >= int.MinValue and <= int.MaxValue ? JsonValue.Create((int)number) : JsonValue.Create(number);
            case "double":
                return double.Parse(reader.ReadElementContentAsString().Trim(), NumberStyles.Float, CultureInfo.InvariantCulture);
            case "string" or "dateTime.iso8601" or "base64":
                return reader.ReadElementContentAsString();
            case "array":
                return ReadArray(reader, depth);
            case "struct":
                return ReadStruct(reader, depth);
            default:
                throw new XmlException($"unknown type {reader.LocalName}");
        }
    }

    private static JsonArray ReadArray(XmlReader reader, int depth)
    {
        var array = new JsonArray();
        reader.ReadStartElement("array");
        reader.MoveToContent();
        bool empty = reader.IsEmptyElement;
        reader.ReadStartElement("data");
        if (!empty)
        {
            while (reader.MoveToContent() == XmlNodeType.Element)
            {
                array.Add(ReadValue(reader, depth + 1));
            }

            reader.ReadEndElement();
        }

        End(reader);
        return array;
    }

    private static JsonObject ReadStruct(XmlReader reader, int depth)
    {
        var members = new JsonObject();
        bool empty = reader.IsEmptyElement;
        reader.ReadStartElement("struct");
        if (!empty)
        {
            while (reader.MoveToContent() == XmlNodeType.Element)
            {
                reader.ReadStartElement("member");
                reader.MoveToContent();
                string name = reader.ReadElementContentAsString("name", "");
                members[name] = ReadValue(reader, depth + 1);
                End(reader);
            }

            reader.ReadEndElement();
        }

        return members;
    }

    private static void End(XmlReader reader)
    {
        reader.MoveToContent();
        reader.ReadEndElement();
    }
}
