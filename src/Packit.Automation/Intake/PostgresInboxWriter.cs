using Npgsql;
using NpgsqlTypes;
using Packit.Automation.Storage;

namespace Packit.Automation.Intake;

/// <summary>One prepared statement for the whole batch, with the notification of the readers in the same transaction.</summary>
internal sealed class PostgresInboxWriter(NpgsqlDataSource source) : IInboxWriter
{
    private const string Insert = """
        INSERT INTO inbox_deliveries (source, delivery_id, event_type, body, received_at, state, outcome, handled_at, attempts, next_attempt_at)
        SELECT source, delivery_id, event_type, body, received_at, state, outcome, CASE WHEN outcome IS NOT NULL THEN received_at END, 0, received_at
        FROM unnest($1, $2, $3, $4, $5, $6, $7) AS d (source, delivery_id, event_type, body, received_at, state, outcome)
        ON CONFLICT (source, delivery_id) DO NOTHING
        RETURNING source, delivery_id
        """;

    private NpgsqlConnection? _connection;
    private NpgsqlBatch? _batch;

    public async Task<bool[]> WriteAsync(IReadOnlyList<PendingDelivery> batch, CancellationToken cancellationToken)
    {
        var isNew = new bool[batch.Count];
        var places = Places(batch);
        try
        {
            var statement = _batch ??= await PrepareAsync(cancellationToken);
            Fill(statement.BatchCommands[0].Parameters, batch);
            await using var rows = await statement.ExecuteReaderAsync(cancellationToken);
            while (await rows.ReadAsync(cancellationToken))
            {
                isNew[places[(rows.GetString(0), rows.GetString(1))]] = true;
            }

            // Reads to the end of the batch: only then is the transaction committed.
            await rows.NextResultAsync(cancellationToken);
            return isNew;
        }
        catch
        {
            await CloseAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync() => await CloseAsync();

    // Of two equal deliveries in one batch the first is the new one.
    private static Dictionary<(string Source, string Id), int> Places(IReadOnlyList<PendingDelivery> batch)
    {
        var places = new Dictionary<(string, string), int>(batch.Count);
        for (var i = 0; i < batch.Count; i++)
        {
            places.TryAdd((WireNames<DeliverySource>.Of(batch[i].Delivery.Source), batch[i].Delivery.DeliveryId), i);
        }

        return places;
    }

    private static void Fill(NpgsqlParameterCollection parameters, IReadOnlyList<PendingDelivery> batch)
    {
        var sources = new string[batch.Count];
        var ids = new string[batch.Count];
        var types = new string[batch.Count];
        var bodies = new ReadOnlyMemory<byte>[batch.Count];
        var times = new DateTimeOffset[batch.Count];
        var states = new string[batch.Count];
        var outcomes = new string?[batch.Count];
        for (var i = 0; i < batch.Count; i++)
        {
            var delivery = batch[i].Delivery;
            sources[i] = WireNames<DeliverySource>.Of(delivery.Source);
            ids[i] = delivery.DeliveryId;
            types[i] = delivery.EventType;
            bodies[i] = delivery.Body;
            times[i] = batch[i].ReceivedAt;
            states[i] = WireNames<DeliveryState>.Of(delivery.FirstState);
            outcomes[i] = delivery.Rejection;
        }

        parameters[0].Value = sources;
        parameters[1].Value = ids;
        parameters[2].Value = types;
        parameters[3].Value = bodies;
        parameters[4].Value = times;
        parameters[5].Value = states;
        parameters[6].Value = outcomes;
    }

    private async Task<NpgsqlBatch> PrepareAsync(CancellationToken cancellationToken)
    {
        _connection = await source.OpenConnectionAsync(cancellationToken);
        var insert = new NpgsqlBatchCommand(Insert);
        NpgsqlDbType[] types =
        [
            NpgsqlDbType.Text, NpgsqlDbType.Text, NpgsqlDbType.Text, NpgsqlDbType.Bytea, NpgsqlDbType.TimestampTz, NpgsqlDbType.Text, NpgsqlDbType.Text,
        ];
        foreach (var type in types)
        {
            insert.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Array | type });
        }

        var batch = new NpgsqlBatch(_connection)
        {
            BatchCommands = { insert, new NpgsqlBatchCommand($"NOTIFY {WakeUps.Inbox}") },
        };
        await batch.PrepareAsync(cancellationToken);
        return batch;
    }

    private async Task CloseAsync()
    {
        if (_batch is { } batch)
        {
            await batch.DisposeAsync();
        }

        if (_connection is { } connection)
        {
            await connection.DisposeAsync();
        }

        (_batch, _connection) = (null, null);
    }
}
