using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Packit.Automation.Storage;

/// <summary>The one place that knows how connections are made: for EF Core, for the inbox and for the job engine.</summary>
internal sealed class Database : IPackitDbFactory, IAsyncDisposable
{
    private readonly Func<PackitDb> _create;

    public Database(IOptions<DatabaseOptions> options, ILoggerFactory loggers)
    {
        Provider = options.Value.Provider;
        if (Provider == DatabaseProvider.PostgreSql)
        {
            var source = new NpgsqlDataSourceBuilder(options.Value.ConnectionString);
            source.UseLoggerFactory(loggers);
            source.ConnectionStringBuilder.ApplicationName ??= "packit-service";
            ConnectionString = source.ConnectionStringBuilder.ConnectionString;
            Postgres = source.Build();
            var contexts = new PooledDbContextFactory<PostgresDb>(new DbContextOptionsBuilder<PostgresDb>()
                // The driver's own strategy wraps trouble with the connection into a bug's exception, which nobody expects of a database.
                .UseNpgsql(Postgres, npgsql => npgsql.ExecutionStrategy(dependencies => new NonRetryingExecutionStrategy(dependencies)))
                .UseLoggerFactory(loggers)
                .Options);
            _create = contexts.CreateDbContext;
        }
        else
        {
            ConnectionString = SqliteConnections.Complete(options.Value.ConnectionString);
            var contexts = new PooledDbContextFactory<SqliteDb>(new DbContextOptionsBuilder<SqliteDb>()
                .UseSqlite(ConnectionString)
                .AddInterceptors(new SqliteConnections())
                .UseLoggerFactory(loggers)
                // SQLite changes a column by making its table anew, which no transaction can hold; nobody who reads the warning could do otherwise.
                .ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.NonTransactionalMigrationOperationWarning))
                .Options);
            _create = contexts.CreateDbContext;
        }
    }

    public DatabaseProvider Provider { get; }

    /// <summary>With password: for drivers only.</summary>
    public string ConnectionString { get; }

    /// <summary>The pool of connections; null on SQLite.</summary>
    public NpgsqlDataSource? Postgres { get; }

    public PackitDb Create() => _create();

    /// <summary>Opens a connection outside EF Core, set up as EF Core's own are.</summary>
    public async Task<DbConnection> OpenAsync(CancellationToken cancellationToken)
    {
        if (Postgres is { } source)
        {
            return await source.OpenConnectionAsync(cancellationToken);
        }

        var connection = new SqliteConnection(ConnectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            SqliteConnections.SetUp(connection);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => Postgres?.DisposeAsync() ?? ValueTask.CompletedTask;
}
