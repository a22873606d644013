using Packit.Http;

namespace Packit.Koji;

/// <summary>
/// A Koji hub. Every method may throw <see cref="KojiException"/>, also when no Kerberos ticket can be had.
/// Reads go out without a session, in parallel, and are repeated when the trouble passes. Writes go out in one session, one after the
/// other and once: when one fails, <see cref="KojiException.Effect"/> says whether to look before it is made again.
/// </summary>
/// <remarks>
/// Messages of the bus come at best once, so tasks that are not final are to be asked for too: all of them in one call
/// (<see cref="TasksAsync(IReadOnlyCollection{int}, CancellationToken)"/> or <see cref="KojiBatch"/>), every 5 to 15 minutes.
/// Koji: class <c>RootExports</c> in <c>kojihub/kojihub.py</c>; <c>ClientSession</c> in <c>koji/__init__.py</c>.
/// </remarks>
public sealed partial class KojiClient : IAsyncDisposable
{
    private readonly KojiWire _wire;
    private readonly KojiSession _session;

    /// <param name="options">Where the hub is and how to log in.</param>
    /// <param name="userAgent">What the client calls itself.</param>
    /// <param name="time">The clock for limits, pauses and the session's age.</param>
    /// <exception cref="ArgumentException">The options have problems; the text lists them.</exception>
    public KojiClient(KojiOptions options, string userAgent, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        if (options.Problems().ToList() is { Count: > 0 } problems)
        {
            throw new ArgumentException(string.Join(' ', problems), nameof(options));
        }

        Urls = new KojiUrls(options);
        _wire = new KojiWire(options, userAgent, time);
        _session = new KojiSession(options, _wire, time);
    }

    /// <summary>Addresses for people.</summary>
    public KojiUrls Urls { get; }

    /// <summary>Makes any call of the hub's interface, for what has no method here.</summary>
    /// <param name="method">Its name, such as <c>getPackageConfig</c>.</param>
    /// <param name="arguments">By position; the last may be <see cref="Keywords"/>.</param>
    /// <param name="access">Who asks, and whether it changes something.</param>
    /// <param name="cancellationToken">Ends the waiting; a write that is under way may still happen.</param>
    /// <returns>The value that came back.</returns>
    public Task<RpcValue> CallAsync(string method, IReadOnlyList<RpcValue> arguments, KojiAccess access, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(method);
        ArgumentNullException.ThrowIfNull(arguments);
        return SendAsync(new KojiCall(method, $"the call {RemoteText.Clean(method)}", arguments) { Access = access }, cancellationToken);
    }

    /// <summary>Named arguments as the hub takes them: a last struct with a marker. A member that is null is left out.</summary>
    public static RpcValue Keywords(params (string Name, RpcValue? Value)[] named) => KojiCall.Keywords(named);

    /// <summary>Asks for all that is in the batch in one request. One that fails does not harm the others.</summary>
    public async Task SendAsync(KojiBatch batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        foreach (var part in batch.Parts())
        {
            var call = KojiBatch.Call(part);
            KojiBatch.Take(part, await SendAsync(call, cancellationToken));
        }
    }

    /// <summary>The hub's version: <c>1.35.3</c>.</summary>
    public Task<string> VersionAsync(CancellationToken cancellationToken) => SendAsync(KojiCalls.Version(), cancellationToken);

    /// <summary>Who this client is to the hub; logs in if need be.</summary>
    public async Task<KojiUser> LoggedInUserAsync(CancellationToken cancellationToken) =>
        await SendAsync(KojiCalls.LoggedInUser(), cancellationToken)
        ?? throw new KojiException(RemoteFailure.Unauthorized, "Koji logged us in, but says that nobody is logged in.");

    /// <returns>Null when there is no such user.</returns>
    public Task<KojiUser?> UserAsync(string name, CancellationToken cancellationToken) => SendAsync(KojiCalls.User(name), cancellationToken);

    /// <summary>Logs out, if the hub answers soon, and closes the connections.</summary>
    public async ValueTask DisposeAsync()
    {
        await _session.DisposeAsync();
        _wire.Dispose();
    }

    private async Task<T> SendAsync<T>(KojiCall<T> call, CancellationToken cancellationToken)
    {
        var value = await SendAsync((KojiCall)call, cancellationToken);
        try
        {
            return call.Decode(value);
        }
        catch (KojiException unreadable) when (call.IsWrite)
        {
            // The hub did what it was asked; what it answered cannot be used.
            throw new KojiException(unreadable.Failure, unreadable.Message, unreadable) { Effect = KojiEffect.Unknown };
        }
    }

    private Task<RpcValue> SendAsync(KojiCall call, CancellationToken cancellationToken) => call.Access == KojiAccess.Anonymous
        ? _wire.ReadAsync(call, null, cancellationToken)
        : _session.CallAsync(call, cancellationToken);
}
