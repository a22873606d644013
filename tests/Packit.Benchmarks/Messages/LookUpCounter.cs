using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Packit.Benchmarks.Messages;

/// <summary>A dist-git where no package has a config, and which counts how often it is asked for what.</summary>
internal sealed class LookUpCounter : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, int> _asked = new();

    private LookUpCounter(WebApplication app) => _app = app;

    public Uri Root => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/");

    public int Count => _asked.Values.Sum();

    /// <summary>How often the same address was asked for, at most.</summary>
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

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private Task AnswerAsync(HttpContext context)
    {
        _asked.AddOrUpdate(context.Request.Path + context.Request.QueryString, 1, (_, count) => count + 1);
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync("""{"error":"Project not found","error_code":"ENOPROJECT"}""");
    }
}
