using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Packit.Automation.Storage;

namespace Packit.TestSupport;

/// <summary>A migrated, empty database for one test or one class, on either provider; gone when it is disposed.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private static readonly SemaphoreSlim MakingTemplate = new(1, 1);
    private static readonly HashSet<PostgresServer> WithTemplate = [];

    private readonly PostgresServer? _server;
    private readonly string? _file;

    private TestDatabase(DatabaseProvider provider, string connectionString, PostgresServer? server, string? file)
    {
        Provider = provider;
        ConnectionString = connectionString;
        _server = server;
        _file = file;
    }

    public DatabaseProvider Provider { get; }

    public string ConnectionString { get; }

    /// <summary>The settings of the section <c>Database</c>, by their full keys.</summary>
    public IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["Database:Provider"] = Provider.ToString(),
        ["Database:ConnectionString"] = ConnectionString,
    };

    /// <param name="provider">Which kind.</param>
    /// <param name="server">The server; used for PostgreSQL only, where a missing one skips the test.</param>
    public static async Task<TestDatabase> CreateAsync(DatabaseProvider provider, PostgresServer server)
    {
        if (provider == DatabaseProvider.Sqlite)
        {
            var file = Path.Combine(Path.GetTempPath(), $"packit-test-{Guid.NewGuid():N}.db");
            var sqlite = new TestDatabase(provider, $"Data Source={file}", null, file);
            await sqlite.MigrateAsync();
            return sqlite;
        }

        await MakeTemplateAsync(server);
        return new TestDatabase(provider, await server.CreateDatabaseAsync("packit_template"), server, null);
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is { } server)
        {
            await server.DropDatabaseAsync(ConnectionString);
        }

        if (_file is { } file)
        {
            SqliteConnection.ClearAllPools();
            foreach (var path in new[] { file, file + "-wal", file + "-shm" })
            {
                File.Delete(path);
            }
        }
    }

    private static async Task MakeTemplateAsync(PostgresServer server)
    {
        await MakingTemplate.WaitAsync();
        try
        {
            if (!WithTemplate.Contains(server))
            {
                await server.ExecuteAsync("CREATE DATABASE packit_template");
                await new TestDatabase(
                    DatabaseProvider.PostgreSql, await server.ConnectionStringAsync("packit_template") + ";Pooling=false", server, null).MigrateAsync();
                WithTemplate.Add(server);
            }
        }
        finally
        {
            MakingTemplate.Release();
        }
    }

    private async Task MigrateAsync()
    {
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddPackitStorage(new ConfigurationBuilder().AddInMemoryCollection(Settings).Build().GetSection("Database"))
            .BuildServiceProvider();
        await services.GetRequiredService<DatabaseMigrator>().MigrateAsync(CancellationToken.None);
    }
}
