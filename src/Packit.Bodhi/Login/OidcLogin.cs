using Packit.Http;

namespace Packit.Bodhi;

/// <summary>
/// A login at an OpenID provider by the Kerberos ticket of the process. Tokens are kept in memory and renewed, first by the refresh token,
/// then by Kerberos; many callers make one login. There is never a question to a person.
/// </summary>
public sealed class OidcLogin
{
    /// <summary>The <see cref="RemoteException.Service"/> of what goes wrong with a login. Nothing that was to be written after it was written.</summary>
    public const string Provider = OidcFlow.Service;

    private readonly OidcFlow _flow;
    private readonly TimeProvider _time;
    private readonly SingleFlight<OidcTokens> _renewal = new();
    private volatile OidcTokens? _current;

    /// <param name="plain">For what needs no ticket.</param>
    /// <param name="negotiating">With a <see cref="NegotiateHandler"/>; used where the provider asks for a ticket.</param>
    public OidcLogin(HttpClient plain, HttpClient negotiating, OidcOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(plain);
        ArgumentNullException.ThrowIfNull(negotiating);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        _flow = new OidcFlow(plain, negotiating, options, time);
        _time = time;
    }

    /// <summary>The account that is logged in: the claim <c>nickname</c>.</summary>
    /// <exception cref="RemoteException">No login; the text says what to check.</exception>
    public async Task<string> UserNameAsync(CancellationToken cancellationToken) =>
        await _flow.UserNameAsync(await AccessTokenAsync(cancellationToken), cancellationToken);

    /// <summary>A token that is good for some time yet.</summary>
    internal async Task<Secret> AccessTokenAsync(CancellationToken cancellationToken) =>
        (Usable() ?? await _renewal.RunAsync(RenewAsync, cancellationToken)).Access;

    /// <summary>Drops a token that was refused, unless a newer one has taken its place. One that a refresh token brought takes that with it.</summary>
    internal void Reject(Secret access)
    {
        if (_current is { } current && current.Access.Equals(access))
        {
            Interlocked.CompareExchange(ref _current, current.Refreshed ? null : current with { Ends = DateTimeOffset.MinValue }, current);
        }
    }

    private OidcTokens? Usable() => _current is { } current && current.Ends > _time.GetUtcNow() ? current : null;

    private async Task<OidcTokens> RenewAsync()
    {
        if (Usable() is { } renewedMeanwhile)
        {
            return renewedMeanwhile;
        }

        var refreshed = _current?.Refresh is { } refresh ? await _flow.RefreshAsync(refresh, CancellationToken.None) : null;
        return _current = refreshed ?? await _flow.LogInAsync(CancellationToken.None);
    }
}
