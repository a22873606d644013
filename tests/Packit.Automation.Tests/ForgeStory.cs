using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Packit.Automation.Engine;
using Packit.Automation.Storage;
using Packit.GitHub;
using Packit.Sandbox;
using Packit.Sandbox.GitHub;
using Packit.TestSupport;

namespace Packit.Automation.Tests;

/// <summary>
/// The rooms of a worker without engine and web, wired as the product wires them, in a world with one upstream project. The clock
/// is moved by hand, and jobs are only noted.
/// </summary>
internal sealed class ForgeStory : IAsyncDisposable
{
    private readonly DirectoryInfo _folder;
    private readonly TestDatabase _database;
    private readonly ServiceProvider _services;

    private ForgeStory(DirectoryInfo folder, TestDatabase database, ServiceProvider services, World world, ManualTime time, NotedQueue queue)
    {
        (_folder, _database, _services, World, Time, Queue) = (folder, database, services, world, time, queue);
    }

    public World World { get; }

    public ManualTime Time { get; }

    public NotedQueue Queue { get; }

    public UpstreamProject Upstream { get; private set; } = null!;

    public GitHubRepository Forge { get; private set; } = null!;

    /// <summary>Head of the upstream project's default branch.</summary>
    public string Sha { get; private set; } = "";

    public ReleaseRows Rows { get; private set; } = null!;

    public IPackitDbFactory Databases => Get<IPackitDbFactory>();

    public static async Task<ForgeStory> BeginAsync(PostgresServer server, params (string Key, string Value)[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("packit-forge-");
        var time = new ManualTime();
        var world = await World.StartAsync(new WorldOptions { Folder = Path.Combine(folder.FullName, "world"), Time = time });
        var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite, server);
        var queue = new NotedQueue();
        var story = new ForgeStory(folder, database, Services(folder, world, database, time, queue, settings), world, time, queue);
        story.Upstream = await world.CreateUpstreamAsync("octo", "hello", new FileSet { [".packit.yaml"] = ReleaseRows.Config, ["hello.spec"] = "Name: hello\n" });
        story.Sha = await story.Upstream.HeadAsync();
        Assert.True(RepositoryName.TryParse("octo/hello", out var name));
        var github = story.Get<GitHubClient>();
        var installation = await github.FindInstallationAsync(name, CancellationToken.None);
        story.Forge = github.Repository(name, installation!.Value);
        story.Rows = await ReleaseRows.CreateAsync(story.Databases, time, story.Upstream.Url.AbsoluteUri, sha: story.Sha, installation: installation.Value);
        return story;
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public IJobHandler Handler(string kind) => _services.GetServices<IJobHandler>().Single(handler => handler.Kind == kind);

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await World.DisposeAsync();
        await _database.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static ServiceProvider Services(
        DirectoryInfo folder, World world, TestDatabase database, ManualTime time, NotedQueue queue, (string Key, string Value)[] more)
    {
        string File(string name, string text)
        {
            var path = Path.Combine(folder.FullName, name);
            System.IO.File.WriteAllText(path, text);
            return path;
        }

        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["Service:DashboardUrl"] = "https://dash.example",
                ["Service:WorkFolder"] = Path.Combine(folder.FullName, "work"),
                ["GitHub:ApiUrl"] = world.GitHubApi.AbsoluteUri,
                ["GitHub:WebUrl"] = world.GitHubWeb.AbsoluteUri,
                ["GitHub:AppId"] = world.AppId.ToString(CultureInfo.InvariantCulture),
                ["GitHub:AppSlug"] = world.AppSlug,
                ["GitHub:PrivateKeyFile"] = File("app.pem", world.AppPrivateKeyPem),
                ["GitHub:WebhookSecretFiles:0"] = File("secret", world.WebhookSecret),
                ["DistGit:Url"] = world.DistGit.AbsoluteUri,
                ["DistGit:PushUrl"] = world.DistGit.AbsoluteUri,
                ["DistGit:TokenFile"] = File("token", world.PagureToken),
                ["Lookaside:UploadUrl"] = world.LookasideUpload.AbsoluteUri,
                ["Lookaside:DownloadUrl"] = world.LookasideDownload.AbsoluteUri,
                ["Lookaside:Login"] = "None",
                ["Bodhi:Url"] = world.BodhiApi.AbsoluteUri,
                ["Fasjson:Url"] = world.FasjsonApi.AbsoluteUri,
                ["Fasjson:Login"] = "None",
                ["Bugzilla:Url"] = "",
                ["Archives:AllowLoopback"] = "true",
            })
            .AddInMemoryCollection(database.Settings)
            .AddInMemoryCollection(more.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)))
            .Build();
        return new ServiceCollection()
            .AddLogging()
            .AddSingleton<TimeProvider>(time)
            .AddSingleton<IJobQueue>(queue)
            .AddPackitStorage(configuration.GetSection("Database"))
            .AddServiceOptions(configuration).AddWorkerOptions(configuration).AddRemoteClients().AddAutomation().AddTargetSignals()
            .BuildServiceProvider();
    }
}

/// <summary>A queue that only notes what was put into it.</summary>
internal sealed class NotedQueue : IJobQueue
{
    private readonly ConcurrentQueue<QueuedJob> _jobs = new();

    public IReadOnlyList<QueuedJob> Jobs => [.. _jobs];

    public Task EnqueueAsync(QueuedJob job, CancellationToken cancellationToken)
    {
        _jobs.Enqueue(job);
        return Task.CompletedTask;
    }
}
