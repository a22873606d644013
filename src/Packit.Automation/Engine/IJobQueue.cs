namespace Packit.Automation.Engine;

/// <summary>Where work is put that must be done, now or later. The engine behind it is persistent and at-least-once.</summary>
public interface IJobQueue
{
    /// <summary>Puts one job into the engine. A job of the same name that waits already is kept as it is.</summary>
    Task EnqueueAsync(QueuedJob job, CancellationToken cancellationToken);
}

/// <summary>A reference to work whose truth is a row of the database.</summary>
/// <param name="Kind">Which <see cref="IJobHandler"/> does it; a stored name that never follows a rename.</param>
/// <param name="RowId">The row that holds the arguments and the state.</param>
/// <param name="Name">Unique name of this piece of work, such as <c>propose-downstream/12/3</c> for the third attempt at target 12.</param>
/// <param name="ExclusiveKey">No two jobs of one key run at a time, on any node: package and branch.</param>
/// <param name="NotBefore">When it is due; null is now.</param>
public sealed record QueuedJob(string Kind, int RowId, string Name, string ExclusiveKey, DateTimeOffset? NotBefore = null);
