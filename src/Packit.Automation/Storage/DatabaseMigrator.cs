using System.Data.Common;
using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Packit.Automation.Storage;

/// <summary>Brings the database to the state that this version of the service needs.</summary>
public sealed partial class DatabaseMigrator
{
    // Any number that nobody else uses in this database: "packit" in ASCII.
    private const long MigrationLock = 0x7061_636b_6974;

    // EF Core's lock row on SQLite outlives a process that was killed while it migrated, and then blocks for ever.
    private static readonly TimeSpan AbandonedLock = TimeSpan.FromMinutes(2);

    private readonly Database _database;
    private readonly DatabaseOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<DatabaseMigrator> _log;

    internal DatabaseMigrator(Database database, IOptions<DatabaseOptions> options, TimeProvider time, ILogger<DatabaseMigrator> log)
    {
        _database = database;
        _options = options.Value;
        _time = time;
        _log = log;
    }

    /// <summary>Applies the migrations that are missing; any number of processes may start it at the same time.</summary>
    /// <returns>The names of the migrations that this call applied.</returns>
    /// <exception cref="DbException">The database refuses, or does not answer within <see cref="DatabaseOptions.StartTimeout"/>.</exception>
    public async Task<IReadOnlyList<string>> MigrateAsync(CancellationToken cancellationToken)
    {
        var giveUp = _time.GetUtcNow() + _options.StartTimeout;
        var pause = TimeSpan.FromMilliseconds(200);
        while (true)
        {
            try
            {
                return await TryMigrateAsync(cancellationToken);
            }
            catch (DbException e) when (IsStarting(e) && _time.GetUtcNow() + pause < giveUp)
            {
                LogWaiting(pause, e.Message);
                await Task.Delay(pause, _time, cancellationToken);
                pause = TimeSpan.FromSeconds(Math.Min(pause.TotalSeconds * 2, 5));
            }
        }
    }

    private async Task<IReadOnlyList<string>> TryMigrateAsync(CancellationToken cancellationToken)
    {
        await using var db = _database.Create();
        if (_database.Postgres is not { } source)
        {
            return await ApplyMissingAsync(db, cancellationToken);
        }

        // The lock belongs to the session: a killed process gives it back.
        await using var session = await source.OpenConnectionAsync(cancellationToken);
        await using (var take = new NpgsqlCommand("SELECT pg_advisory_lock($1)", session) { CommandTimeout = 0, Parameters = { new() { Value = MigrationLock } } })
        {
            await take.ExecuteNonQueryAsync(cancellationToken);
        }

        try
        {
            return await ApplyMissingAsync(db, cancellationToken);
        }
        finally
        {
            await using var release = new NpgsqlCommand("SELECT pg_advisory_unlock($1)", session) { Parameters = { new() { Value = MigrationLock } } };
            await release.ExecuteNonQueryAsync(CancellationToken.None);
        }
    }

    private async Task<IReadOnlyList<string>> ApplyMissingAsync(PackitDb db, CancellationToken cancellationToken)
    {
        var missing = (await db.Database.GetPendingMigrationsAsync(cancellationToken)).ToArray();
        if (missing.Length == 0)
        {
            return missing;
        }

        if (_database.Provider == DatabaseProvider.Sqlite)
        {
            await RemoveAbandonedLockAsync(db, cancellationToken);
        }

        await db.Database.MigrateAsync(cancellationToken);
        LogMigrated(missing.Length, missing[^1]);
        return missing;
    }

    private async Task RemoveAbandonedLockAsync(PackitDb db, CancellationToken cancellationToken)
    {
        var table = await db.Database
            .SqlQuery<string>($"SELECT name AS Value FROM sqlite_master WHERE type = 'table' AND name = '__EFMigrationsLock'")
            .ToListAsync(cancellationToken);
        if (table.Count == 1)
        {
            var before = (_time.GetUtcNow() - AbandonedLock).UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss");
            await db.Database.ExecuteSqlAsync($"""DELETE FROM "__EFMigrationsLock" WHERE "Timestamp" < {before}""", cancellationToken);
        }
    }

    private static bool IsStarting(DbException exception) => exception switch
    {
        PostgresException refused => refused.SqlState is PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.TooManyConnections,
        NpgsqlException => exception.InnerException is SocketException or IOException or TimeoutException || exception.IsTransient,
        _ => false,
    };

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database does not answer yet, next attempt in {Pause}: {Problem}")]
    private partial void LogWaiting(TimeSpan pause, string problem);

    [LoggerMessage(Level = LogLevel.Information, Message = "The database was migrated: {Count} migrations, up to {Last}")]
    private partial void LogMigrated(int count, string last);
}
