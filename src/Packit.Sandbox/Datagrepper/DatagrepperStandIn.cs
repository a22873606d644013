using Packit.Sandbox.Bus;

namespace Packit.Sandbox.Datagrepper;

/// <summary>The archive of the message bus, over everything that was published, what subscribers lost included.</summary>
public sealed class DatagrepperStandIn
{
    internal DatagrepperStandIn(MessageBus bus, TimeProvider time)
    {
        Bus = bus;
        Time = time;
    }

    /// <summary>Where it listens, with a trailing slash; the search is at <c>datagrepper/v2/search</c>.</summary>
    public Uri Address { get; internal set; } = new("http://127.0.0.1/");

    /// <summary>How far behind the bus it is: younger messages are not found yet.</summary>
    public TimeSpan Lag { get; set; }

    internal MessageBus Bus { get; }

    internal TimeProvider Time { get; }

    /// <summary>What it has by now, oldest first.</summary>
    internal IEnumerable<BusMessage> Stored()
    {
        var until = Time.GetUtcNow() - Lag;
        return Bus.History.Where(message => message.SentAt <= until);
    }
}
