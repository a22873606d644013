using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Packit.Automation.Storage;
using Packit.TestSupport;

namespace Packit.Automation.Tests.Storage;

public sealed class GetOrCreateTests(PostgresServer server)
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, 123, 456, TimeSpan.Zero);

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task Many_at_once_get_one_and_the_same_row(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider, server);
        await using var services = Services(database);
        var databases = services.GetRequiredService<IPackitDbFactory>();

        var rows = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => Task.Run(() => Project(databases))));

        Assert.Single(rows.Select(row => row.Id).Distinct());
        await using var db = databases.Create();
        Assert.Equal(1, await db.Projects.CountAsync());
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task Every_kind_of_value_comes_back_as_it_went_in(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider, server);
        await using var services = Services(database);
        var databases = services.GetRequiredService<IPackitDbFactory>();
        var project = await Project(databases);

        var config = await databases.GetOrCreateAsync(
            row => row.ProjectId == project.Id && row.CommitSha == "c0ffee",
            () => new StoredPackageConfig { ProjectId = project.Id, CommitSha = "c0ffee", Path = ".packit.yaml", Content = [0, 255, 10], TopLevelFiles = "a\nb" },
            CancellationToken.None);
        var effect = await databases.GetOrCreateAsync(
            row => row.Key == "key", () => new RemoteEffect { Key = "key", State = EffectState.Done, CreatedAt = Now }, CancellationToken.None);

        Assert.Equal([0, 255, 10], config.Content);
        Assert.Equal((EffectState.Done, Now, (DateTimeOffset?)null), (effect.State, effect.CreatedAt, effect.DoneAt));
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task It_takes_part_in_the_callers_transaction_and_does_not_poison_it(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider, server);
        await using var services = Services(database);
        var databases = services.GetRequiredService<IPackitDbFactory>();
        var known = await Project(databases);
        await using var db = databases.Create();

        await using (await db.Database.BeginTransactionAsync())
        {
            Assert.False(await db.InsertIfAbsentAsync(NewProject(), CancellationToken.None));
            var tracked = await db.GetOrCreateAsync(row => row.ProjectUrl == known.ProjectUrl, NewProject, CancellationToken.None);
            Assert.Equal(known.Id, tracked.Id);
            await db.GetOrCreateAsync(row => row.Key == "undone", () => new RemoteEffect { Key = "undone", CreatedAt = Now }, CancellationToken.None);
        }

        db.ChangeTracker.Clear();
        Assert.False(await db.Effects.AnyAsync());
        Assert.Equal(1, await db.Projects.CountAsync());
    }

    [Fact]
    public async Task A_row_that_is_not_what_was_asked_for_is_a_bug_that_is_named()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite, server);
        await using var services = Services(database);

        var bug = await Assert.ThrowsAsync<InvalidOperationException>(() => services.GetRequiredService<IPackitDbFactory>()
            .GetOrCreateAsync(row => row.ProjectUrl == "elsewhere", NewProject, CancellationToken.None));

        Assert.Contains("GitProject", bug.Message, StringComparison.Ordinal);
    }

    private static Task<GitProject> Project(IPackitDbFactory databases) =>
        databases.GetOrCreateAsync(row => row.ProjectUrl == "https://github.com/acme/widget", NewProject, CancellationToken.None);

    private static GitProject NewProject() => new()
    {
        InstanceUrl = "github.com", Namespace = "acme", RepoName = "widget", ProjectUrl = "https://github.com/acme/widget",
    };

    private static ServiceProvider Services(TestDatabase database) => new ServiceCollection()
        .AddLogging()
        .AddPackitStorage(new ConfigurationBuilder().AddInMemoryCollection(database.Settings).Build().GetSection("Database"))
        .BuildServiceProvider();
}
