using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Packit.Http;
using Packit.Koji.Tests.Hub;
using Packit.TestSupport;

namespace Packit.Koji.Tests.Login;

public class LoginTests
{
    private const string AuthorityFile = "PACKIT_TEST_AUTHORITY";
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task With_a_keytab_the_hub_lets_us_in_and_only_the_login_carries_a_ticket()
    {
        await using var kdc = await KdcAsync();
        await OwnProcess.RunAsync(typeof(LoginTests), nameof(Inside_a_process_with_a_keytab), kdc.Environment(), Token);
    }

    [Fact]
    public async Task Without_a_keytab_the_error_says_what_to_check()
    {
        await using var kdc = await KdcAsync();
        await OwnProcess.RunAsync(typeof(LoginTests), nameof(Inside_a_process_without_a_keytab), kdc.Environment("missing.keytab"), Token);
    }

    [Fact(Explicit = true)]
    public async Task Inside_a_process_with_a_keytab()
    {
        await using var hub = await HubAsync();
        hub.Gate = static context => KerberosServer.Principal(context.Request.Headers.Authorization) is "bot@PACKIT.TEST" and var bot ? bot : null;
        await using (var client = hub.Client(static options => options with { Login = KojiLogin.Negotiate }))
        {
            Assert.Equal("bot", (await client.LoggedInUserAsync(Token)).Name);
            hub.Expire();
            // Each login has a ticket of its own; the server takes none twice.
            Assert.Equal("bot", (await client.LoggedInUserAsync(Token)).Name);
        }

        Assert.Equal(
            ["sslLogin({__starstar: true, proxyuser: nil})", "101#0 getLoggedInUser()", "101#1 getLoggedInUser()", "sslLogin({__starstar: true, proxyuser: nil})",
                "102#0 getLoggedInUser()", "102#1 logout()"],
            hub.Calls);
        Assert.Equal(2, hub.Authorized);
    }

    [Fact(Explicit = true)]
    public async Task Inside_a_process_without_a_keytab()
    {
        await using var hub = await HubAsync();
        await using var client = hub.Client(static options => options with { Login = KojiLogin.Negotiate });
        var failed = await Assert.ThrowsAsync<KojiException>(() => client.LoggedInUserAsync(Token));
        Assert.Contains("KRB5_CLIENT_KTNAME", failed.Message, StringComparison.Ordinal);
        Assert.Equal(KojiEffect.None, failed.Effect);
        Assert.Empty(hub.Calls);
    }

    [Fact]
    public async Task A_client_certificate_lets_us_in()
    {
        using var certificates = new Certificates();
        await OwnProcess.RunAsync(
            typeof(LoginTests), nameof(Inside_a_process_that_trusts_the_authority),
            new Dictionary<string, string> { ["SSL_CERT_FILE"] = certificates.AuthorityFile, ["SSL_CERT_DIR"] = "/nonexistent", [AuthorityFile] = certificates.AuthorityFile }, Token);
    }

    [Fact(Explicit = true)]
    public async Task Inside_a_process_that_trusts_the_authority()
    {
        // What is trusted is settled with the first connection, so this process makes its authority before that, in the file that was named.
        using var certificates = new Certificates();
        File.Copy(certificates.AuthorityFile, Environment.GetEnvironmentVariable(AuthorityFile)!, overwrite: true);
        await using var hub = await TlsHubAsync(certificates);
        hub.Gate = static context => context.Connection.ClientCertificate?.GetNameInfo(X509NameType.SimpleName, false);

        await using (var client = hub.Client(options => options with { Login = KojiLogin.ClientCertificate, ClientCertificateFile = certificates.ClientFile }))
        {
            Assert.Equal("bot", (await client.LoggedInUserAsync(Token)).Name);
        }

        await using var stranger = hub.Client(static options => options with { Login = KojiLogin.Negotiate, Retries = 0 });
        Assert.Equal(RemoteFailure.Unauthorized, (await Assert.ThrowsAsync<KojiException>(() => stranger.LoggedInUserAsync(Token))).Failure);
        Assert.Equal(["sslLogin({__starstar: true, proxyuser: nil})", "101#0 getLoggedInUser()", "101#1 logout()"], hub.Calls);
    }

    [Fact]
    public async Task A_hub_whose_certificate_nobody_signed_is_not_talked_to()
    {
        using var certificates = new Certificates();
        await using var hub = await TlsHubAsync(certificates);
        await using var client = hub.Client(options => options with { Login = KojiLogin.ClientCertificate, ClientCertificateFile = certificates.ClientFile });
        var failed = await Assert.ThrowsAsync<KojiException>(() => client.CancelTaskAsync(1, Token));
        Assert.Equal((RemoteFailure.Unreachable, KojiEffect.None), (failed.Failure, failed.Effect));
        Assert.Empty(hub.Calls);
    }

    [Fact]
    public async Task A_wrong_password_is_tried_once_and_not_shown()
    {
        await using var hub = await HubAsync();
        await using var client = hub.Client(static options => options with { Password = new Secret("wr0ng") });
        var failed = await Assert.ThrowsAsync<KojiException>(() => client.CancelTaskAsync(1, Token));
        Assert.Equal((RemoteFailure.Unauthorized, KojiFaultCode.Auth, KojiEffect.None), (failed.Failure, failed.Code, failed.Effect));
        Assert.Contains("invalid username or password", failed.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("wr0ng", failed.ToString(), StringComparison.Ordinal);
        Assert.Equal(["login('packit', 'wr0ng')"], hub.Calls);
    }

    [Fact]
    public async Task Without_a_login_reads_work_and_writes_are_not_sent()
    {
        await using var hub = await HubAsync();
        await using var client = hub.Client(static options => options with { Login = KojiLogin.None, Password = null });
        Assert.Null(await client.BuildAsync("x-1-1", Token));
        var failed = await Assert.ThrowsAsync<KojiException>(() => client.CancelTaskAsync(1, Token));
        Assert.Equal((RemoteFailure.Unauthorized, KojiEffect.None), (failed.Failure, failed.Effect));
        Assert.Equal(["getBuild('x-1-1')"], hub.Calls);
    }

    [Fact]
    public async Task A_web_server_that_does_not_know_us_answers_with_a_page()
    {
        using var certificates = new Certificates();
        await using var hub = await HubAsync();
        hub.Gate = static _ => null;
        await using var client = hub.Client(options => options with { Login = KojiLogin.ClientCertificate, ClientCertificateFile = certificates.ClientFile });
        var failed = await Assert.ThrowsAsync<KojiException>(() => client.CancelTaskAsync(1, Token));
        Assert.Equal((RemoteFailure.Unauthorized, 401), (failed.Failure, (int)failed.Status!.Value));
        Assert.Contains("logging in", failed.Message, StringComparison.Ordinal);
    }

    private static async Task<StubHub> HubAsync(Action<Microsoft.AspNetCore.Server.Kestrel.Core.ListenOptions>? listen = null) =>
        (await StubHub.StartAsync(listen))
            .On("getLoggedInUser", Xml.Struct(("id", Xml.Int(3)), ("name", Xml.Text("bot")), ("status", Xml.Int(0)), ("krb_principals", Xml.List(Xml.Text("bot@PACKIT.TEST")))))
            .On("getBuild", Xml.Nil);

    private static Task<StubHub> TlsHubAsync(Certificates certificates) => HubAsync(listen => listen.UseHttps(https =>
    {
        https.ServerCertificate = certificates.Server;
        https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
        https.ClientCertificateValidation = (certificate, _, _) => certificates.Knows(certificate);
    }));

    private static Task<Kdc> KdcAsync()
    {
        Assert.SkipUnless(Kdc.IsInstalled, "krb5kdc is not installed (Debian packages krb5-kdc and krb5-admin-server).");
        return Kdc.StartAsync(Token);
    }
}
