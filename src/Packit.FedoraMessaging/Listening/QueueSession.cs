using System.Text;
using System.Threading.Channels;
using RabbitMQ.Client;

namespace Packit.FedoraMessaging;

/// <summary>
/// One life of a connection: the queue is there, bound, and read. Whatever ends it (the network, the broker, somebody who deletes the
/// queue) ends <see cref="ReadAsync"/> with a <see cref="BrokerException"/>; what was not acknowledged comes again.
/// </summary>
internal sealed class QueueSession : IAsyncDisposable
{
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(3);

    private readonly BrokerSettings _settings;
    private readonly IConnection _connection;
    private readonly IChannel _channel;

    // Not bounded here: the broker sends no more than the prefetch count before something is acknowledged.
    private readonly Channel<Arrival> _arrivals = Channel.CreateUnbounded<Arrival>(new UnboundedChannelOptions { SingleReader = true });

    private QueueSession(BrokerSettings settings, IConnection connection, IChannel channel)
    {
        _settings = settings;
        _connection = connection;
        _channel = channel;
        channel.ChannelShutdownAsync += (_, reason) =>
        {
            End(BrokerProblems.Describe(reason, settings));
            return Task.CompletedTask;
        };
    }

    /// <summary>Connects, makes queue and bindings where that is ours to do, and begins to consume.</summary>
    /// <exception cref="BrokerException">It cannot be done; the text says what to do.</exception>
    public static async Task<QueueSession> OpenAsync(BrokerSettings settings, CancellationToken cancellationToken)
    {
        IConnection? connection = null;
        try
        {
            connection = await BrokerConnections.OpenAsync(settings, cancellationToken);
            var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
            var session = new QueueSession(settings, connection, channel);
            await session.BeginAsync(cancellationToken);
            return session;
        }
        catch (Exception failed)
        {
            if (connection is not null)
            {
                await CloseAsync(connection);
            }

            // The library also says by a cancellation that something took too long.
            if (BrokerProblems.IsOfBroker(failed) || failed is BrokerException
                || (failed is OperationCanceledException && !cancellationToken.IsCancellationRequested))
            {
                throw BrokerProblems.Describe(failed, settings);
            }

            throw;
        }
    }

    /// <summary>Waits for messages and takes all that have arrived, in order.</summary>
    /// <exception cref="BrokerException">The session has ended.</exception>
    public async Task<IReadOnlyList<Arrival>> ReadAsync(CancellationToken cancellationToken)
    {
        // The end of the channel is always an exception.
        await _arrivals.Reader.WaitToReadAsync(cancellationToken);
        var batch = new List<Arrival>();
        while (batch.Count < _settings.Prefetch && _arrivals.Reader.TryRead(out var arrival))
        {
            batch.Add(arrival);
        }

        return batch;
    }

    /// <summary>These and all before them are safe.</summary>
    /// <inheritdoc cref="ReadAsync"/>
    public Task AcknowledgeAsync(IReadOnlyList<Arrival> batch, CancellationToken cancellationToken) =>
        TellAsync(_channel.BasicAckAsync(batch[^1].Tag, multiple: true, cancellationToken));

    /// <summary>These could not be kept; the broker hands them out again.</summary>
    /// <inheritdoc cref="ReadAsync"/>
    public Task GiveBackAsync(IReadOnlyList<Arrival> batch, CancellationToken cancellationToken) =>
        TellAsync(_channel.BasicNackAsync(batch[^1].Tag, multiple: true, requeue: true, cancellationToken));

    public async ValueTask DisposeAsync()
    {
        _arrivals.Writer.TryComplete();
        await CloseAsync(_connection);
    }

    private static async Task CloseAsync(IConnection connection)
    {
        try
        {
            await connection.AbortAsync(Farewell);
        }
        catch (Exception gone) when (BrokerProblems.IsOfBroker(gone))
        {
            // It was closed already.
        }

        await connection.DisposeAsync();
    }

    private async Task BeginAsync(CancellationToken cancellationToken)
    {
        await _channel.BasicQosAsync(prefetchSize: 0, _settings.Prefetch, global: false, cancellationToken);
        if (_settings.Declares)
        {
            await _channel.QueueDeclareAsync(
                _settings.Queue, durable: true, exclusive: false, autoDelete: false, cancellationToken: cancellationToken);
            foreach (var topic in _settings.Topics)
            {
                await _channel.QueueBindAsync(_settings.Queue, _settings.Exchange, topic, cancellationToken: cancellationToken);
            }
        }

        await _channel.BasicConsumeAsync(_settings.Queue, autoAck: false, new Consumer(this), cancellationToken);
    }

    private async Task TellAsync(ValueTask sending)
    {
        try
        {
            await sending;
        }
        catch (Exception failed) when (BrokerProblems.IsOfBroker(failed))
        {
            throw BrokerProblems.Describe(failed, _settings);
        }
    }

    private void End(string why) => _arrivals.Writer.TryComplete(new BrokerException(why));

    private sealed class Consumer(QueueSession session) : AsyncDefaultBasicConsumer(session._channel)
    {
        public override Task HandleBasicDeliverAsync(
            string consumerTag,
            ulong deliveryTag,
            bool redelivered,
            string exchange,
            string routingKey,
            IReadOnlyBasicProperties properties,
            ReadOnlyMemory<byte> body,
            CancellationToken cancellationToken = default)
        {
            var headers = properties.Headers;
            // The memory of the body is the library's; what is too large is not copied.
            var kept = body.Length > BusMessage.MaxBodyBytes ? body : body.ToArray();
            session._arrivals.Writer.TryWrite(new Arrival(deliveryTag, MessageEnvelope.Make(
                properties.MessageId,
                routingKey,
                Text(headers, MessageEnvelope.SentAtHeader),
                Text(headers, MessageEnvelope.SchemaHeader),
                Number(headers, MessageEnvelope.SeverityHeader),
                kept)));
            return Task.CompletedTask;
        }

        public override Task HandleBasicCancelAsync(string consumerTag, CancellationToken cancellationToken = default)
        {
            session.End($"The broker stopped the consumer: the queue '{session._settings.Queue}' was deleted.");
            return base.HandleBasicCancelAsync(consumerTag, cancellationToken);
        }

        // Strings of headers arrive as bytes.
        private static string? Text(IDictionary<string, object?>? headers, string name) => headers?.TryGetValue(name, out var value) == true
            ? value switch { byte[] { Length: <= 1024 } bytes => Encoding.UTF8.GetString(bytes), string text => text, _ => null }
            : null;

        private static int? Number(IDictionary<string, object?>? headers, string name) => headers?.TryGetValue(name, out var value) == true
            ? value switch { int number => number, long and >= int.MinValue and <= int.MaxValue => (int)(long)value, short number => number, byte number => number, _ => null }
            : null;
    }
}

/// <summary>A message with the number by which the broker wants to hear what became of it.</summary>
internal readonly record struct Arrival(ulong Tag, BusMessage Message);
