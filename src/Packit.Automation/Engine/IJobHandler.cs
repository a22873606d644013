namespace Packit.Automation.Engine;

/// <summary>Does the work of one kind of job. It may be called again for the same row, after a crash also at any point: it must be idempotent.</summary>
public interface IJobHandler
{
    /// <summary>The stored name of the kind.</summary>
    string Kind { get; }

    /// <summary>Does the work. Expected failures are written to the row; what is thrown is a bug or an outage of the database.</summary>
    Task RunAsync(int rowId, CancellationToken cancellationToken);

    /// <summary>Rows that should have a job in the engine and may have lost it: due, or left by a dead worker.</summary>
    Task<IReadOnlyList<QueuedJob>> FindOrphansAsync(CancellationToken cancellationToken);
}
