using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Packit.DistGit.Tests.Servers;
using Packit.Http;
using Packit.TestSupport;

namespace Packit.DistGit.Tests.Kerberos;

/// <summary>
/// The login to the lookaside cache against a real KDC. Kerberos reads its environment when a process starts, so these stories run
/// the explicit tests below them in a process of their own.
/// </summary>
public class KerberosTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task With_a_keytab_the_cache_lets_us_in_and_each_body_is_sent_once()
    {
        await using var kdc = await StartAsync();
        await RunAsync(nameof(Inside_a_process_with_a_keytab), kdc.Environment());
    }

    [Fact]
    public async Task Without_a_keytab_the_error_says_what_to_check()
    {
        await using var kdc = await StartAsync();
        await RunAsync(nameof(Inside_a_process_without_a_keytab), kdc.Environment("missing.keytab"));
    }

    [Fact(Explicit = true)]
    public async Task Inside_a_process_with_a_keytab()
    {
        await using var server = await UploadCgi.StartAsync();
        var requests = 0;
        server.Gate = context =>
        {
            requests++;
            return Task.FromResult(context.Request.Method == "GET" || HasTicket(context));
        };
        var cache = Client(server);
        var folder = Directory.CreateTempSubdirectory("packit-krb-");
        var path = Path.Combine(folder.FullName, "hello-1.0.tar.gz");
        var content = RandomNumberGenerator.GetBytes(3 << 20);
        await File.WriteAllBytesAsync(path, content, Token);
        var entry = SourceEntry.Sha512("hello-1.0.tar.gz", Convert.ToHexStringLower(SHA512.HashData(content)));

        Assert.False(await cache.CheckAsync("hello", entry.FileName, entry.Hash, Token));
        Assert.Equal(LookasideUpload.Stored, await cache.UploadAsync("hello", path, entry.Hash, Token));
        Assert.True(await cache.CheckAsync("hello", entry.FileName, entry.Hash, Token));
        Assert.True(await cache.ReadBackAsync("hello", entry, Token));
        Assert.Equal(4, requests);
        folder.Delete(recursive: true);
    }

    [Fact(Explicit = true)]
    public async Task Inside_a_process_without_a_keytab()
    {
        await using var server = await UploadCgi.StartAsync();
        server.Gate = static context => throw new InvalidOperationException($"Nothing is sent without a ticket, but {context.Request.Path} came.");
        var failed = await Assert.ThrowsAsync<RemoteException>(() => Client(server).CheckAsync("hello", "a.tar.gz", new string('0', 128), Token));
        Assert.Contains("KRB5_CLIENT_KTNAME", failed.Message, StringComparison.Ordinal);
        Assert.Equal("lookaside cache", failed.Service);
    }

    // Tickets are for names, not for addresses.
    private static LookasideCache Client(UploadCgi server)
    {
        var options = server.Options with
        {
            UploadUrl = new UriBuilder(server.Options.UploadUrl) { Host = "localhost" }.Uri,
            Login = LookasideLogin.Negotiate,
        };
        return new LookasideCache(
            LookasideClients.Upload(options, "packit-test", TimeProvider.System), LookasideClients.Download("packit-test", TimeProvider.System), options);
    }

    private static bool HasTicket(HttpContext context)
    {
        if (KerberosServer.Principal(context.Request.Headers.Authorization) == "bot@PACKIT.TEST")
        {
            return true;
        }

        context.Response.StatusCode = 401;
        context.Response.Headers.WWWAuthenticate = "Negotiate";
        return false;
    }

    private static Task<Kdc> StartAsync()
    {
        Assert.SkipUnless(Kdc.IsInstalled, "krb5kdc is not installed (Debian packages krb5-kdc and krb5-admin-server).");
        return Kdc.StartAsync(Token);
    }

    private static Task RunAsync(string test, IReadOnlyDictionary<string, string> environment) =>
        OwnProcess.RunAsync(typeof(KerberosTests), test, environment, Token);
}
