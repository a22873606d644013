using System.Collections.Concurrent;

namespace Packit.Sandbox.Bugzilla;

/// <summary>Bugzilla, as far as the search for tickets goes.</summary>
public sealed class BugzillaStandIn
{
    private readonly ConcurrentDictionary<int, BugzillaTicket> _tickets = new();

    internal BugzillaStandIn()
    {
    }

    /// <summary>Where it listens, with a trailing slash.</summary>
    public Uri Address { get; internal set; } = new("http://127.0.0.1/");

    internal IEnumerable<BugzillaTicket> Tickets => _tickets.Values.OrderBy(ticket => ticket.Id);

    /// <summary>Files a ticket, or changes the one of the same number.</summary>
    public void File(BugzillaTicket ticket)
    {
        ArgumentNullException.ThrowIfNull(ticket);
        _tickets[ticket.Id] = ticket;
    }
}
