namespace Packit.Automation.Storage;

/// <summary>Opens units of work on the service's database.</summary>
public interface IPackitDbFactory
{
    /// <summary>Which program keeps the state.</summary>
    DatabaseProvider Provider { get; }

    /// <summary>A unit of work from the pool. Dispose it soon: it is not for sharing between threads.</summary>
    PackitDb Create();
}
