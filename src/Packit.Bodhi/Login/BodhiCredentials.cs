using Packit.Http;

namespace Packit.Bodhi;

/// <summary>What a write takes: who it is, and that it is meant.</summary>
/// <param name="Ticket">The cookie <c>auth_tkt</c>: the account, with the groups it had at login.</param>
/// <param name="TicketEnds">When the ticket is renewed without being refused first.</param>
/// <param name="Session">The cookie <c>session</c>, which carries the form token.</param>
/// <param name="FormToken">The <c>csrf_token</c> that has to stand in the body.</param>
/// <param name="SessionEnds">When the session and its token are renewed without being refused first.</param>
internal sealed record BodhiCredentials(
    BodhiCookie Ticket, DateTimeOffset TicketEnds, BodhiCookie Session, Secret FormToken, DateTimeOffset SessionEnds);

internal sealed record CsrfBody(string CsrfToken);
