using System.Net;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Packit.DistGit.Tests.Servers;
using Packit.Http;

namespace Packit.DistGit.Tests;

public sealed class ArchiveDownloaderTests : IAsyncLifetime
{
    private static readonly byte[] Content = RandomNumberGenerator.GetBytes(300_000);

    private readonly string _folder = Directory.CreateTempSubdirectory("packit-archive-").FullName;
    private Loopback _host = null!;
    private RequestDelegate _answer = static context => context.Response.Body.WriteAsync(Content).AsTask();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Target => Path.Combine(_folder, "hello-1.0.tar.gz");

    private Uri Url => new(_host.Url, "hello-1.0.tar.gz");

    public async ValueTask InitializeAsync() => _host = await Loopback.StartAsync(context => _answer(context));

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task An_archive_arrives_with_its_hash_and_as_it_is()
    {
        var encoding = "";
        _answer = async context =>
        {
            encoding = context.Request.Headers.AcceptEncoding.ToString();
            context.Response.Headers.LastModified = "Thu, 15 Jan 2026 10:00:00 GMT";
            await context.Response.Body.WriteAsync(Content);
        };
        var fetched = await FetchAsync();
        Assert.Equal(new ArchiveDownload.Fetched(Target, Content.Length, Convert.ToHexStringLower(SHA512.HashData(Content))), fetched);
        Assert.Equal(Content, await File.ReadAllBytesAsync(Target, Token));
        Assert.Equal("identity", encoding);
        Assert.Equal(new DateTime(2026, 1, 15, 10, 0, 0, DateTimeKind.Utc), File.GetLastWriteTimeUtc(Target));
        Assert.Single(Directory.EnumerateFiles(_folder));
    }

    [Fact]
    public async Task An_archive_that_is_not_there_yet_may_come_later()
    {
        var there = false;
        _answer = async context =>
        {
            context.Response.StatusCode = there ? 200 : 404;
            await context.Response.WriteAsync(there ? "content" : "internal secrets of the host");
        };
        var missing = Assert.IsType<ArchiveDownload.NotThere>(await FetchAsync());
        Assert.Equal(HttpStatusCode.NotFound, missing.Status);
        Assert.Equal($"Failed to download source from {Url}:\n404 NotFound", missing.Text);
        there = true;
        Assert.IsType<ArchiveDownload.Fetched>(await FetchAsync());
    }

    [Fact]
    public async Task A_host_may_say_when_to_come_back()
    {
        _answer = static context =>
        {
            context.Response.StatusCode = 429;
            context.Response.Headers.RetryAfter = "120";
            return Task.CompletedTask;
        };
        Assert.Equal(TimeSpan.FromMinutes(2), Assert.IsType<ArchiveDownload.NotThere>(await FetchAsync()).RetryAfter);
    }

    [Fact]
    public async Task Nobody_listening_or_a_cut_body_may_heal()
    {
        var gone = Assert.IsType<ArchiveDownload.NotThere>(await FetchAsync(new Uri("http://127.0.0.1:1/x.tar.gz")));
        Assert.Null(gone.Status);
        Assert.StartsWith("Failed to download source from http://127.0.0.1:1/x.tar.gz:\nThe host cannot be reached", gone.Text, StringComparison.Ordinal);

        _answer = static async context =>
        {
            context.Response.ContentLength = Content.Length;
            await context.Response.Body.WriteAsync(Content.AsMemory(0, 1000));
            await context.Response.Body.FlushAsync();
            context.Abort();
        };
        Assert.IsType<ArchiveDownload.NotThere>(await FetchAsync());
        Assert.Empty(Directory.EnumerateFiles(_folder));
    }

    [Fact]
    public async Task Redirects_are_followed_and_counted()
    {
        _answer = static async context =>
        {
            var left = int.Parse(context.Request.Query["left"].ToString());
            if (left == 0)
            {
                await context.Response.Body.WriteAsync(Content);
                return;
            }

            context.Response.Redirect($"/next?left={left - 1}");
        };
        Assert.IsType<ArchiveDownload.Fetched>(await FetchAsync(new Uri(Url, "?left=5")));
        var refused = Assert.IsType<ArchiveDownload.Refused>(await FetchAsync(new Uri(Url, "?left=6")));
        Assert.Contains("more than 5 times", refused.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://10.0.0.1/x")]
    [InlineData("http://169.254.169.254/latest/meta-data")]
    [InlineData("http://[::ffff:192.168.0.1]/x")]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://example.org/x")]
    [InlineData("http://user:pw@127.0.0.1/x")]
    public async Task A_redirect_to_a_place_that_may_not_be_called_is_refused(string location)
    {
        _answer = context =>
        {
            context.Response.Redirect(location);
            return Task.CompletedTask;
        };
        var refused = Assert.IsType<ArchiveDownload.Refused>(await FetchAsync());
        Assert.StartsWith($"Failed to download source from {Url}:\n", refused.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("pw", refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_production_plain_http_and_this_machine_are_refused()
    {
        Assert.IsType<ArchiveDownload.Refused>(await FetchAsync(policy: EgressPolicy.Public));
        Assert.IsType<ArchiveDownload.Refused>(await FetchAsync(policy: EgressPolicy.Public with { AllowHttp = true }));
        Assert.IsType<ArchiveDownload.Refused>(await FetchAsync(new Uri("https://127.0.0.1/x"), policy: EgressPolicy.Public));
    }

    [Fact]
    public async Task A_body_without_end_is_stopped_at_the_limit()
    {
        _answer = static async context =>
        {
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.Body.WriteAsync(Content, context.RequestAborted);
            }
        };
        var refused = Assert.IsType<ArchiveDownload.Refused>(await FetchAsync(limits: new ArchiveLimits { MaxBytes = 1_000_000 }));
        Assert.EndsWith("The file is larger than 1000000 bytes.", refused.Text, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(_folder));
    }

    [Fact]
    public async Task An_announced_size_beyond_the_limit_is_refused_before_it_arrives()
    {
        _answer = static context =>
        {
            context.Response.ContentLength = 1L << 40;
            return context.Response.Body.WriteAsync(Content).AsTask();
        };
        Assert.IsType<ArchiveDownload.Refused>(await FetchAsync());
    }

    [Fact]
    public async Task Zero_bytes_are_no_archive()
    {
        _answer = static _ => Task.CompletedTask;
        Assert.Contains("empty", Assert.IsType<ArchiveDownload.Refused>(await FetchAsync()).Text, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(_folder));
    }

    [Fact]
    public async Task A_host_that_falls_silent_is_given_up()
    {
        _answer = static async context =>
        {
            await context.Response.Body.WriteAsync(Content);
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(static _ => { }, TaskScheduler.Default);
        };
        var silent = Assert.IsType<ArchiveDownload.NotThere>(await FetchAsync(limits: new ArchiveLimits { IdleTime = TimeSpan.FromMilliseconds(300) }));
        Assert.EndsWith("Nothing arrived for 0.3 seconds.", silent.Text, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(_folder));
    }

    [Fact]
    public async Task A_host_that_drips_is_given_up()
    {
        _answer = static async context =>
        {
            using var drip = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
            while (!context.RequestAborted.IsCancellationRequested && await drip.WaitForNextTickAsync())
            {
                await context.Response.Body.WriteAsync(new byte[1]);
                await context.Response.Body.FlushAsync();
            }
        };
        var slow = Assert.IsType<ArchiveDownload.NotThere>(await FetchAsync(limits: new ArchiveLimits { TotalTime = TimeSpan.FromMilliseconds(400) }));
        Assert.EndsWith("longer than 0.4 seconds.", slow.Text, StringComparison.Ordinal);
    }

    private async Task<ArchiveDownload> FetchAsync(Uri? url = null, EgressPolicy? policy = null, ArchiveLimits? limits = null)
    {
        policy ??= EgressPolicy.Loopback;
        using var client = ArchiveDownloader.Client(policy, "packit-test", TimeProvider.System);
        return await new ArchiveDownloader(client, new EgressGuard(policy), limits ?? new ArchiveLimits(), TimeProvider.System)
            .FetchAsync(url ?? Url, Target, Token);
    }
}
