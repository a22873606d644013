using Packit.Http;

namespace Packit.Koji;

/// <summary>
/// The session with the hub, and the lane before it: one call after the other, since the numbers of the calls must rise. Logs in when
/// it is needed, anew when the session has ended.
/// </summary>
/// <remarks>
/// Koji: <c>kojihub/auth.py</c>. A call whose number was processed before is a RetryError (1009), one with a lower number a
/// SequenceError (1008). The number is kept only when the call changed something, so 1009 proves that it did.
/// A renewal within the old session would start to count at 0 where the hub goes on counting; so a login is always a fresh one.
/// </remarks>
internal sealed class KojiSession(KojiOptions options, KojiWire wire, TimeProvider time) : IAsyncDisposable
{
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _lane = new(1);
    private Opened? _open;

    /// <summary>Makes a call in the session.</summary>
    /// <exception cref="KojiException">The login or the call failed.</exception>
    public async Task<RpcValue> CallAsync(KojiCall call, CancellationToken cancellationToken)
    {
        await _lane.WaitAsync(cancellationToken);
        try
        {
            return await CallInLaneAsync(call, cancellationToken);
        }
        finally
        {
            _lane.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        using var soon = new CancellationTokenSource(Farewell, time);
        try
        {
            await _lane.WaitAsync(soon.Token);
            await LogOutAsync(soon.Token);
        }
        catch (OperationCanceledException)
        {
            // A call is still under way, or the hub is silent; it ends the session by itself one day.
            return;
        }

        _lane.Dispose();
    }

    private async Task<RpcValue> CallInLaneAsync(KojiCall call, CancellationToken cancellationToken)
    {
        for (var isSecond = false; ; isSecond = true)
        {
            var open = await OpenAsync(call, cancellationToken);
            var pass = open.Next();
            try
            {
                return call.IsWrite
                    ? await wire.WriteAsync(call, pass, cancellationToken)
                    : await wire.ReadAsync(call, pass, cancellationToken);
            }
            catch (KojiException trouble)
            {
                var isEnded = KojiFaults.NeedsLogin(trouble) || trouble.Code == KojiFaultCode.Sequence;
                _open = isEnded ? null : open;
                if (isSecond || !CanBeRepeated(call, trouble))
                {
                    throw;
                }
            }
        }
    }

    // Without a session nothing was done, so even a write can be repeated. What a used number means for a write is for the caller to look up.
    private static bool CanBeRepeated(KojiCall call, KojiException trouble) =>
        KojiFaults.NeedsLogin(trouble) || (!call.IsWrite && trouble.Code is KojiFaultCode.Sequence or KojiFaultCode.Retry);

    private async Task<Opened> OpenAsync(KojiCall call, CancellationToken cancellationToken)
    {
        if (_open is { } old && time.GetUtcNow() - old.Since >= options.SessionLifetime)
        {
            await LogOutAsync(cancellationToken);
        }

        if (_open is { } open)
        {
            return open;
        }

        var doing = $"logging in for {call.Doing}";
        var login = options.Login switch
        {
            KojiLogin.None => throw new KojiException(
                RemoteFailure.Unauthorized, $"Koji was not asked for {call.Doing}, because it needs a login and none is configured."),
            KojiLogin.Password => await wire.ReadAsync(new KojiCall("login", doing, options.User!, options.Password!.Reveal()), null, cancellationToken),
            _ => await wire.LoginAsync(new KojiCall("sslLogin", doing, KojiCall.Keywords(("proxyuser", RpcValue.None))), cancellationToken),
        };
        return _open = new Opened(SessionPass.Read(new Answer(login, "the login")), time.GetUtcNow());
    }

    private async Task LogOutAsync(CancellationToken cancellationToken)
    {
        if (_open is not { } open)
        {
            return;
        }

        _open = null;
        try
        {
            await wire.WriteAsync(new KojiCall("logout", "logging out"), open.Next(), cancellationToken);
        }
        catch (KojiException)
        {
            // A session that cannot be ended ends by itself.
        }
    }

    private sealed class Opened(SessionPass pass, DateTimeOffset since)
    {
        private int _next;

        public DateTimeOffset Since => since;

        public CallPass Next() => new(pass, _next++);
    }
}
