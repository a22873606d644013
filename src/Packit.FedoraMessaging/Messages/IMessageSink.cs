namespace Packit.FedoraMessaging;

/// <summary>Where messages go. Called by one caller at a time or by several; a message may come more than once.</summary>
public interface IMessageSink
{
    /// <summary>Stores messages durably: when it returns, all of them are kept, each once however often it came.</summary>
    /// <exception cref="MessageStoreException">They could not all be stored; the sender has to bring them again.</exception>
    Task StoreAsync(IReadOnlyList<BusMessage> messages, CancellationToken cancellationToken);
}

/// <summary>Messages could not be stored now: the place where they are kept is away. The text says which and why.</summary>
public sealed class MessageStoreException(string message, Exception? innerException = null) : Exception(message, innerException);
