using System.Globalization;
using Microsoft.AspNetCore.Http;
using Packit.DistGit.Tests.Servers;
using Packit.Http;

namespace Packit.DistGit.Tests;

public sealed class ArchiveProbeTests : IAsyncLifetime
{
    private readonly List<string> _asked = [];
    private Loopback _host = null!;
    private RequestDelegate _answer = static _ => Task.CompletedTask;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Uri Url => new(_host.Url, "hello-1.0.tar.gz");

    public async ValueTask InitializeAsync() => _host = await Loopback.StartAsync(context =>
    {
        _asked.Add($"{context.Request.Method} {context.Request.Path} {context.Request.Headers.Range}".TrimEnd());
        return _answer(context);
    });

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task One_HEAD_tells_that_an_archive_is_there_and_how_large_it_is()
    {
        _answer = Says(200, 12345);

        Assert.Equal(new ArchiveSight.There(12345), await LookAsync());
        Assert.Equal(["HEAD /hello-1.0.tar.gz"], _asked);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(410)]
    public async Task An_archive_that_is_not_there_is_missing(int status)
    {
        _answer = Says(status);

        Assert.Equal(new ArchiveSight.Missing(), await LookAsync());
        Assert.Single(_asked);
    }

    [Theory]
    [InlineData(405)]
    [InlineData(403)]
    [InlineData(501)]
    [InlineData(200)]
    public async Task A_host_that_does_not_tell_by_HEAD_is_asked_for_the_first_byte(int head)
    {
        _answer = context =>
        {
            if (HttpMethods.IsHead(context.Request.Method))
            {
                context.Response.StatusCode = head;
                return Task.CompletedTask;
            }

            context.Response.StatusCode = 206;
            context.Response.Headers.ContentRange = "bytes 0-0/777";
            return context.Response.WriteAsync("x", context.RequestAborted);
        };

        Assert.Equal(new ArchiveSight.There(777), await LookAsync());
        Assert.Equal("GET /hello-1.0.tar.gz bytes=0-0", _asked[^1]);
    }

    [Fact]
    public async Task A_host_without_ranges_and_sizes_tells_that_the_archive_is_there()
    {
        var poured = 0L;
        _answer = async context =>
        {
            // Without an end: nobody must wait for it.
            while (HttpMethods.IsGet(context.Request.Method) && poured < 1L << 30)
            {
                await context.Response.Body.WriteAsync(new byte[64 * 1024], context.RequestAborted);
                poured += 64 * 1024;
            }
        };

        Assert.Equal(new ArchiveSight.There(null), await LookAsync());
        Assert.True(poured < 1L << 28, $"{poured} bytes were read.");
    }

    [Fact]
    public async Task An_archive_that_would_be_too_large_or_is_empty_would_be_refused()
    {
        _answer = Says(200, 1L << 40);
        Assert.Contains("larger than", Assert.IsType<ArchiveSight.Refused>(await LookAsync()).Reason, StringComparison.Ordinal);

        _answer = Says(416);
        Assert.Contains("empty", Assert.IsType<ArchiveSight.Refused>(await LookAsync()).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Redirects_are_followed_as_far_as_addresses_are_allowed()
    {
        _answer = context =>
        {
            if (context.Request.Path == "/there")
            {
                context.Response.ContentLength = 5;
                return Task.CompletedTask;
            }

            context.Response.Redirect("/there");
            return Task.CompletedTask;
        };
        Assert.Equal(new ArchiveSight.There(5), await LookAsync());

        _answer = static context =>
        {
            context.Response.Redirect("http://169.254.169.254/latest/meta-data/");
            return Task.CompletedTask;
        };
        Assert.IsType<ArchiveSight.Refused>(await LookAsync());

        _answer = static context =>
        {
            context.Response.Redirect("/again");
            return Task.CompletedTask;
        };
        Assert.Contains("redirects", Assert.IsType<ArchiveSight.Refused>(await LookAsync()).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Addresses_of_this_machine_are_not_called_in_production()
    {
        Assert.IsType<ArchiveSight.Refused>(await LookAsync(EgressPolicy.Public));
        Assert.IsType<ArchiveSight.Refused>(await LookAsync(EgressPolicy.Public, new Uri($"https://127.0.0.1:{_host.Url.Port.ToString(CultureInfo.InvariantCulture)}/x")));
        Assert.Empty(_asked);
    }

    [Fact]
    public async Task A_host_that_is_away_or_in_trouble_says_nothing()
    {
        _answer = Says(503);
        Assert.StartsWith("503", Assert.IsType<ArchiveSight.Unknown>(await LookAsync()).Reason, StringComparison.Ordinal);

        _answer = static context =>
        {
            context.Abort();
            return Task.CompletedTask;
        };
        Assert.IsType<ArchiveSight.Unknown>(await LookAsync());
    }

    private static RequestDelegate Says(int status, long? size = null) => context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentLength = size;
        return Task.CompletedTask;
    };

    private async Task<ArchiveSight> LookAsync(EgressPolicy? policy = null, Uri? url = null)
    {
        policy ??= EgressPolicy.Loopback;
        using var client = ArchiveDownloader.Client(policy, "packit-tests", TimeProvider.System);
        var limits = new ArchiveLimits { MaxBytes = 1L << 32, IdleTime = TimeSpan.FromSeconds(10) };
        return await new ArchiveProbe(client, new EgressGuard(policy), limits, TimeProvider.System).LookAsync(url ?? Url, Token);
    }
}
