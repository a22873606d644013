using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Packit.Stub;

namespace Packit.Http.Tests;

public class RemoteExchangeTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_answer_is_whole_whatever_its_status()
    {
        await using var server = await StubServer.StartAsync();
        server.On("GET /x", StubAnswer.Json("""{"no": 1}""", 503).With(("Retry-After", "7"), ("X-Kind", "a")));

        var answer = await AskAsync(server, server.Client());

        Assert.Equal((HttpStatusCode.ServiceUnavailable, false), (answer.Status, answer.IsSuccess));
        Assert.Equal((TimeSpan.FromSeconds(7), "application/json"), (answer.RetryAfter, answer.MediaType));
        Assert.Equal("""{"no": 1}""", Encoding.UTF8.GetString(answer.Body));
        Assert.Equal("a", Assert.Single(answer.Headers.GetValues("X-Kind")));
    }

    [Fact]
    public async Task Trouble_before_an_answer_is_typed_and_names_service_and_purpose()
    {
        await using var server = await StubServer.StartAsync();
        server.OnEach(
            "GET /x",
            StubAnswer.Empty(200) with { Cut = true },
            StubAnswer.Json("{") with { NeverEnds = true },
            StubAnswer.Json(new string(' ', 101)));
        var client = server.Client(timeout: TimeSpan.FromMilliseconds(300));

        foreach (var (failure, words) in new[]
        {
            (RemoteFailure.Unreachable, "The connection to 127.0.0.1 failed while trying it"),
            (RemoteFailure.Timeout, "127.0.0.1 gave no whole answer within 0 s while trying it"),
            (RemoteFailure.Unexpected, "Stub's answer is larger than 100 bytes while trying it"),
        })
        {
            var failed = await Assert.ThrowsAsync<RemoteException>(() => AskAsync(server, client));
            Assert.Equal(("Stub", failure), (failed.Service, failed.Failure));
            Assert.StartsWith(words, failed.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_caller_who_goes_away_is_no_trouble_of_the_service()
    {
        await using var server = await StubServer.StartAsync();
        server.On("GET /x", StubAnswer.Json("{") with { NeverEnds = true });
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var asking = AskAsync(server, server.Client(), gone.Token);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
    }

    [Fact]
    public async Task Its_own_limit_may_be_shorter_than_that_of_the_client()
    {
        await using var server = await StubServer.StartAsync();
        server.On("GET /x", StubAnswer.Json("{") with { NeverEnds = true });
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server.Root, "x"));
        var exchange = new RemoteExchange("Stub", server.Client(), TimeProvider.System) { Limit = TimeSpan.FromMilliseconds(200) };
        var failed = await Assert.ThrowsAsync<RemoteException>(() => exchange.SendAsync(request, "trying it", 100, Token));
        Assert.Equal(RemoteFailure.Timeout, failed.Failure);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("<html>")]
    [InlineData("{}")]
    public void A_document_of_another_kind_is_unexpected(string body)
    {
        var type = JsonTypeInfo.CreateJsonTypeInfo<string>(JsonSerializerOptions.Default);
        var failed = Assert.Throws<RemoteException>(() => RemoteExchange.Read("Stub", Encoding.UTF8.GetBytes(body), type, "trying it"));
        Assert.Equal(RemoteFailure.Unexpected, failed.Failure);
        Assert.StartsWith("Stub's answer cannot be understood while trying it: ", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_root_needs_its_slash()
    {
        using var client = new HttpClient { BaseAddress = new Uri("https://koji.example/hub") };
        Assert.Contains("https://x.example/", Assert.Throws<ArgumentException>(() => RemoteExchange.Root(client, "https://x.example/")).Message, StringComparison.Ordinal);
        using var good = new HttpClient { BaseAddress = new Uri("https://koji.example/hub/") };
        Assert.Equal(good.BaseAddress, RemoteExchange.Root(good, "https://x.example/"));
    }

    [Theory]
    [InlineData("a\nb\u202Ec\0", "a b c")]
    [InlineData(null, "")]
    public void Text_of_others_becomes_one_clean_line(string? text, string expected) => Assert.Equal(expected, RemoteText.Clean(text));

    [Fact]
    public void Text_of_others_is_cut() => Assert.Equal((300, '…'), (RemoteText.Clean(new string('x', 1000)).Length, RemoteText.Clean(new string('x', 1000))[^1]));

    private static async Task<RemoteAnswer> AskAsync(StubServer server, HttpClient client, CancellationToken? token = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server.Root, "x"));
        return await new RemoteExchange("Stub", client, TimeProvider.System).SendAsync(request, "trying it", 100, token ?? Token);
    }
}
