using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Packit.Http;

namespace Packit.Koji.Tests.Hub;

/// <summary>
/// A hub on loopback that is strict about sessions: keys, expiry, and numbers of calls that must rise. What it answers to a method is for
/// the test to say. Koji: <c>kojihub/auth.py</c>.
/// </summary>
internal sealed class StubHub : IAsyncDisposable
{
    private static readonly string[] Writes = ["build", "tagBuild", "untagBuild", "createSideTag", "removeSideTag", "cancelTask", "resubmitTask"];

    private readonly ConcurrentDictionary<string, Func<HubCall, HubReply>> _answers = new();
    private readonly ConcurrentQueue<HubCall> _calls = new();
    private readonly Dictionary<int, Session> _sessions = [];
    private readonly Lock _gate = new();
    private WebApplication _app = null!;
    private int _lastSession = 100;
    private int _inSession;

    public Uri Root { get; private set; } = null!;

    /// <summary>Everything that was asked, in order and in one line each.</summary>
    public IReadOnlyList<string> Calls => [.. _calls.Select(call => call.ToString())];

    /// <summary>The calls without logins, sessions and numbers.</summary>
    public IReadOnlyList<string> Asked => [.. _calls.Where(call => call.Method is not ("sslLogin" or "login" or "logout")).Select(call => call.Shown)];

    /// <summary>Who a request for a login is from; null lets nobody in.</summary>
    public Func<HttpContext, string?> Gate { get; set; } = static _ => "packit";

    /// <summary>How many requests carried an authorization.</summary>
    public int Authorized { get; private set; }

    /// <summary>False as in hubs before 1.31, which know sessions in the query only.</summary>
    public bool TakesHeaders { get; set; } = true;

    /// <summary>Two calls of a session were there at one time.</summary>
    public bool Overlapped { get; private set; }

    public int Logins => _calls.Count(call => call.Method is "sslLogin" or "login");

    public static async Task<StubHub> StartAsync(Action<ListenOptions>? listen = null)
    {
        var hub = new StubHub();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options => options.Listen(System.Net.IPAddress.Loopback, 0, listen ?? (static _ => { })));
        hub._app = builder.Build();
        hub._app.Run(hub.ServeAsync);
        await hub._app.StartAsync();
        var address = new Uri(hub._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        hub.Root = new UriBuilder(listen is null ? "http" : "https", "localhost", address.Port).Uri;
        return hub;
    }

    public KojiOptions Options => new()
    {
        HubUrl = new Uri(Root, "kojihub"),
        Login = KojiLogin.Password,
        User = "packit",
        Password = new Secret("s3cret"),
        Timeout = TimeSpan.FromSeconds(20),
        Retries = 2,
        FirstPause = TimeSpan.FromMilliseconds(1),
    };

    public KojiClient Client(Func<KojiOptions, KojiOptions>? change = null, TimeProvider? time = null) =>
        new(change?.Invoke(Options) ?? Options, "packit-test", time ?? TimeProvider.System);

    public StubHub On(string method, Func<HubCall, HubReply> answer)
    {
        _answers[method] = answer;
        return this;
    }

    public StubHub On(string method, string value) => On(method, _ => HubReply.Of(value));

    /// <summary>The answers one after the other; the last one again and again.</summary>
    public StubHub OnEach(string method, params HubReply[] answers)
    {
        var next = -1;
        return On(method, _ => answers[Math.Min(Interlocked.Increment(ref next), answers.Length - 1)]);
    }

    /// <summary>All sessions are too old from now on.</summary>
    public void Expire() => EachSession(static session => session.IsExpired = true);

    /// <summary>All sessions are forgotten, as after a clean-up.</summary>
    public void Forget()
    {
        lock (_gate)
        {
            _sessions.Clear();
        }
    }

    /// <summary>Somebody else used the sessions: the hub has seen higher numbers.</summary>
    public void Count(int number) => EachSession(session => session.Last = number);

    public async ValueTask DisposeAsync()
    {
        using var atOnce = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        await _app.StopAsync(atOnce.Token);
        await _app.DisposeAsync();
    }

    private void EachSession(Action<Session> change)
    {
        lock (_gate)
        {
            foreach (var session in _sessions.Values)
            {
                change(session);
            }
        }
    }

    private async Task ServeAsync(HttpContext context)
    {
        if (context.Request.Method != "POST" || context.Request.ContentType != "text/xml")
        {
            context.Response.StatusCode = 405;
            return;
        }

        Authorized += context.Request.Headers.Authorization.Count;
        using var reader = new StreamReader(context.Request.Body);
        var shown = Xml.Show(await reader.ReadToEndAsync());
        var method = shown[..shown.IndexOf('(', StringComparison.Ordinal)];
        var (id, key, number) = Credentials(context);
        var call = new HubCall(method, shown, id, number);
        _calls.Enqueue(call);
        await ReplyAsync(context, Decide(context, call, key));
    }

    private (int? Id, string? Key, int? Number) Credentials(HttpContext context)
    {
        var query = context.Request.Query;
        var headers = context.Request.Headers;
        var (id, key, number) = TakesHeaders
            ? (headers["Koji-Session-Id"].ToString(), headers["Koji-Session-Key"].ToString(), headers["Koji-Session-Callnum"].ToString())
            : (query["session-id"].ToString(), query["session-key"].ToString(), query["callnum"].ToString());
        if (TakesHeaders && headers["Koji-Callnum"].ToString() != number)
        {
            throw new InvalidOperationException("The number of the call stands under both names.");
        }

        return id.Length == 0 ? (null, null, null) : (int.Parse(id, CultureInfo.InvariantCulture), key, int.Parse(number, CultureInfo.InvariantCulture));
    }

    private HubReply Decide(HttpContext context, HubCall call, string? key)
    {
        var isLoginPath = context.Request.Path == "/kojihub/ssllogin";
        if (call.Method == "sslLogin" && isLoginPath && call.Session is null)
        {
            return Gate(context) is null ? HubReply.Page(401) : Login();
        }

        if (isLoginPath || context.Request.Path != "/kojihub")
        {
            return HubReply.Page(404);
        }

        if (call is { Method: "login", Session: null })
        {
            return call.Shown == "login('packit', 's3cret')" ? Login() : HubReply.Fault(1002, "invalid username or password");
        }

        Session? session = null;
        if (call.Session is { } id)
        {
            lock (_gate)
            {
                session = _sessions.GetValueOrDefault(id);
            }

            if (session?.Key != key || session is null)
            {
                return HubReply.Fault(1002, "Invalid session or bad credentials");
            }

            if (session.IsExpired)
            {
                return HubReply.Fault(1007, $"session \"{id}\" has expired");
            }

            if (call.Number < session.Last)
            {
                return HubReply.Fault(1008, $"{session.Last} > {call.Number} (session {id})");
            }

            if (call.Number == session.Last)
            {
                return HubReply.Fault(1009, $"unable to retry call {call.Number} (method {call.Method}) for session {id}");
            }
        }

        return Run(call, session);
    }

    private HubReply Run(HubCall call, Session? session)
    {
        var isWrite = Writes.Contains(call.Method);
        if (isWrite && session is null)
        {
            return HubReply.Fault(1004, "you must be logged in for this operation");
        }

        Overlapped |= session is not null && Interlocked.Increment(ref _inSession) > 1;
        try
        {
            if (call.Method == "logout")
            {
                Forget();
                return HubReply.Of(Xml.Nil);
            }

            var reply = _answers.TryGetValue(call.Method, out var answer) ? answer(call) : HubReply.Fault(1000, $"Invalid method: {call.Method}");
            if (isWrite && !reply.IsFault)
            {
                session!.Last = call.Number!.Value;
            }

            return reply;
        }
        finally
        {
            _ = session is null ? 0 : Interlocked.Decrement(ref _inSession);
        }
    }

    private HubReply Login()
    {
        lock (_gate)
        {
            var id = ++_lastSession;
            _sessions[id] = new Session($"2-key{id}/+");
            (string, string)[] session = [("session-id", Xml.Int(id)), ("session-key", Xml.Text($"2-key{id}/+"))];
            return HubReply.Of(Xml.Struct(TakesHeaders ? [.. session, ("header-auth", Xml.Flag(true))] : session));
        }
    }

    private static async Task ReplyAsync(HttpContext context, HubReply reply)
    {
        if (reply.IsLost)
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = reply.Status;
        context.Response.ContentType = reply.ContentType;
        context.Response.Headers.ContentEncoding = reply.Encoding;
        do
        {
            await context.Response.Body.WriteAsync(reply.Body, context.RequestAborted);
        }
        while (reply.NeverEnds);

        if (reply.Hangs)
        {
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }

    private sealed class Session(string key)
    {
        public string Key => key;

        public int Last { get; set; } = -1;

        public bool IsExpired { get; set; }
    }
}
