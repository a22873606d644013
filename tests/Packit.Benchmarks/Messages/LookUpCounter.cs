using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Packit.Benchmarks.Messages;

/// <summary>A dist-git of packages that have a spec file and no config, and which counts how often it is asked for what.</summary>
internal sealed class LookUpCounter : IAsyncDisposable
{
    private const string Head = "00000000000000000000000000000000000000ad";

    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, int> _asked = new();

    private LookUpCounter(WebApplication app) => _app = app;

    public Uri Root => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/");

    public int Count => _asked.Values.Sum();

    /// <summary>How often the same address was asked for, at most: all that can be asked of a package and a commit has one.</summary>
    public int MostForOne => _asked.Values.DefaultIfEmpty().Max();

    public static async Task<LookUpCounter> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var counter = new LookUpCounter(builder.Build());
        counter._app.Run(counter.AnswerAsync);
        await counter._app.StartAsync();
        return counter;
    }

    public void Forget() => _asked.Clear();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private Task AnswerAsync(HttpContext context)
    {
        _asked.AddOrUpdate(context.Request.Path, 1, (_, count) => count + 1);
        context.Response.ContentType = "application/json";
        if (context.Request.Path.Value is not { } path || !path.StartsWith("/api/0/rpms/", StringComparison.Ordinal))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return context.Response.WriteAsync("""{"error":"Project not found","error_code":"ENOPROJECT"}""");
        }

        return context.Response.WriteAsync(path switch
        {
            _ when path.EndsWith("/git/branches", StringComparison.Ordinal) =>
                $$$"""{"branches":{"f43":"{{{Head}}}","rawhide":"{{{Head}}}"},"default":{"rawhide":"{{{Head}}}"},"total_branches":2}""",
            _ => """{"type":"folder","name":null,"content":[{"type":"file","name":"foreign.spec","path":"foreign.spec","content_url":"/f"}]}""",
        });
    }
}
