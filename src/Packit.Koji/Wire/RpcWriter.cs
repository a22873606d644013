using System.Globalization;
using System.Text;
using System.Xml;
using Packit.Http;

namespace Packit.Koji;

/// <summary>Writes calls as the hub reads them. Koji: <c>koji/xmlrpcplus.py</c>, <c>ExtendedMarshaller</c>.</summary>
internal static class RpcWriter
{
    private static readonly XmlWriterSettings Settings = new()
    {
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        NewLineHandling = NewLineHandling.Entitize,
        CheckCharacters = true,
    };

    /// <exception cref="KojiException">A text holds a character that XML cannot carry; nothing was sent.</exception>
    public static byte[] Call(string method, IEnumerable<RpcValue> parameters)
    {
        using var body = new MemoryStream();
        try
        {
            using var xml = XmlWriter.Create(body, Settings);
            xml.WriteStartElement("methodCall");
            xml.WriteElementString("methodName", method);
            xml.WriteStartElement("params");
            foreach (var parameter in parameters)
            {
                xml.WriteStartElement("param");
                Write(xml, parameter);
                xml.WriteEndElement();
            }

            xml.WriteEndElement();
            xml.WriteEndElement();
        }
        catch (ArgumentException unfit)
        {
            throw new KojiException(
                RemoteFailure.Invalid,
                $"The call {method} was not sent, because a text in it holds a character that XML cannot carry: {RemoteText.Clean(unfit.Message)}",
                unfit);
        }

        return body.ToArray();
    }

    private static void Write(XmlWriter xml, RpcValue value)
    {
        xml.WriteStartElement("value");
        switch (value)
        {
            case RpcValue.Nil:
                xml.WriteStartElement("nil");
                xml.WriteEndElement();
                break;
            case RpcValue.Flag flag:
                xml.WriteElementString("boolean", flag.Value ? "1" : "0");
                break;
            case RpcValue.Whole whole:
                var fits = whole.Value is >= int.MinValue and <= int.MaxValue;
                xml.WriteElementString(fits ? "int" : "i8", whole.Value.ToString(CultureInfo.InvariantCulture));
                break;
            case RpcValue.Real real:
                xml.WriteElementString("double", real.Value.ToString("R", CultureInfo.InvariantCulture));
                break;
            case RpcValue.Text text:
                xml.WriteElementString("string", text.Value);
                break;
            case RpcValue.Bytes bytes:
                xml.WriteElementString("base64", Convert.ToBase64String(bytes.Value.Span));
                break;
            case RpcValue.List list:
                WriteList(xml, list);
                break;
            case RpcValue.Struct record:
                WriteStruct(xml, record);
                break;
        }

        xml.WriteEndElement();
    }

    private static void WriteList(XmlWriter xml, RpcValue.List list)
    {
        xml.WriteStartElement("array");
        xml.WriteStartElement("data");
        foreach (var item in list.Items)
        {
            Write(xml, item);
        }

        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void WriteStruct(XmlWriter xml, RpcValue.Struct record)
    {
        xml.WriteStartElement("struct");
        foreach (var (name, value) in record.Members)
        {
            xml.WriteStartElement("member");
            xml.WriteElementString("name", name);
            Write(xml, value);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }
}
