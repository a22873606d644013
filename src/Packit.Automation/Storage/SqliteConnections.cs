using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Packit.Automation.Storage;

/// <summary>
/// Sets up each connection to the SQLite file: readers beside one writer (WAL), waiting instead of "database is locked",
/// foreign keys checked, and a commit that is on the disk when it returns (SQLite documentation, PRAGMA synchronous).
/// </summary>
internal sealed class SqliteConnections : DbConnectionInterceptor
{
    private const string Settings = "PRAGMA busy_timeout = 10000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;";

    /// <summary>The configured connection string with what every connection needs.</summary>
    public static string Complete(string connectionString) =>
        new SqliteConnectionStringBuilder(connectionString) { ForeignKeys = true }.ConnectionString;

    public static void SetUp(DbConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Settings;
        command.ExecuteNonQuery();
    }

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => SetUp(connection);

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        // Pragmas of a local file: nothing to wait for.
        SetUp(connection);
        return Task.CompletedTask;
    }
}
