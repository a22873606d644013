using System.Globalization;
using System.Text.Json.Nodes;
using System.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Packit.Http;

namespace Packit.FedoraMessaging.Tests.Replay;

/// <summary>Answers searches as datagrepper does: by topic and time, paged, oldest first.</summary>
internal sealed class DatagrepperStub : IAsyncDisposable
{
    public const string Topic = "org.fedoraproject.prod.buildsys.tag";

    private readonly WebApplication _app;
    private readonly Lock _gate = new();
    private readonly List<(string Id, DateTimeOffset At, string Text)> _messages = [];
    private int _searches;

    private DatagrepperStub(WebApplication app) => _app = app;

    public int Searches => Volatile.Read(ref _searches);

    public int? FailsWith { get; set; }

    /// <summary>What it asks for, in seconds, when it fails.</summary>
    public string? AsksToWait { get; set; }

    public string? Says { get; set; }

    public static async Task<DatagrepperStub> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var stub = new DatagrepperStub(builder.Build());
        stub._app.MapGet("/datagrepper/v2/search", stub.SearchAsync);
        await stub._app.StartAsync();
        return stub;
    }

    public void Add(string id, DateTimeOffset at, string text = "")
    {
        lock (_gate)
        {
            _messages.Add((id, at, text));
        }
    }

    public DatagrepperClient Client()
    {
        var http = HttpClients.Create(new HttpClientSettings { Retries = 0 }, TimeProvider.System);
        http.BaseAddress = new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/datagrepper/");
        return new DatagrepperClient(http, TimeProvider.System);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task SearchAsync(HttpContext context)
    {
        Interlocked.Increment(ref _searches);
        var query = HttpUtility.ParseQueryString(context.Request.QueryString.Value!);
        var (start, end) = (Number(query["start"]!), Number(query["end"]!));
        var (page, rows) = ((int)Number(query["page"]!), (int)Number(query["rows_per_page"]!));
        // As the server insists.
        if (context.Request.Headers.Accept != "application/json" || query["order"] != "asc" || rows is < 1 or > 100
            || query.GetValues("topic")?.Contains(Topic) != true)
        {
            context.Response.StatusCode = 400;
            return;
        }

        if (FailsWith is { } status)
        {
            context.Response.StatusCode = status;
            context.Response.Headers.RetryAfter = AsksToWait;
            return;
        }

        List<(string Id, DateTimeOffset At, string Text)> found;
        lock (_gate)
        {
            found = [.. _messages.Where(message => message.At.ToUnixTimeSeconds() >= start && message.At.ToUnixTimeSeconds() < end).OrderBy(message => message.At)];
        }

        var shown = found.Skip((page - 1) * rows).Take(rows).ToList();
        await context.Response.WriteAsync(Says ?? new JsonObject
        {
            ["count"] = shown.Count,
            ["pages"] = (found.Count + rows - 1) / rows,
            ["total"] = found.Count,
            ["raw_messages"] = new JsonArray([.. shown.Select(Raw)]),
        }.ToJsonString());
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    private static JsonNode Raw((string Id, DateTimeOffset At, string Text) message) => new JsonObject
    {
        ["id"] = message.Id,
        ["topic"] = Topic,
        ["headers"] = new JsonObject { ["sent-at"] = message.At.ToString("O", CultureInfo.InvariantCulture), ["fedora_messaging_schema"] = "base.message" },
        ["body"] = new JsonObject { ["text"] = message.Text },
    };
}
