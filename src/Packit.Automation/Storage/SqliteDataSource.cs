using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Packit.Automation.Storage;

/// <summary>Gives a library that makes its own connections ones that are set up as all others are.</summary>
internal sealed class SqliteDataSource(string connectionString) : DbDataSource
{
    public override string ConnectionString => connectionString;

    protected override DbConnection CreateDbConnection()
    {
        var connection = new SqliteConnection(connectionString);
        connection.StateChange += (_, change) =>
        {
            if (change.CurrentState == System.Data.ConnectionState.Open)
            {
                SqliteConnections.SetUp(connection);
            }
        };
        return connection;
    }
}
