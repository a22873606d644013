using Packit.Http;
using Packit.Stub;
using Packit.TestSupport;

namespace Packit.Fasjson.Tests;

/// <summary>FASJSON behind a real ticket, from a keytab and without kinit.</summary>
public class KerberosTests
{
    private const string Groups = "GET /v1/users/jdoe/groups/?page_size=500&page_number=1";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task With_a_keytab_FASJSON_answers()
    {
        await using var kdc = await KdcAsync();
        await OwnProcess.RunAsync(typeof(KerberosTests), nameof(Inside_a_process_with_a_keytab), kdc.Environment(), Token);
    }

    [Fact]
    public async Task Without_a_keytab_that_is_an_error_and_not_a_no()
    {
        await using var kdc = await KdcAsync();
        await OwnProcess.RunAsync(typeof(KerberosTests), nameof(Inside_a_process_without_a_keytab), kdc.Environment("missing.keytab"), Token);
    }

    [Fact(Explicit = true)]
    public async Task Inside_a_process_with_a_keytab()
    {
        await using var server = await StubServer.StartAsync();
        server.On(Groups, static request => KerberosServer.Principal(request.Header("Authorization")) == "bot@PACKIT.TEST"
            ? StubAnswer.Json("""{"result": [{"groupname": "packager"}]}""")
            : StubAnswer.Json("""{"message": "Unauthorized"}""", 401));
        var client = Client(server, FasjsonLogin.Negotiate);
        Assert.Equal(GroupMembership.Member, await client.MembershipAsync("packager", "jdoe", Token));
        Assert.Equal(GroupMembership.Member, await client.MembershipAsync("packager", "jdoe", Token));

        var failed = await Assert.ThrowsAsync<RemoteException>(() => Client(server, FasjsonLogin.None).MembershipAsync("packager", "jdoe", Token));
        Assert.Equal(RemoteFailure.Unauthorized, failed.Failure);
    }

    [Fact(Explicit = true)]
    public async Task Inside_a_process_without_a_keytab()
    {
        await using var server = await StubServer.StartAsync();
        var failed = await Assert.ThrowsAsync<RemoteException>(() => Client(server, FasjsonLogin.Negotiate).MembershipAsync("packager", "jdoe", Token));
        Assert.Equal("FASJSON", failed.Service);
        Assert.Contains("KRB5_CLIENT_KTNAME", failed.Message, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    // Tickets are for names, not for addresses.
    private static FasjsonClient Client(StubServer server, FasjsonLogin login)
    {
        var options = new FasjsonOptions { Root = new UriBuilder(server.Root) { Host = "localhost" }.Uri, Login = login };
        return new FasjsonClient(FasjsonClients.Create(options, "packit-test", TimeProvider.System), TimeProvider.System);
    }

    private static Task<Kdc> KdcAsync()
    {
        Assert.SkipUnless(Kdc.IsInstalled, "krb5kdc is not installed (Debian packages krb5-kdc and krb5-admin-server).");
        return Kdc.StartAsync(Token);
    }
}
