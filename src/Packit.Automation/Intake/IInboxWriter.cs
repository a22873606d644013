namespace Packit.Automation.Intake;

/// <summary>Writes a batch of deliveries in one durable transaction. Used by one caller at a time.</summary>
internal interface IInboxWriter : IAsyncDisposable
{
    /// <summary>Stores all of the batch or, when it throws, nothing that the caller may count on.</summary>
    /// <returns>For each delivery whether it is new.</returns>
    Task<bool[]> WriteAsync(IReadOnlyList<PendingDelivery> batch, CancellationToken cancellationToken);
}
