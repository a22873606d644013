using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Packit.Automation.Engine;
using Packit.Automation.Intake;
using Packit.Automation.KojiBuild;
using Packit.Automation.Storage;
using Packit.Pagure;
using Packit.Sandbox;
using Packit.Sandbox.Koji;
using Packit.Sandbox.Pagure;
using Packit.TestSupport;

namespace Packit.Automation.Tests.KojiBuild;

/// <summary>
/// A package in dist-git, Koji, and the rooms of a worker without engine and web, wired as the product wires them. What dist-git and Koji tell
/// the bus is read when the story says so; jobs run when the story says so; the clock is moved by hand.
/// </summary>
internal sealed class BuildStory : IAsyncDisposable
{
    private readonly DirectoryInfo _folder;
    private readonly TestDatabase _database;
    private readonly ServiceProvider _services;
    private readonly NotedQueue _queue;
    private readonly HashSet<string> _ran = [];
    private int _told;
    private int _jobs;

    private BuildStory(DirectoryInfo folder, World world, ManualTime time, TestDatabase database, NotedQueue queue, ServiceProvider services)
    {
        (_folder, World, Time, _database, _queue, _services) = (folder, world, time, database, queue, services);
    }

    public World World { get; }

    public KojiStandIn Koji => World.Koji;

    public ManualTime Time { get; }

    public DistGitPackage Package { get; private set; } = null!;

    public static async Task<BuildStory> BeginAsync(PostgresServer server, string config, string[]? branches = null, DatabaseProvider provider = DatabaseProvider.Sqlite)
    {
        var folder = Directory.CreateTempSubdirectory("packit-build-");
        var time = new ManualTime();
        var world = await World.StartAsync(new WorldOptions { Folder = Path.Combine(folder.FullName, "world"), Time = time });
        var database = await TestDatabase.CreateAsync(provider, server);
        var queue = new NotedQueue();
        var story = new BuildStory(folder, world, time, database, queue, Services(folder, world, database, time, queue));
        story.Package = await world.CreatePackageAsync("hello", branches ?? ["rawhide", "f43"], Files("1.0", config), ["maint"]);
        story._told = world.Bus.History.Count;
        return story;
    }

    public static FileSet Files(string version, string? config = null)
    {
        var files = new FileSet
        {
            ["hello.spec"] = $"Name: hello\nVersion: {version}\nRelease: 1%{{?dist}}\nSummary: Says hello\nLicense: MIT\n\n%description\nHello.\n",
        };
        if (config is not null)
        {
            files[".packit.yaml"] = config;
        }

        return files;
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>A second process on the same database.</summary>
    public ServiceProvider AnotherNode(NotedQueue queue) => Services(_folder, World, _database, Time, queue);

    /// <summary>Somebody pushes to a branch, and the service hears of it.</summary>
    public async Task<string> PushAsync(string version, string branch = "f43", string pusher = "maint")
    {
        var sha = await Package.PushCommitAsync(branch, Files(version), $"Update to {version}", pusher: pusher);
        await HearAsync();
        return sha;
    }

    /// <summary>The service's account proposes a version, somebody merges it, and the service hears of it.</summary>
    /// <returns>The number of the pull request, and the head of the branch.</returns>
    public async Task<(int Number, string Head)> MergeAsync(string version, string branch = "f43", params string[] labels)
    {
        var number = await ProposeAsync(version, branch);
        Package.SetLabels(number, labels);
        await Package.MergePullRequestAsync(number);
        await HearAsync();
        return (number, Package.Branches[branch]);
    }

    public async Task<int> ProposeAsync(string version, string branch = "f43")
    {
        var pagure = Get<PagureClient>();
        var project = PagureProject.Rpm("hello");
        await pagure.ForkAsync(project, CancellationToken.None);
        await Package.PushCommitAsync($"update-{version}", Files(version), $"Update to {version}", fork: World.ServiceUser, start: branch);
        var pull = await pagure.CreatePullRequestAsync(
            project, new PullRequestDraft($"Update to {version}", "New version.", branch, $"update-{version}", project.ForkOf(World.ServiceUser)), CancellationToken.None);
        return pull.Id;
    }

    /// <summary>Reads all that the bus told since the last time.</summary>
    public async Task<IReadOnlyList<DeliveryOutcome>> HearAsync()
    {
        List<DeliveryOutcome> outcomes = [];
        for (; _told < World.Bus.History.Count; _told++)
        {
            var message = World.Bus.History[_told];
            if (World.Bus.Loses?.Invoke(message) != true)
            {
                outcomes.Add(await ReadAsync(await StoreAsync(message.Id, message.Topic, System.Text.Encoding.UTF8.GetBytes(message.Body))));
            }
        }

        return outcomes;
    }

    public async Task<InboxDelivery> StoreAsync(string id, string topic, byte[] body)
    {
        await using var database = Get<IPackitDbFactory>().Create();
        return await database.GetOrCreateAsync(
            row => row.Source == DeliverySource.FedoraMessaging && row.DeliveryId == id,
            () => new InboxDelivery
            {
                Source = DeliverySource.FedoraMessaging, DeliveryId = id, EventType = topic, Body = body, ReceivedAt = Time.GetUtcNow(),
                NextAttemptAt = Time.GetUtcNow(), State = DeliveryState.Received,
            },
            CancellationToken.None);
    }

    public async Task<DeliveryOutcome> ReadAsync(InboxDelivery delivery)
    {
        var reader = Get<IDeliveryReader>();
        var claimed = new ClaimedDelivery(delivery);
        if (delivery.Attempts <= 1)
        {
            claimed = Assert.Single(await reader.SiftAsync([reader.Glance(claimed)], CancellationToken.None));
        }

        if (claimed.Outcome is { } outcome)
        {
            return outcome;
        }

        var reading = reader.ReadAsync(claimed, CancellationToken.None);
        await PatientlyAsync(reading);
        return await reading;
    }

    /// <summary>Runs jobs until none is due.</summary>
    public async Task WorkAsync()
    {
        for (; ; )
        {
            var due = _queue.Jobs.FirstOrDefault(job => (job.NotBefore ?? DateTimeOffset.MinValue) <= Time.GetUtcNow() && !_ran.Contains(job.Name));
            if (due is null)
            {
                await Koji.QuietAsync();
                return;
            }

            _ran.Add(due.Name);
            _jobs++;
            await PatientlyAsync(Handler(due.Kind).RunAsync(due.RowId, CancellationToken.None));
        }
    }

    /// <summary>Does what the sweep does every minute, and runs what it finds.</summary>
    public async Task SweepAsync()
    {
        foreach (var handler in _services.GetServices<IJobHandler>())
        {
            foreach (var orphan in await handler.FindOrphansAsync(CancellationToken.None))
            {
                _ran.Remove(orphan.Name);
                await Get<IJobQueue>().EnqueueAsync(orphan, CancellationToken.None);
            }
        }

        await WorkAsync();
    }

    public IJobHandler Handler(string kind) => _services.GetServices<IJobHandler>().Single(handler => handler.Kind == kind);

    /// <summary>Awaits something that waits between its attempts: the clock goes on meanwhile.</summary>
    public async Task PatientlyAsync(Task work)
    {
        while (!work.IsCompleted)
        {
            await Task.WhenAny(work, Task.Delay(20));
            if (!work.IsCompleted)
            {
                Time.Advance(TimeSpan.FromMilliseconds(500));
            }
        }

        await work;
    }

    /// <summary>All builds, oldest first.</summary>
    public async Task<List<KojiBuildTarget>> BuildsAsync()
    {
        await using var database = Get<IPackitDbFactory>().Create();
        return await database.Builds.AsNoTracking().Include(row => row.Group).ThenInclude(group => group.ProjectEvent).OrderBy(row => row.Id).ToListAsync();
    }

    public async Task<KojiBuildTarget> BuildAsync() => Assert.Single(await BuildsAsync());

    public async Task<List<string>> ReasonsAsync()
    {
        await using var database = Get<IPackitDbFactory>().Create();
        return await database.Decisions.AsNoTracking().Where(row => row.Ground != DecisionGround.Config).OrderBy(row => row.Id).Select(row => row.Reason).ToListAsync();
    }

    /// <summary>The build tasks that Koji was asked for.</summary>
    public IReadOnlyList<KojiTaskView> Asked => [.. Koji.Tasks.Where(task => task.Method == "build")];

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await World.DisposeAsync();
        await _database.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static ServiceProvider Services(DirectoryInfo folder, World world, TestDatabase database, ManualTime time, NotedQueue queue)
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
                ["Lookaside:Login"] = "None",
                ["Bodhi:Url"] = world.BodhiApi.AbsoluteUri,
                ["Bodhi:Issuer"] = world.OpenIdIssuer.AbsoluteUri,
                ["Bugzilla:Url"] = "",
                ["Archives:AllowLoopback"] = "true",
                ["Fasjson:Url"] = world.FasjsonApi.AbsoluteUri,
                ["Fasjson:Login"] = "None",
                ["Koji:HubUrl"] = world.KojiHub.AbsoluteUri,
                ["Koji:WebUrl"] = world.KojiWeb.AbsoluteUri,
                ["Koji:FilesUrl"] = world.KojiFiles.AbsoluteUri,
                ["Koji:Login"] = "Password",
                ["Koji:User"] = world.ServiceUser,
                ["Koji:PasswordFile"] = File("koji-password", world.Koji.Password),
            })
            .AddInMemoryCollection(database.Settings)
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
