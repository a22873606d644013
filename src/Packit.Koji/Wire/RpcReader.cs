using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Xml;

namespace Packit.Koji;

/// <summary>
/// Reads documents of XML-RPC, one element after the other and within limits: no document type, no entities of its own, no name twice in
/// a struct. Koji: <c>koji/xmlrpcplus.py</c>, <c>ExtendedUnmarshaller</c>; XML-RPC specification.
/// </summary>
internal sealed class RpcReader
{
    private readonly XmlReader _xml;
    private readonly RpcLimits _limits;
    private int _values;

    private RpcReader(XmlReader xml, RpcLimits limits)
    {
        _xml = xml;
        _limits = limits;
    }

    /// <exception cref="XmlException">The document is not XML-RPC, or goes beyond the limits.</exception>
    public static RpcDocument Read(ReadOnlySpan<byte> utf8, RpcLimits limits) => Read(Printable.Decode(utf8), limits);

    /// <inheritdoc cref="Read(ReadOnlySpan{byte}, RpcLimits)"/>
    public static RpcDocument Read(string text, RpcLimits limits)
    {
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            MaxCharactersInDocument = limits.MaxBytes,
            // Numeric references to characters that XML does not know come too; the texts are cleaned afterwards.
            CheckCharacters = false,
        };
        using var xml = XmlReader.Create(new StringReader(text), settings);
        return new RpcReader(xml, limits).Document();
    }

    private RpcDocument Document()
    {
        _xml.MoveToContent();
        RpcDocument document = At("methodCall") ? Call() : Response();
        SkipSpace();
        return document;
    }

    private RpcDocument.Call Call()
    {
        Open("methodCall");
        SkipSpace();
        Expect("methodName");
        var call = new RpcDocument.Call(_xml.ReadElementContentAsString(), Parameters());
        Close();
        return call;
    }

    private RpcDocument Response()
    {
        Open("methodResponse");
        RpcDocument answer;
        if (At("fault"))
        {
            Open("fault");
            answer = Fault(Value(0));
            Close();
        }
        else
        {
            answer = Parameters() is [var only] ? new RpcDocument.Result(only) : throw Wrong("An answer has exactly one value.");
        }

        Close();
        return answer;
    }

    private RpcDocument.Fault Fault(RpcValue value) =>
        value is RpcValue.Struct fault && fault["faultCode"] is RpcValue.Whole { Value: >= int.MinValue and <= int.MaxValue } code && fault["faultString"] is { } text
            ? new RpcDocument.Fault((int)code.Value, text is RpcValue.Text said ? said.Value : "")
            : throw Wrong("A fault has a code and a text.");

    private List<RpcValue> Parameters()
    {
        var values = new List<RpcValue>();
        if (!Open("params"))
        {
            return values;
        }

        while (At("param"))
        {
            Open("param");
            values.Add(Value(0));
            Close();
        }

        Close();
        return values;
    }

    private RpcValue Value(int depth)
    {
        if (depth > _limits.MaxDepth)
        {
            throw Wrong($"Values are nested deeper than {_limits.MaxDepth}.");
        }

        if (++_values > _limits.MaxValues)
        {
            throw Wrong($"There are more than {_limits.MaxValues} values.");
        }

        if (!Open("value"))
        {
            return new RpcValue.Text("");
        }

        // Text that stands in a value without a type is a string.
        var bare = BareText();
        if (_xml.NodeType == XmlNodeType.EndElement)
        {
            _xml.Read();
            return new RpcValue.Text(Printable.Clean(bare));
        }

        if (bare.AsSpan().Trim().Length > 0)
        {
            throw Wrong("A value has text beside its type.");
        }

        var value = Typed(depth);
        Close();
        return value;
    }

    private string BareText()
    {
        StringBuilder? more = null;
        var text = "";
        while (_xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace)
        {
            if (text.Length > 0)
            {
                more ??= new StringBuilder(text);
            }

            text = _xml.Value;
            more?.Append(text);
            _xml.Read();
        }

        return more?.ToString() ?? text;
    }

    private RpcValue Typed(int depth)
    {
        switch (_xml.LocalName)
        {
            case "nil":
                return _xml.ReadElementContentAsString().Length == 0 ? RpcValue.None : throw Wrong("A nil has content.");
            case "boolean":
                return _xml.ReadElementContentAsString().Trim() switch
                {
                    "0" => false,
                    "1" => true,
                    var other => throw Wrong($"'{Short(other)}' is not a boolean."),
                };
            case "int" or "i1" or "i2" or "i4" or "i8":
                var whole = _xml.ReadElementContentAsString();
                return long.TryParse(whole, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number)
                    ? number
                    : throw Wrong($"'{Short(whole)}' is not a whole number of 64 bits.");
            case "double":
                var real = _xml.ReadElementContentAsString();
                return double.TryParse(real, NumberStyles.Float, CultureInfo.InvariantCulture, out var fraction) && double.IsFinite(fraction)
                    ? new RpcValue.Real(fraction)
                    : throw Wrong($"'{Short(real)}' is not a number.");
            case "string" or "dateTime.iso8601":
                return Printable.Clean(_xml.ReadElementContentAsString());
            case "base64":
                return Base64();
            case "array":
                return Items(depth);
            case "struct":
                return Members(depth);
            default:
                throw Wrong($"<{Short(_xml.LocalName)}> is no type.");
        }
    }

    private RpcValue.Bytes Base64()
    {
        try
        {
            return new RpcValue.Bytes(Convert.FromBase64String(_xml.ReadElementContentAsString()));
        }
        catch (FormatException broken)
        {
            throw new XmlException("A value is not Base64.", broken);
        }
    }

    private RpcValue.List Items(int depth)
    {
        Open("array");
        var items = ImmutableArray.CreateBuilder<RpcValue>();
        if (Open("data"))
        {
            while (At("value"))
            {
                items.Add(Value(depth + 1));
            }

            Close();
        }

        Close();
        return new RpcValue.List(items.ToImmutable());
    }

    private RpcValue.Struct Members(int depth)
    {
        var members = ImmutableDictionary.CreateBuilder<string, RpcValue>();
        if (Open("struct"))
        {
            while (At("member"))
            {
                Open("member");
                SkipSpace();
                Expect("name");
                var name = Printable.Clean(_xml.ReadElementContentAsString());
                if (!members.TryAdd(name, Value(depth + 1)))
                {
                    throw Wrong($"The member '{Short(name)}' occurs twice.");
                }

                Close();
            }

            Close();
        }

        return new RpcValue.Struct(members.ToImmutable());
    }

    private bool At(string name)
    {
        SkipSpace();
        return _xml.NodeType == XmlNodeType.Element && _xml.LocalName == name;
    }

    /// <returns>False when the element is <c>&lt;so/&gt;</c>: it has no content and needs no closing.</returns>
    private bool Open(string name)
    {
        SkipSpace();
        Expect(name);
        var hasContent = !_xml.IsEmptyElement;
        _xml.Read();
        return hasContent;
    }

    private void Close()
    {
        SkipSpace();
        if (_xml.NodeType != XmlNodeType.EndElement)
        {
            throw Wrong($"<{Short(_xml.LocalName)}> stands where an element should end.");
        }

        _xml.Read();
    }

    private void Expect(string name)
    {
        if (_xml.NodeType != XmlNodeType.Element || _xml.LocalName != name)
        {
            throw Wrong($"<{name}> was expected, not {(_xml.NodeType == XmlNodeType.Element ? $"<{Short(_xml.LocalName)}>" : "text or an end")}.");
        }
    }

    private void SkipSpace()
    {
        while (_xml.NodeType is XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace or XmlNodeType.XmlDeclaration)
        {
            _xml.Read();
        }
    }

    private XmlException Wrong(string what) =>
        _xml is IXmlLineInfo at ? new XmlException(what, null, at.LineNumber, at.LinePosition) : new XmlException(what);

    private static string Short(string text) => text.Length > 40 ? text[..40] + "…" : text;
}
