namespace Packit.FedoraMessaging;

/// <summary>The time up to which every message is stored. It outlives the process.</summary>
public interface IMessagePosition
{
    /// <returns>Null before the first start.</returns>
    /// <exception cref="MessageStoreException">It cannot be read now.</exception>
    Task<DateTimeOffset?> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Moves it on; an earlier time changes nothing.</summary>
    /// <exception cref="MessageStoreException">It cannot be stored now.</exception>
    Task AdvanceAsync(DateTimeOffset to, CancellationToken cancellationToken);
}
