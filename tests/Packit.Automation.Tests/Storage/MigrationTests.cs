using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Packit.Automation.Storage;
using Packit.TestSupport;

namespace Packit.Automation.Tests.Storage;

public sealed class MigrationTests(PostgresServer server)
{
    [Theory]
    [InlineData(DatabaseProvider.Sqlite, "Data Source=never-opened.db")]
    [InlineData(DatabaseProvider.PostgreSql, "Host=never-opened")]
    public async Task The_migrations_make_exactly_the_model(DatabaseProvider provider, string connectionString)
    {
        await using var services = Services(provider, connectionString);
        await using var db = services.GetRequiredService<IPackitDbFactory>().Create();

        Assert.False(db.Database.HasPendingModelChanges(), "The model differs from the migrations: see Storage/DesignTime.cs on how to add one.");
    }

    [Fact]
    public async Task Processes_that_start_together_migrate_an_empty_server_once()
    {
        var connectionString = await Empty();
        var applied = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(async () =>
        {
            await using var services = Services(DatabaseProvider.PostgreSql, connectionString + ";Pooling=false");
            return await services.GetRequiredService<DatabaseMigrator>().MigrateAsync(CancellationToken.None);
        })));

        Assert.Single(applied, names => names.Count > 0);
    }

    [Fact]
    public async Task A_server_that_is_still_starting_is_waited_for()
    {
        await using var own = new PostgresServer();
        var connectionString = await own.ConnectionStringAsync();
        await own.CrashAsync();
        await using var services = Services(DatabaseProvider.PostgreSql, connectionString + ";Pooling=false");

        var migrating = services.GetRequiredService<DatabaseMigrator>().MigrateAsync(CancellationToken.None);
        await own.RestartAsync();

        Assert.NotEmpty(await migrating);
    }

    [Fact]
    public async Task A_lock_left_by_a_killed_migration_does_not_block_for_ever()
    {
        var file = Path.Combine(Path.GetTempPath(), $"packit-test-{Guid.NewGuid():N}.db");
        try
        {
            await using var services = Services(DatabaseProvider.Sqlite, $"Data Source={file};Pooling=false");
            await using (var db = services.GetRequiredService<IPackitDbFactory>().Create())
            {
                await db.Database.ExecuteSqlRawAsync("""
                    CREATE TABLE "__EFMigrationsLock" ("Id" INTEGER NOT NULL PRIMARY KEY, "Timestamp" TEXT NOT NULL);
                    INSERT INTO "__EFMigrationsLock" VALUES (1, '2020-01-01 00:00:00+00:00');
                    """);
            }

            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            Assert.NotEmpty(await services.GetRequiredService<DatabaseMigrator>().MigrateAsync(limit.Token));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task What_the_first_version_stored_is_kept(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider, server);
        await using var services = ReleaseRows.Storage(database);
        await using var db = services.GetRequiredService<IPackitDbFactory>().Create();
        var migrator = db.GetInfrastructure().GetRequiredService<IMigrator>();
        await migrator.MigrateAsync("Initial");
        await db.Database.ExecuteSqlRawAsync("""
            INSERT INTO git_projects (id, instance_url, namespace, repo_name, project_url, is_private) VALUES (7, 'h', 'n', 'r', 'u', FALSE);
            INSERT INTO project_releases (id, project_id, tag_name, commit_hash, seen_at, installation_id)
              VALUES (8, 7, 'v1', 'c', CURRENT_TIMESTAMP, 1);
            INSERT INTO project_events (id, release_id, created_at) VALUES (9, 8, CURRENT_TIMESTAMP);
            INSERT INTO sync_release_pull_requests (id, project_id, pr_id, target_branch, url, title, is_fast_forward) VALUES (5, 7, 1, 'f43', 'p', 't', FALSE);
            """);

        await migrator.MigrateAsync();

        var cause = await db.Events.Select(row => new { row.Id, row.ReleaseId, row.Type }).SingleAsync();
        Assert.Equal((9, 8, ProjectEventType.Release), (cause.Id, cause.ReleaseId, cause.Type));
        Assert.Equal(PullRequestState.Open, (await db.PullRequests.SingleAsync()).State);
    }

    [Theory]
    [InlineData("PostgreSql", "Username=packit;Password=hunter2")]
    [InlineData("PostgreSql", "Host=h;Pasword=hunter2")]
    [InlineData("Sqlite", "Data Source=")]
    public void A_wrong_connection_string_is_named_without_its_password(string provider, string connectionString)
    {
        using var services = Services(Enum.Parse<DatabaseProvider>(provider), connectionString);

        var refusal = Assert.Throws<Microsoft.Extensions.Options.OptionsValidationException>(services.GetRequiredService<IPackitDbFactory>);

        Assert.Contains("Database:ConnectionString", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", refusal.Message, StringComparison.Ordinal);
    }

    private static ServiceProvider Services(DatabaseProvider provider, string connectionString) => new ServiceCollection()
        .AddLogging()
        .AddPackitStorage(new ConfigurationBuilder().AddInMemoryCollection([
            new("Database:Provider", provider.ToString()), new("Database:ConnectionString", connectionString)]).Build().GetSection("Database"))
        .BuildServiceProvider();

    private Task<string> Empty() => server.CreateDatabaseAsync();
}
