using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Packit.Sandbox.Hosting;

/// <summary>One real HTTP server on a loopback port of its own, with the request log and the faults in front of its endpoints.</summary>
internal sealed class StandInServer : IAsyncDisposable
{
    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(1);
    private readonly WebApplication _app;

    private StandInServer(WebApplication app, Uri address)
    {
        _app = app;
        Address = address;
    }

    /// <summary>Where it listens, with a trailing slash.</summary>
    public Uri Address { get; }

    /// <summary>Starts a server on <paramref name="port"/>, or on a free port when that one is 0 or taken.</summary>
    public static async Task<StandInServer> StartAsync(
        string name, int port, Traffic traffic, Action<IEndpointRouteBuilder> map, CancellationToken ct)
    {
        try
        {
            return await ListenAsync(name, port, traffic, map, ct);
        }
        catch (IOException) when (port != 0)
        {
            return await ListenAsync(name, 0, traffic, map, ct);
        }
    }

    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(StopTime);
        await _app.StopAsync(limit.Token);
        await _app.DisposeAsync();
    }

    private static async Task<StandInServer> ListenAsync(
        string name, int port, Traffic traffic, Action<IEndpointRouteBuilder> map, CancellationToken ct)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, port);
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null;

            // A slow machine must not look like a hostile client.
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
        });
        builder.Services.AddRoutingCore();

        var app = builder.Build();
        try
        {
            app.Use((http, next) => traffic.PassAsync(name, http, next));
            app.UseRouting();
            map(app);
            await app.StartAsync(ct);
            string address = app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single();
            return new StandInServer(app, new Uri(address + "/"));
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }
}
