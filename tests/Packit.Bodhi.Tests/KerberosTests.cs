using Packit.Bodhi.Tests.Servers;
using Packit.Http;
using Packit.TestSupport;

namespace Packit.Bodhi.Tests;

/// <summary>The login with a real ticket, from a keytab and without kinit, by the clients that the product makes.</summary>
public class KerberosTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task With_a_keytab_the_provider_gives_a_code()
    {
        await using var kdc = await KdcAsync();
        await OwnProcess.RunAsync(typeof(KerberosTests), nameof(Inside_a_process_with_a_keytab), kdc.Environment(), Token);
    }

    [Fact]
    public async Task Without_a_keytab_the_error_says_what_to_check()
    {
        await using var kdc = await KdcAsync();
        await OwnProcess.RunAsync(typeof(KerberosTests), nameof(Inside_a_process_without_a_keytab), kdc.Environment("missing.keytab"), Token);
    }

    [Fact(Explicit = true)]
    public async Task Inside_a_process_with_a_keytab()
    {
        await using var server = await BodhiServer.StartAsync();
        server.Idp.IsTicketGood = static header => KerberosServer.Principal(header) == "bot@PACKIT.TEST";
        var client = Client(server);

        Assert.Equal("packit", await client.LoggedInUserAsync(Token));
        await client.CreateUpdateAsync(Sample.Draft(), Token);

        // A ticket is good for one request, and each login needs one of its own.
        server.Tickets.Clear();
        server.Idp.AccessTokens.Clear();
        server.Idp.RefreshTokens.Clear();
        await client.CreateUpdateAsync(Sample.Draft(), Token);
        Assert.Equal((2, 2), (server.Idp.Logins, server.Writes.Count));
    }

    [Fact(Explicit = true)]
    public async Task Inside_a_process_without_a_keytab()
    {
        await using var server = await BodhiServer.StartAsync();
        server.Idp.IsTicketGood = static header => throw new InvalidOperationException($"Nothing is sent without a ticket, but {header} came.");
        var failed = await Assert.ThrowsAsync<RemoteException>(() => Client(server).CreateUpdateAsync(Sample.Draft(), Token));
        Assert.Equal("OpenID provider", failed.Service);
        Assert.Contains("KRB5_CLIENT_KTNAME", failed.Message, StringComparison.Ordinal);
        Assert.Equal(0, server.Attempts);
    }

    private static BodhiClient Client(BodhiServer server) => new(
        BodhiClients.Api(server.Root, "packit-test", TimeProvider.System),
        BodhiClients.Login(new OidcOptions { Issuer = new Uri(server.Root, "openidc") }, "packit-test", TimeProvider.System),
        TimeProvider.System);

    private static Task<Kdc> KdcAsync()
    {
        Assert.SkipUnless(Kdc.IsInstalled, "krb5kdc is not installed (Debian packages krb5-kdc and krb5-admin-server).");
        return Kdc.StartAsync(Token);
    }
}
