namespace Packit.FedoraMessaging;

/// <summary>
/// A message of Fedora's bus: the envelope and the bytes. Nobody signs messages, and others may be able to publish look-alikes, so that a
/// message is a hint: what it says is read again from its owner before anything is done about it.
/// </summary>
/// <param name="Id">AMQP's message id, a UUID; two deliveries of one message have the same.</param>
/// <param name="Topic">The routing key with its prefix: <c>org.fedoraproject.prod.buildsys.tag</c>.</param>
/// <param name="SentAt">Header <c>sent-at</c>, whole seconds; null when it is missing or no time.</param>
/// <param name="Schema">Header <c>fedora_messaging_schema</c>; Pagure's messages have <c>base.message</c>.</param>
/// <param name="Severity">Header <c>fedora_messaging_severity</c>: 10 debug, 20 info, 30 warning, 40 error.</param>
/// <param name="Body">The body, byte for byte; JSON when the sender is honest.</param>
/// <remarks>fedora-messaging: docs, "Message schemas", properties and headers.</remarks>
public sealed record BusMessage(string Id, string Topic, DateTimeOffset? SentAt, string? Schema, int? Severity, ReadOnlyMemory<byte> Body)
{
    /// <summary>The largest body that is taken in, in bytes; the largest ones known carry all comments of a pull request.</summary>
    public const int MaxBodyBytes = 4 << 20;

    /// <summary>Why the message is not fit to be read, whatever its body says (too large, no topic); null when nothing is wrong with its envelope.</summary>
    public string? Problem { get; init; }
}
