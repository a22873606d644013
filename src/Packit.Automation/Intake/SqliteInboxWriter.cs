using System.Data.Common;
using Microsoft.Data.Sqlite;
using Packit.Automation.Storage;

namespace Packit.Automation.Intake;

/// <summary>One transaction of prepared inserts.</summary>
internal sealed class SqliteInboxWriter(Database database) : IInboxWriter
{
    private const string Insert = """
        INSERT INTO inbox_deliveries (source, delivery_id, event_type, body, received_at, state, outcome, handled_at, attempts, next_attempt_at)
        VALUES ($source, $id, $type, $body, $at, $state, $outcome, CASE WHEN $outcome IS NOT NULL THEN $at END, 0, $at)
        ON CONFLICT (source, delivery_id) DO NOTHING
        """;

    private static readonly Func<DateTimeOffset, object?> Microseconds = instant => new UnixMicrosecondsConverter().ConvertToProvider(instant);

    private DbConnection? _connection;
    private DbCommand? _insert;

    public async Task<bool[]> WriteAsync(IReadOnlyList<PendingDelivery> batch, CancellationToken cancellationToken)
    {
        try
        {
            var insert = _insert ??= await PrepareAsync(cancellationToken);
            await using var transaction = await _connection!.BeginTransactionAsync(cancellationToken);
            insert.Transaction = transaction;
            var isNew = new bool[batch.Count];
            for (var i = 0; i < batch.Count; i++)
            {
                var delivery = batch[i].Delivery;
                insert.Parameters["$source"].Value = WireNames<DeliverySource>.Of(delivery.Source);
                insert.Parameters["$id"].Value = delivery.DeliveryId;
                insert.Parameters["$type"].Value = delivery.EventType;
                insert.Parameters["$body"].Value = delivery.Body.ToArray();
                insert.Parameters["$at"].Value = Microseconds(batch[i].ReceivedAt);
                insert.Parameters["$state"].Value = WireNames<DeliveryState>.Of(delivery.FirstState);
                insert.Parameters["$outcome"].Value = delivery.Rejection ?? (object)DBNull.Value;
                isNew[i] = await insert.ExecuteNonQueryAsync(cancellationToken) == 1;
            }

            await transaction.CommitAsync(cancellationToken);
            return isNew;
        }
        catch
        {
            await CloseAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync() => await CloseAsync();

    private async Task<DbCommand> PrepareAsync(CancellationToken cancellationToken)
    {
        _connection = await database.OpenAsync(cancellationToken);
        // Not longer than a sender waits.
        ((SqliteConnection)_connection).DefaultTimeout = 1;
        var insert = _connection.CreateCommand();
        insert.CommandText = Insert;
        foreach (var name in new[] { "$source", "$id", "$type", "$body", "$at", "$state", "$outcome" })
        {
            insert.Parameters.Add(new SqliteParameter { ParameterName = name });
        }

        return insert;
    }

    private async Task CloseAsync()
    {
        if (_insert is { } insert)
        {
            await insert.DisposeAsync();
        }

        if (_connection is { } connection)
        {
            await connection.DisposeAsync();
        }

        (_insert, _connection) = (null, null);
    }
}
