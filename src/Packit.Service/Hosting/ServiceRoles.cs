namespace Packit.Service.Hosting;

/// <summary>What one process of the service does. The default is everything.</summary>
[Flags]
public enum ServiceRoles
{
    None = 0,

    /// <summary>Takes webhooks and shows the dashboard.</summary>
    Web = 1,

    /// <summary>Reads deliveries and works on releases. Only this role holds publishing credentials.</summary>
    Worker = 2,

    /// <summary>Takes in what Fedora's message bus says. It holds no publishing credential.</summary>
    Listener = 4,

    All = Web | Worker | Listener,
}
