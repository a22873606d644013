using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Packit.Http;

namespace Packit.Stub;

/// <summary>
/// A server on loopback that answers what a test tells it to, by method and exact target. What it does not know it answers with 404 and
/// an empty JSON object.
/// </summary>
public sealed class StubServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, Func<StubRequest, StubAnswer>> _answers = new();
    private readonly ConcurrentQueue<StubRequest> _requests = new();

    private StubServer(WebApplication app) => _app = app;

    public Uri Root { get; private set; } = new("http://localhost/");

    /// <summary>Everything that was asked, in order.</summary>
    public IReadOnlyList<StubRequest> Requests => [.. _requests];

    public static async Task<StubServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = new StubServer(builder.Build());
        server._app.Run(server.AnswerAsync);
        await server._app.StartAsync();
        var addresses = server._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        server.Root = new Uri(addresses.Addresses.First() + "/");
        return server;
    }

    /// <summary>A client as the product makes them, at this server.</summary>
    public HttpClient Client(int retries = 0, TimeSpan? timeout = null)
    {
        var settings = new HttpClientSettings { Retries = retries, FirstPause = TimeSpan.FromMilliseconds(1), Timeout = timeout ?? TimeSpan.FromSeconds(20) };
        var client = HttpClients.Create(settings, TimeProvider.System);
        client.BaseAddress = Root;
        return client;
    }

    public StubServer On(string methodAndTarget, Func<StubRequest, StubAnswer> answer)
    {
        _answers[methodAndTarget] = answer;
        return this;
    }

    public StubServer On(string methodAndTarget, StubAnswer answer) => On(methodAndTarget, _ => answer);

    public StubServer On(string methodAndTarget, string json) => On(methodAndTarget, StubAnswer.Json(json));

    /// <summary>The answers one after the other; the last one again and again.</summary>
    public StubServer OnEach(string methodAndTarget, params StubAnswer[] answers)
    {
        var next = -1;
        return On(methodAndTarget, _ => answers[Math.Min(Interlocked.Increment(ref next), answers.Length - 1)]);
    }

    public IReadOnlyList<StubRequest> RequestsTo(string methodAndTarget) =>
        [.. _requests.Where(request => $"{request.Method} {request.Target}" == methodAndTarget)];

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var request = new StubRequest(
            context.Request.Method,
            context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget,
            context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            await reader.ReadToEndAsync(context.RequestAborted));
        _requests.Enqueue(request);
        var answer = _answers.TryGetValue($"{request.Method} {request.Target}", out var make) ? make(request) : StubAnswer.Json("{}", 404);
        if (answer.Cut)
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = answer.ContentType;
        foreach (var (name, value) in answer.Headers)
        {
            context.Response.Headers[name] = value;
        }

        await context.Response.Body.WriteAsync(answer.Body, context.RequestAborted);
        if (answer.NeverEnds)
        {
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }
}
