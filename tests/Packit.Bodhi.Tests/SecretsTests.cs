using Packit.Bodhi.Tests.Servers;
using Packit.Http;
using Packit.Stub;

namespace Packit.Bodhi.Tests;

/// <summary>What is handed out for a login shows up nowhere: not in exceptions, not in addresses.</summary>
public class SecretsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_refusal_that_repeats_what_was_sent_is_shown_without_it()
    {
        await using var server = await BodhiServer.StartAsync();
        server.RepeatsWhatWasSent = true;
        var failed = Assert.IsType<BodhiException>(await FailedAsync(server.Client()));
        Assert.Contains("You sent", failed.Message, StringComparison.Ordinal);
        Assert.Contains("csrf_token", failed.Errors[0].Description, StringComparison.Ordinal);
        AssertClean(server, failed);
    }

    [Fact]
    public async Task A_login_that_is_refused_with_its_own_words_is_shown_without_them()
    {
        await using var server = await BodhiServer.StartAsync();
        var client = server.Client();
        await client.CreateUpdateAsync(Sample.Draft(), Token);
        server.Tickets.Clear();
        server.Idp.AccessTokens.Clear();
        server.RepeatsWhatWasSent = true;
        server.InsteadOfLogins.Enqueue(StubAnswer.Json("<html>", 500));
        AssertClean(server, await FailedAsync(client));
    }

    [Fact]
    public async Task A_provider_that_repeats_codes_and_tokens_is_not_quoted()
    {
        await using var server = await BodhiServer.StartAsync();
        server.Idp.GivesNoTokens = true;
        var failed = await FailedAsync(server.Client());
        Assert.EndsWith("400 invalid_grant", failed.Message, StringComparison.Ordinal);
        AssertClean(server, failed);
    }

    [Fact]
    public async Task A_code_in_a_page_that_is_not_understood_is_not_quoted()
    {
        await using var server = await BodhiServer.StartAsync();
        server.Idp.LastPage = static (context, answer) => Microsoft.AspNetCore.Http.HttpResponseWritingExtensions.WriteAsync(context.Response, $"<title>Look: {answer}</title>");
        AssertClean(server, await FailedAsync(server.Client()));
    }

    [Fact]
    public async Task Addresses_hold_no_secret()
    {
        await using var server = await BodhiServer.StartAsync();
        var client = server.Client();
        await client.CreateUpdateAsync(Sample.Draft(), Token);
        await client.LoggedInUserAsync(Token);
        server.Tickets.Clear();
        server.Idp.AccessTokens.Clear();
        await client.CreateUpdateAsync(Sample.Draft(), Token);

        var addresses = string.Join('\n', server.Asked);
        Assert.Contains("/openidc/Authorization?", addresses, StringComparison.Ordinal);
        Assert.All(Handed(server), secret => Assert.DoesNotContain(secret, addresses, StringComparison.Ordinal));
    }

    private static Task<RemoteException> FailedAsync(BodhiClient client) =>
        Assert.ThrowsAnyAsync<RemoteException>(() => client.CreateUpdateAsync(Sample.Draft(), Token));

    private static void AssertClean(BodhiServer server, RemoteException failed)
    {
        var shown = failed + string.Join(' ', (failed as BodhiException)?.Errors ?? []);
        Assert.NotEmpty(Handed(server));
        Assert.All(Handed(server), secret => Assert.DoesNotContain(secret, shown, StringComparison.Ordinal));
    }

    private static string[] Handed(BodhiServer server) => [.. server.Secrets, .. server.Idp.Secrets];
}
