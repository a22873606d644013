using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Packit.Sandbox.Tests;

/// <summary>A receiver of webhooks that keeps what it gets and answers 202.</summary>
public sealed class HookListener : IAsyncDisposable
{
    private readonly WebApplication _app;

    private HookListener(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.Single() + "/hook");

    public IList<Hook> Hooks { get; } = [];

    public static async Task<HookListener> StartAsync(CancellationToken ct)
    {
        var builder = WebApplication.CreateSlimBuilder();
        var listener = new HookListener(builder.Build());
        listener._app.Urls.Add("http://127.0.0.1:0");
        listener._app.MapPost("/hook", (RequestDelegate)listener.KeepAsync);
        await listener._app.StartAsync(ct);
        return listener;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task KeepAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        Hooks.Add(new Hook(http.Request.Headers.ToDictionary(pair => pair.Key, pair => pair.Value.ToString(), StringComparer.OrdinalIgnoreCase), body.ToArray()));
        http.Response.StatusCode = StatusCodes.Status202Accepted;
    }

    public sealed record Hook(IReadOnlyDictionary<string, string> Headers, byte[] Body);
}
