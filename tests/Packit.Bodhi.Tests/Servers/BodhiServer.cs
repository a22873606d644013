using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Packit.Http;
using Packit.Stub;

namespace Packit.Bodhi.Tests.Servers;

/// <summary>
/// Bodhi's gate, strict as the real one: a ticket for a bearer token, a form token bound to a session, both for each write. Behind the gate
/// it answers what a test says. Its OpenID provider is on the same address.
/// </summary>
public sealed class BodhiServer : IAsyncDisposable
{
    private const string Forbidden = """{"status": "error", "errors": [{"location": "body", "name": "HTTPForbidden", "description": "Unauthorized: new_update__POST failed permission check"}]}""";
    private const string BadForm = """{"status": "error", "errors": [{"location": "body", "name": "csrf_token", "description": "CSRF tokens do not match.  Please reload the page."}]}""";
    private const string BadToken = """{"status": "error", "errors": [{"location": "body", "name": "InvalidTokenError", "description": "invalid_token: The access token provided is expired."}]}""";
    private readonly WebApplication _app;
    private readonly List<HttpClient> _clients = [];

    private BodhiServer(WebApplication app) => _app = app;

    public Idp Idp { get; } = new();

    public Uri Root { get; private set; } = new("http://localhost/");

    public ConcurrentDictionary<string, bool> Tickets { get; } = new();

    /// <summary>Form tokens by session.</summary>
    public ConcurrentDictionary<string, string> Sessions { get; } = new();

    /// <summary>Everything secret that was handed out.</summary>
    public ConcurrentBag<string> Secrets { get; } = [];

    /// <summary>The bodies of writes that came through the gate.</summary>
    public ConcurrentQueue<(string Path, JsonElement Body)> Writes { get; } = new();

    /// <summary>Writes that came, through the gate or not.</summary>
    public int Attempts { get; private set; }

    public int TicketsGiven { get; private set; }

    public int FormTokensGiven { get; private set; }

    /// <summary>Whether refusals repeat every header and field that came.</summary>
    public bool RepeatsWhatWasSent { get; set; }

    /// <summary>What the next writes are answered instead of passing the gate.</summary>
    public ConcurrentQueue<StubAnswer> InsteadOfWrites { get; } = new();

    /// <summary>What the next asks for a ticket or a form token are answered.</summary>
    public ConcurrentQueue<StubAnswer> InsteadOfLogins { get; } = new();

    /// <summary>The answer behind the gate.</summary>
    public Func<string, JsonElement, StubAnswer> OnWrite { get; set; } = static (_, _) => StubAnswer.Json(Sample.Update());

    /// <summary>The answer to a read, by path and query.</summary>
    public ConcurrentDictionary<string, StubAnswer> Reads { get; } = new();

    /// <summary>Path and query of everything that was asked, here and at the provider.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    public static async Task<BodhiServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = new BodhiServer(builder.Build());
        server._app.Use((context, next) =>
        {
            server.Asked.Enqueue(context.Request.Path + context.Request.QueryString.Value);
            return next(context);
        });
        server.Idp.Map(server._app);
        server._app.MapGet("/oidc/login-token", server.LoginTokenAsync);
        server._app.MapGet("/csrf", server.CsrfAsync);
        server._app.MapGet("/{**rest}", server.ReadAsync);
        server._app.MapPost("/{**rest}", server.WriteAsync);
        await server._app.StartAsync();
        var address = server._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        server.Root = new Uri(address.Replace("127.0.0.1", "localhost", StringComparison.Ordinal) + "/");
        return server;
    }

    /// <summary>A client as the product makes it; the ticket is one that the provider takes unless another is given.</summary>
    public BodhiClient Client(TimeProvider? time = null, TimeSpan? timeout = null, string ticket = "good")
    {
        var clock = time ?? TimeProvider.System;
        var settings = new HttpClientSettings { Retries = 0, Timeout = timeout ?? TimeSpan.FromSeconds(20) };
        var api = HttpClients.Create(settings, clock);
        api.BaseAddress = Root;
        var plain = HttpClients.Create(settings, clock);
        var negotiating = HttpClients.Create(settings with { Around = inner => new Ticket(inner, ticket) }, clock);
        _clients.AddRange([api, plain, negotiating]);
        return new BodhiClient(api, new OidcLogin(plain, negotiating, new OidcOptions { Issuer = new Uri(Root, "openidc") }, clock), clock);
    }

    public ValueTask DisposeAsync()
    {
        _clients.ForEach(client => client.Dispose());
        return _app.DisposeAsync();
    }

    private async Task LoginTokenAsync(HttpContext context)
    {
        if (InsteadOfLogins.TryDequeue(out var instead))
        {
            await GiveAsync(context, instead);
            return;
        }

        var header = context.Request.Headers.Authorization.ToString();
        if (RepeatsWhatWasSent && InsteadOfLogins.IsEmpty && !Idp.AccessTokens.ContainsKey(header["Bearer ".Length..]))
        {
            await RepeatAsync(context, "");
            return;
        }

        if (!header.StartsWith("Bearer ", StringComparison.Ordinal) || !Idp.AccessTokens.ContainsKey(header["Bearer ".Length..]))
        {
            await GiveAsync(context, StubAnswer.Json(BadToken, 401));
            return;
        }

        TicketsGiven++;
        var ticket = Random() + "!userid_type:b64unicode";
        Tickets[ticket] = true;
        Secrets.Add(ticket);
        await GiveAsync(context, StubAnswer.Json("""{"message": "The request is accepted for processing.", "code": "202 Accepted"}""", 202)
            .With(("Set-Cookie", $"auth_tkt={ticket}; Domain=localhost; Max-Age=1209600; Path=/; expires=Tue, 22-Dec-2026 06:36:30 GMT; SameSite=Strict")));
    }

    private async Task CsrfAsync(HttpContext context)
    {
        if (InsteadOfLogins.TryDequeue(out var instead))
        {
            await GiveAsync(context, instead);
            return;
        }

        FormTokensGiven++;
        var (session, token) = (Random(), Random());
        Sessions[session] = token;
        Secrets.Add(session);
        Secrets.Add(token);
        await GiveAsync(context, StubAnswer.Json($$"""{"csrf_token": "{{token}}"}""").With(("Set-Cookie", $"session={session}; Path=/; SameSite=Lax")));
    }

    private Task ReadAsync(HttpContext context)
    {
        var target = context.Request.Path + context.Request.QueryString.Value;
        return GiveAsync(context, Reads.TryGetValue(target, out var answer) ? answer : StubAnswer.Json("<html>no such page</html>", 404));
    }

    private async Task WriteAsync(HttpContext context)
    {
        Attempts++;
        var cookies = context.Request.Cookies;
        using var document = await JsonDocument.ParseAsync(context.Request.Body);
        var body = document.RootElement.Clone();
        if (RepeatsWhatWasSent)
        {
            await RepeatAsync(context, body.GetRawText());
        }
        else if (InsteadOfWrites.TryDequeue(out var instead))
        {
            await GiveAsync(context, instead);
        }
        else if (context.Request.ContentType != "application/json" || context.Request.Headers.Accept != "application/json")
        {
            await GiveAsync(context, StubAnswer.Json("""{"status": "error", "errors": []}""", 415));
        }
        else if (!Tickets.ContainsKey(cookies["auth_tkt"] ?? ""))
        {
            await GiveAsync(context, StubAnswer.Json(Forbidden, 403));
        }
        else if (!Sessions.TryGetValue(cookies["session"] ?? "", out var token) || body.GetProperty("csrf_token").GetString() != token)
        {
            await GiveAsync(context, StubAnswer.Json(BadForm, 400));
        }
        else
        {
            var path = context.Request.Path.Value!;
            Writes.Enqueue((path, body));
            await GiveAsync(context, OnWrite(path, body));
        }
    }

    private static Task RepeatAsync(HttpContext context, string body) => GiveAsync(context, StubAnswer.Json(
        JsonSerializer.Serialize(new
        {
            status = "error",
            errors = new[] { new { location = "body", name = "notes", description = $"You sent {body}" }, new { location = "header", name = "all", description = string.Join(' ', context.Request.Headers) } },
        }),
        400));

    private static async Task GiveAsync(HttpContext context, StubAnswer answer)
    {
        if (answer.Cut)
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = answer.ContentType;
        foreach (var (name, value) in answer.Headers)
        {
            context.Response.Headers.Append(name, value);
        }

        await context.Response.Body.WriteAsync(answer.Body, context.RequestAborted);
        if (answer.NeverEnds)
        {
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }

    private static string Random() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(20));

    private sealed class Ticket(HttpMessageHandler inner, string ticket) : DelegatingHandler(inner)
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.Authorization = new("Negotiate", ticket);
            return base.SendAsync(request, cancellationToken);
        }
    }
}
