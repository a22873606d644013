using System.IO.Compression;
using System.Text;
using Packit.Http;
using Packit.Koji.Tests.Hub;

namespace Packit.Koji.Tests.Calls;

public class HostileAnswerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_body_without_end_is_cut_off()
    {
        var failed = await AskAsync(HubReply.Raw("<methodResponse>" + new string(' ', 1 << 20)) with { NeverEnds = true });
        Assert.Equal(RemoteFailure.Unexpected, failed.Failure);
        Assert.Contains("larger than", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_small_body_that_grows_when_it_is_unpacked_is_cut_off()
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            var blanks = new byte[1 << 20];
            blanks.AsSpan().Fill((byte)' ');
            for (var megabyte = 0; megabyte < 64; megabyte++)
            {
                await gzip.WriteAsync(blanks, Token);
            }
        }

        var failed = await AskAsync(new HubReply(packed.ToArray()) { Encoding = "gzip" });
        Assert.Contains("larger than", failed.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]><methodResponse><params><param><value>&b;</value></param></params></methodResponse>")]
    [InlineData("<!DOCTYPE x SYSTEM \"file:///etc/passwd\"><methodResponse/>")]
    [InlineData("<methodResponse><params><param><value><struct><member><name>build_id")]
    [InlineData("<methodCall><methodName>getBuild</methodName><params/></methodCall>")]
    [InlineData("")]
    public async Task What_is_no_answer_is_unexpected_and_not_asked_again(string body) =>
        Assert.Equal((RemoteFailure.Unexpected, false), await AskAsync(HubReply.Raw(body)) is var failed ? (failed.Failure, failed.IsTransient) : default);

    [Theory]
    [InlineData(200, "text/html", RemoteFailure.Unexpected)]
    [InlineData(302, "text/html", RemoteFailure.Unexpected)]
    [InlineData(400, "text/plain", RemoteFailure.Invalid)]
    [InlineData(405, "text/plain", RemoteFailure.Invalid)]
    [InlineData(408, "text/plain", RemoteFailure.Timeout)]
    [InlineData(500, "text/html", RemoteFailure.ServerError)]
    [InlineData(504, "text/html", RemoteFailure.Timeout)]
    public async Task A_page_of_something_else_has_its_kind(int status, string type, RemoteFailure failure) =>
        Assert.Equal(failure, (await AskAsync(HubReply.Page(status, type))).Failure);

    [Fact]
    public async Task An_answer_of_the_wrong_shape_says_where()
    {
        var failed = await AskAsync(HubReply.Of(Xml.Struct(("build_id", Xml.Int(1)), ("nvr", Xml.Nil))));
        Assert.Equal("Koji's answer cannot be understood: getBuild.nvr is nil, and a text was expected.", failed.Message);
        failed = await AskAsync(HubReply.Of(Xml.List()));
        Assert.Equal("Koji's answer cannot be understood: getBuild is a list, and a struct was expected.", failed.Message);
    }

    [Fact]
    public async Task A_state_that_nobody_knows_is_refused()
    {
        var failed = await AskAsync(HubReply.Of(Xml.Struct(
            ("build_id", Xml.Int(1)), ("nvr", Xml.Text("x-1-1")), ("name", Xml.Text("x")), ("version", Xml.Text("1")), ("release", Xml.Text("1")), ("state", Xml.Int(9)))));
        Assert.Contains("getBuild.state is the number 9, and a KojiBuildState was expected", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fault_is_one_clean_line_also_when_the_hub_sends_its_whole_traceback()
    {
        var failed = await AskAsync(HubReply.Fault(
            1000, "Traceback (most recent call last):\n  File \"/usr/share/koji-hub/kojixmlrpc.py\", line 1, in f\n    raise\nkoji.GenericError: No such \u202e\u2028thing\n"));
        Assert.Equal(("No such \u202e\u2028thing", RemoteFailure.NotFound), (failed.FaultText, failed.Failure));
        Assert.Contains(": No such   thing (fault 1000)", failed.Message, StringComparison.Ordinal);
        Assert.Equal(4000, (await AskAsync(HubReply.Fault(1, new string('x', 100_000)))).FaultText.Length);
    }

    [Fact]
    public async Task A_number_that_nobody_knows_is_another_fault()
    {
        var failed = await AskAsync(HubReply.Fault(4711, "new"));
        Assert.Equal((KojiFaultCode.Other, 4711, RemoteFailure.Unexpected), (failed.Code, failed.FaultNumber, failed.Failure));
    }

    private static async Task<KojiException> AskAsync(HubReply reply)
    {
        await using var hub = (await StubHub.StartAsync()).On("getBuild", _ => reply);
        await using var client = hub.Client(static options => options with { Retries = 0 });
        return await Assert.ThrowsAsync<KojiException>(() => client.BuildAsync("x-1-1", Token));
    }
}
