using System.Text;
using System.Xml;

namespace Packit.Koji.Tests.Codec;

public class RpcCodecTests
{
    private static readonly RpcLimits Limits = RpcLimits.Default;

    [Theory]
    [InlineData("<nil/>", "nil")]
    [InlineData("<nil></nil>", "nil")]
    [InlineData("<boolean>1</boolean>", "true")]
    [InlineData("<boolean>0</boolean>", "false")]
    [InlineData("<int>-7</int>", "-7")]
    [InlineData("<i4> 42 </i4>", "42")]
    [InlineData("<i8>9223372036854775807</i8>", "9223372036854775807")]
    [InlineData("<double>1795328100.648043</double>", "1795328100.648043")]
    [InlineData("<string>a &lt;b&gt; &amp; c</string>", "'a <b> & c'")]
    [InlineData("<string/>", "''")]
    [InlineData("<string>  two  blanks </string>", "'  two  blanks '")]
    [InlineData("<string><![CDATA[<x>]]></string>", "'<x>'")]
    [InlineData("bare &amp; plain", "'bare & plain'")]
    [InlineData("", "''")]
    [InlineData("<dateTime.iso8601>20261122T06:15:00</dateTime.iso8601>", "'20261122T06:15:00'")]
    [InlineData("<base64>aGk=\n</base64>", "bytes 6869")]
    [InlineData("<array><data/></array>", "[]")]
    [InlineData("<array>\n<data>\n<value><int>1</int></value>\n<value>x</value>\n</data>\n</array>", "[1, 'x']")]
    [InlineData("<struct/>", "{}")]
    [InlineData("<struct><member><name>123</name><value><nil/></value></member></struct>", "{123: nil}")]
    public void Each_form_of_a_value_is_read(string xml, string shown) => Assert.Equal(shown, Values.Show(Result(Hub.Xml.Answer(xml))));

    [Fact]
    public void An_empty_value_element_is_an_empty_text() =>
        Assert.Equal("''", Values.Show(Result("<methodResponse><params><param><value/></param></params></methodResponse>")));

    [Theory]
    [InlineData("<methodResponse><params><param><value><int>1</int></value></param></params>", "not closed")]
    [InlineData("<methodResponse><params><param><value><int>1</int></value></param></params></methodResponse><more/>", "root")]
    [InlineData("<methodResponse><params></params></methodResponse>", "exactly one value")]
    [InlineData("<methodResponse/>", "<params> was expected")]
    [InlineData("<html><body>Maintenance</body></html>", "<methodResponse> was expected")]
    [InlineData("", "Root element is missing")]
    [InlineData("hello", "root level is invalid")]
    [InlineData("<!DOCTYPE a [<!ENTITY b \"bomb\">]><methodResponse><params><param><value>&b;</value></param></params></methodResponse>", "DTD is prohibited")]
    [InlineData("<methodResponse><fault><value><struct/></value></fault></methodResponse>", "A fault has")]
    [InlineData("<methodResponse><fault><value><struct><member><name>faultCode</name><value><i8>99999999999</i8></value></member><member><name>faultString</name><value/></member></struct></value></fault></methodResponse>", "A fault has")]
    public void What_is_no_answer_is_refused(string xml, string reason) =>
        Assert.Contains(reason, Assert.Throws<XmlException>(() => RpcReader.Read(Encoding.UTF8.GetBytes(xml), Limits)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("<int>1.5</int>", "not a whole number")]
    [InlineData("<int></int>", "not a whole number")]
    [InlineData("<i8>9223372036854775808</i8>", "not a whole number")]
    [InlineData("<boolean>yes</boolean>", "not a boolean")]
    [InlineData("<double>NaN</double>", "not a number")]
    [InlineData("<double>1,5</double>", "not a number")]
    [InlineData("<base64>%%</base64>", "not Base64")]
    [InlineData("<nil>x</nil>", "nil has content")]
    [InlineData("<object/>", "<object> is no type")]
    [InlineData("text<int>1</int>", "text beside its type")]
    [InlineData("<int>1</int>text", "where an element should end")]
    [InlineData("<int>1</int><int>2</int>", "where an element should end")]
    [InlineData("<string>a<b/></string>", "invalid XmlNodeType")]
    [InlineData("<array><value/></array>", "<data> was expected")]
    [InlineData("<struct><member><value/></member></struct>", "<name> was expected")]
    [InlineData("<struct><member><name>a</name></member></struct>", "<value> was expected")]
    [InlineData("<struct><member><name>a</name><value/></member><member><name>a</name><value/></member></struct>", "'a' occurs twice")]
    public void A_value_that_is_none_is_refused(string xml, string reason) =>
        Assert.Contains(reason, Assert.Throws<XmlException>(() => Result(Hub.Xml.Answer(xml))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_fault_comes_with_its_code_and_text() =>
        Assert.Equal(new RpcDocument.Fault(1005, "package x not in list for tag f43 > 'y'"), RpcReader.Read(Encoding.UTF8.GetBytes(Hub.Xml.Fault(1005, "package x not in list for tag f43 > 'y'")), Limits));

    [Fact]
    public void Characters_that_XML_does_not_know_do_not_spoil_an_answer()
    {
        const string start = "<methodResponse><params><param><value><string>a\u0001b&#2;c\u001b[0m\uFFFEé😀";
        byte[] body = [.. Encoding.UTF8.GetBytes(start), 0xC3, .. "</string></value></param></params></methodResponse>"u8];
        var text = Assert.IsType<RpcValue.Text>(Assert.IsType<RpcDocument.Result>(RpcReader.Read(body, Limits)).Value).Value;
        Assert.StartsWith("a\uFFFDb\uFFFDc\uFFFD[0m\uFFFDé😀", text, StringComparison.Ordinal);
        Assert.EndsWith("\uFFFD", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mark_of_the_byte_order_is_skipped() =>
        Assert.Equal("1", Values.Show(Assert.IsType<RpcDocument.Result>(RpcReader.Read([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Hub.Xml.Answer("<int>1</int>"))], Limits)).Value));

    [Fact]
    public void Values_nested_too_deep_are_refused_without_harm()
    {
        var deep = string.Concat(Enumerable.Repeat("<array><data><value>", 200_000));
        Assert.Contains("nested deeper", Assert.Throws<XmlException>(() => Result($"<methodResponse><params><param><value>{deep}")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Too_many_values_are_refused()
    {
        var many = Hub.Xml.Answer($"<array><data>{string.Concat(Enumerable.Repeat("<value/>", 2000))}</data></array>");
        var failed = Assert.Throws<XmlException>(() => RpcReader.Read(many, Limits with { MaxValues = 1000 }));
        Assert.Contains("more than 1000 values", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_call_is_written_as_the_hub_reads_it()
    {
        var body = RpcWriter.Call("build", [
            "git+https://example.org/x.git#abc", RpcValue.None, true, 5, 1L << 40, new RpcValue.Real(0.1), new RpcValue.Bytes("hi"u8.ToArray()),
            RpcValue.Of(["a", "b<&>"]), KojiCall.Keywords(("strict", false), ("left_out", (string?)null))]);
        Assert.Equal(
            "build('git+https://example.org/x.git#abc', nil, true, 5, 1099511627776, 0.1, aGk=, ['a', 'b<&>'], {__starstar: true, strict: false})",
            Hub.Xml.Show(Encoding.UTF8.GetString(body)));
        Assert.Contains("<i8>1099511627776</i8>", Encoding.UTF8.GetString(body), StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_that_XML_cannot_carry_is_not_sent() =>
        Assert.All((string[])["nul \0", "escape \u001b", "half a character \ud83d", "\uFFFE"], static text =>
        {
            var refused = Assert.Throws<KojiException>(() => RpcWriter.Call("x", [text]));
            Assert.Equal((Http.RemoteFailure.Invalid, KojiEffect.None), (refused.Failure, refused.Effect));
        });

    private static RpcValue Result(string xml) => Assert.IsType<RpcDocument.Result>(RpcReader.Read(xml, Limits)).Value;
}
