using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;

namespace Packit.Koji.Tests.Codec;

public class RpcPropertyTests
{
    private static readonly Gen<string> Texts = Gen.Elements(
        "", " ", "\n", "\r\n", "\t", "a", "&", "<", ">", "]]>", "\"", "'", "é", "😀", "\uFFFD", "<!--", "<?xml?>", "faultCode", "&amp;").ListOf(6).Select(string.Concat);

    private static readonly Gen<RpcValue> Leaves = Gen.OneOf(
        Gen.Constant(RpcValue.None),
        Gen.Elements(true, false).Select(RpcValue (flag) => new RpcValue.Flag(flag)),
        Gen.Elements(0L, 1, -1, int.MaxValue, int.MinValue, int.MaxValue + 1L, int.MinValue - 1L, long.MaxValue, long.MinValue).Select(RpcValue (number) => new RpcValue.Whole(number)),
        Gen.Elements(0.0, -0.5, 1795328100.648043, 1e-300, double.MaxValue, double.Epsilon).Select(RpcValue (real) => new RpcValue.Real(real)),
        Gen.Choose(0, 255).ListOf().Select(RpcValue (bytes) => new RpcValue.Bytes(bytes.Select(one => (byte)one).ToArray())),
        Texts.Select(RpcValue (text) => new RpcValue.Text(text)));

    private static readonly Gen<RpcValue> Trees = Gen.Sized(size => Tree(Math.Min(size / 10, 4)));

    [Fact]
    public void What_is_written_is_read_back_the_same() =>
        Prop.ForAll(Trees.ToArbitrary(), static value =>
        {
            var read = Assert.IsType<RpcDocument.Call>(RpcReader.Read(RpcWriter.Call("echo", [value]), RpcLimits.Default));
            return read.Method == "echo" && Values.Show(Assert.Single(read.Parameters)) == Values.Show(value);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Whatever_comes_is_read_or_refused()
    {
        var pieces = Gen.Elements(
            "<methodResponse>", "</methodResponse>", "<params>", "</params>", "<param>", "</param>", "<value>", "</value>", "<value/>", "<int>", "</int>", "1",
            "<struct>", "</struct>", "<member>", "</member>", "<name>", "</name>", "<array>", "</array>", "<data>", "</data>", "<nil/>", "<fault>", "</fault>",
            "&#0;", "&lt;", "&x;", "\0", "<", " ", "<!-- -->", "<?pi?>", "<![CDATA[", "]]>", "<!DOCTYPE a>").ListOf().Select(string.Concat);
        Prop.ForAll(pieces.ToArbitrary(), static text =>
        {
            try
            {
                RpcReader.Read(text, RpcLimits.Default);
                return true;
            }
            catch (System.Xml.XmlException)
            {
                return true;
            }
        }).QuickCheckThrowOnFailure();
    }

    private static Gen<RpcValue> Tree(int depth) => depth == 0
        ? Leaves
        : Gen.OneOf(
            Leaves,
            Tree(depth - 1).ListOf(3).Select(RpcValue (items) => new RpcValue.List([.. items])),
            Texts.Zip(Tree(depth - 1)).ListOf(3).Select(RpcValue (members) => new RpcValue.Struct(
                members.DistinctBy(static member => member.Item1).ToImmutableDictionary(static member => member.Item1, static member => member.Item2))));
}
