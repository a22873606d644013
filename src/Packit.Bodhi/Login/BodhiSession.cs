using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Packit.Http;

namespace Packit.Bodhi;

/// <summary>
/// Bodhi's login: a bearer token of the OpenID provider becomes the cookie <c>auth_tkt</c>, and each form needs a token of the cookie
/// <c>session</c>. Both are kept, renewed before they end, and made anew once when a write is refused for them.
/// </summary>
/// <remarks>Bodhi: server/auth/views.py, client/bindings.py.</remarks>
internal sealed class BodhiSession(BodhiWire wire, OidcLogin login, TimeProvider time)
{
    private const int Tokens = 3;
    private static readonly TimeSpan TicketTime = TimeSpan.FromHours(12);
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);

    // Pyramid's session cookies are good for 20 minutes.
    private static readonly TimeSpan SessionTime = TimeSpan.FromMinutes(10);

    private readonly SingleFlight<BodhiCredentials> _renewal = new();
    private volatile BodhiCredentials? _current;

    /// <summary>Sends a write; when the login was lost, logs in and sends it a second time, since a refused write has no effect.</summary>
    /// <returns>The last answer, which is a success.</returns>
    /// <exception cref="RemoteException">No login, no answer, or a refusal (<see cref="BodhiException"/>).</exception>
    public async Task<RemoteAnswer> WriteAsync(BodhiRequest request, CancellationToken cancellationToken)
    {
        var credentials = await CredentialsAsync(refused: null, cancellationToken);
        var answer = await wire.WriteAsync(request, credentials, cancellationToken);
        var renewed = BodhiErrors.MayBeLogin(answer);
        if (renewed)
        {
            credentials = await CredentialsAsync(credentials, cancellationToken);
            answer = await wire.WriteAsync(request, credentials, cancellationToken);
        }

        if (answer.Status == HttpStatusCode.OK)
        {
            return answer;
        }

        var refusal = Refused(request, answer, renewed, credentials.Ticket.Value, credentials.Session.Value, credentials.FormToken);
        if (refusal.Refusal is BodhiRefusal.NoRights or BodhiRefusal.LoginLost)
        {
            // The groups of the account are those of the login: whoever is granted a right now shall not need a restart.
            Interlocked.CompareExchange(ref _current, null, credentials);
        }

        throw refusal;
    }

    /// <summary>Credentials other than those that were refused.</summary>
    public async Task<BodhiCredentials> CredentialsAsync(BodhiCredentials? refused, CancellationToken cancellationToken) =>
        Usable(refused) ?? await _renewal.RunAsync(() => RenewAsync(refused), cancellationToken);

    // Should Bodhi's words repeat what was sent, they are shown without it.
    private BodhiException Refused(BodhiRequest request, RemoteAnswer answer, bool renewed, params ReadOnlySpan<Secret> sent)
    {
        var words = Encoding.UTF8.GetString(answer.Body);
        foreach (var secret in sent)
        {
            words = secret.Redact(words);
        }

        return BodhiErrors.Refused(request, wire.Root, answer with { Body = Encoding.UTF8.GetBytes(words) }, renewed);
    }

    private BodhiCredentials? Usable(BodhiCredentials? refused) =>
        _current is { } current && current != refused && current.SessionEnds > time.GetUtcNow() && current.TicketEnds > time.GetUtcNow() ? current : null;

    private async Task<BodhiCredentials> RenewAsync(BodhiCredentials? refused)
    {
        if (Usable(refused) is { } renewedMeanwhile)
        {
            return renewedMeanwhile;
        }

        var now = time.GetUtcNow();
        var (ticket, ends) = _current is { } current && current != refused && current.TicketEnds > now
            ? (current.Ticket, current.TicketEnds)
            : await TicketAsync(now);
        var (session, formToken) = await FormTokenAsync(ticket);
        return _current = new BodhiCredentials(ticket, ends, session, formToken, now + SessionTime);
    }

    private async Task<(BodhiCookie Ticket, DateTimeOffset Ends)> TicketAsync(DateTimeOffset now)
    {
        var request = BodhiRequest.Get("oidc/login-token", "logging in");
        for (var attempt = 1; ; attempt++)
        {
            var token = await login.AccessTokenAsync(CancellationToken.None);
            var answer = await wire.ReadAsync(
                request, headers => headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Reveal()), CancellationToken.None);
            if (answer.IsSuccess)
            {
                var ticket = BodhiCookie.From(answer.Headers, "auth_tkt")
                    ?? throw new RemoteException(BodhiWire.Service, RemoteFailure.Unexpected, "Bodhi accepted the login but set no cookie auth_tkt.");
                return (ticket, now + (ticket.Lifetime is { } lifetime && lifetime < TicketTime ? lifetime : TicketTime) - Margin);
            }

            if (answer.Status != HttpStatusCode.Unauthorized || attempt == Tokens)
            {
                throw Refused(request, answer, renewed: true, token);
            }

            login.Reject(token);
        }
    }

    private async Task<(BodhiCookie Session, Secret FormToken)> FormTokenAsync(BodhiCookie ticket)
    {
        var request = BodhiRequest.Get("csrf", "getting a form token");
        var answer = await wire.ReadAsync(request, headers => headers.TryAddWithoutValidation("Cookie", ticket.Pair), CancellationToken.None);
        var body = wire.Read(request, answer, BodhiJson.Default.CsrfBody);
        var session = BodhiCookie.From(answer.Headers, "session");
        return session is not null && !string.IsNullOrWhiteSpace(body.CsrfToken)
            ? (session, new Secret(body.CsrfToken))
            : throw new RemoteException(BodhiWire.Service, RemoteFailure.Unexpected, "Bodhi gave a form token without its session.");
    }
}
