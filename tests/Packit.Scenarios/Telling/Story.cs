using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Packit.Automation.Comments;
using Packit.Automation.Engine;
using Packit.Automation.Storage;
using Packit.Sandbox;
using Packit.Sandbox.GitHub;
using Packit.Sandbox.Pagure;
using Packit.Sandbox.Service;
using Packit.TestSupport;

namespace Packit.Scenarios.Telling;

/// <summary>A world, the whole service in it, and one project with its package: what every story begins with.</summary>
public sealed class Story : IAsyncDisposable
{
    public const string Owner = "upstream";
    public const string Name = "hello";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>How long a check may be on its way to the forge.</summary>
    private static readonly TimeSpan CheckTime = TimeSpan.FromSeconds(5);

    private readonly TestDatabase _database;
    private readonly DirectoryInfo _folder;

    private Story(TestDatabase database, DirectoryInfo folder, World world, SandboxService service, StoryOptions options, ShiftedTime time)
    {
        _database = database;
        _folder = folder;
        World = world;
        Service = service;
        Options = options;
        Time = time;
    }

    public World World { get; }

    public SandboxService Service { get; private set; }

    public StoryOptions Options { get; }

    public ShiftedTime Time { get; }

    public UpstreamProject Project { get; private set; } = null!;

    public DistGitPackage Package { get; private set; } = null!;

    /// <summary>Under which name the service writes on GitHub.</summary>
    public string Bot => $"{World.AppSlug}[bot]";

    /// <summary>The stepped queue; only in a stepped story.</summary>
    public SteppedQueue Queue => (SteppedQueue)Service.Services.GetRequiredService<IJobQueue>();

    /// <summary>Begins a story.</summary>
    /// <param name="server">The PostgreSQL server of the test run.</param>
    /// <param name="options">What is different from the usual beginning.</param>
    public static async Task<Story> BeginAsync(PostgresServer server, StoryOptions? options = null)
    {
        options ??= new StoryOptions();
        var database = await TestDatabase.CreateAsync(options.Provider, server);
        var folder = Directory.CreateTempSubdirectory("packit-story-");
        var time = new ShiftedTime();
        var world = await World.StartAsync(new WorldOptions
        {
            Folder = Path.Combine(folder.FullName, "world"), Time = time, Broker = options.Broker,
        });
        var service = await StartServiceAsync(world, folder, database, options, time);
        var story = new Story(database, folder, world, service, options, time);
        var files = StoryFiles.For(world, options);
        story.Project = await world.CreateUpstreamAsync(Owner, Name, files.Upstream, installed: options.Installed);
        story.Project.SetPermission("maintainer", "write");
        story.Package = await world.CreatePackageAsync(Name, options.Branches.ToDictionary(branch => branch, files.DistGit), ["packager"]);
        if (options.Agreed)
        {
            await service.AgreeAsync(story.Project, Name);
        }

        return story;
    }

    /// <summary>Ends the service as if the process were stopped, and starts it anew on the same database.</summary>
    public async Task RestartAsync()
    {
        await Service.DisposeAsync();
        Service = await StartServiceAsync(World, _folder, _database, Options, Time);
    }

    /// <summary>Ends the service, and lets a process of its own go on with its database: one that can be killed.</summary>
    /// <param name="settings">Settings beyond those of the story.</param>
    /// <param name="environment">Variables beyond those that every process has.</param>
    public async Task<ServiceProcess> HandOverAsync(
        IReadOnlyDictionary<string, string?>? settings = null, IReadOnlyDictionary<string, string>? environment = null)
    {
        await Service.DisposeAsync();
        var options = ServiceOptions(World, _folder, _database, Options, Time);
        var all = new Dictionary<string, string?>(options.Settings);
        foreach (var (key, value) in settings ?? new Dictionary<string, string?>())
        {
            all[key] = value;
        }

        return await ServiceProcess.StartAsync(World, options with { Settings = all }, environment ?? new Dictionary<string, string>());
    }

    /// <summary>A unit of work on the service's database.</summary>
    public PackitDb Database() => Service.Services.GetRequiredService<IPackitDbFactory>().Create();

    /// <summary>Lets everything happen that can happen now: deliveries are read, due jobs run, checks confirmed.</summary>
    public async Task SettleAsync()
    {
        var begun = Stopwatch.StartNew();
        while (await IsBusyAsync())
        {
            if (begun.Elapsed > Limit)
            {
                Assert.Fail($"The service did not come to rest within {Limit}.\n{await StandAsync()}");
            }

            if (Options.Stepped)
            {
                await Queue.RunDueAsync();
            }

            await Task.Delay(10);
        }
    }

    /// <summary>Lets everything happen until something holds that the service does in its own time, such as hearing of a message by way of a broker.</summary>
    public async Task UntilAsync(Func<Task<bool>> holds)
    {
        ArgumentNullException.ThrowIfNull(holds);
        for (var begun = Stopwatch.StartNew(); !await holds(); await Task.Delay(20))
        {
            if (begun.Elapsed > Limit)
            {
                Assert.Fail($"It did not come to that within {Limit}.\n{await StandAsync()}");
            }

            await SettleAsync();
        }
    }

    /// <summary>Moves the clock and lets everything happen that is due then.</summary>
    public async Task ForwardAsync(TimeSpan by)
    {
        Time.Forward(by);
        if (Options.Stepped)
        {
            await Queue.SweepAsync();
        }

        await SettleAsync();
    }

    /// <summary>Publishes a release and waits until everything about it has come to rest.</summary>
    /// <returns>The release's commit.</returns>
    public async Task<string> ReleaseAsync(string tag = "v1.2.3", string? body = null)
    {
        await Project.PublishReleaseAsync(tag, body);
        await SettleAsync();
        return await Project.CommitOfTagAsync(tag);
    }

    public async Task<IReadOnlyList<SyncReleaseTarget>> TargetsAsync()
    {
        await using var database = Database();
        return await database.Targets.AsNoTracking().Include(target => target.Run).Include(target => target.PullRequests)
            .OrderBy(target => target.Id).ToListAsync();
    }

    /// <summary>All builds, oldest first.</summary>
    public async Task<IReadOnlyList<KojiBuildTarget>> BuildsAsync()
    {
        await using var database = Database();
        return await database.Builds.AsNoTracking().Include(build => build.Group).ThenInclude(group => group.PullRequest).OrderBy(build => build.Id).ToListAsync();
    }

    /// <summary>All updates, oldest first.</summary>
    public async Task<IReadOnlyList<BodhiUpdateTarget>> UpdatesAsync()
    {
        await using var database = Database();
        return await database.Updates.AsNoTracking().Include(update => update.BuildTarget).OrderBy(update => update.Id).ToListAsync();
    }

    public async Task<IReadOnlyList<SyncReleaseRun>> RunsAsync()
    {
        await using var database = Database();
        return await database.Runs.AsNoTracking().OrderBy(run => run.Id).ToListAsync();
    }

    /// <summary>Where people read about the newest target of a branch.</summary>
    public async Task<string> PageAsync(string branch) => $"{Service.Address}jobs/propose-downstream/{(await TargetAsync(branch)).Id}";

    public async Task<SyncReleaseTarget> TargetAsync(string branch) => (await TargetsAsync()).Last(target => target.Branch == branch);

    public async Task<IReadOnlyList<PullRequestView>> OpenPullRequestsAsync() =>
        [.. (await Package.PullRequestsAsync()).Where(pull => pull.Status == "Open")];

    /// <summary>The one check run of a branch; a second one of the same name fails the story.</summary>
    public CheckRunView Check(string branch) => Project.CheckRuns().Single(run => run.Name == $"propose-downstream:{branch}");

    public async ValueTask DisposeAsync()
    {
        await Service.DisposeAsync();
        await World.DisposeAsync();
        await _database.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private async Task<bool> IsBusyAsync()
    {
        await World.Koji.QuietAsync();
        var now = Time.GetUtcNow();
        var shown = now - CheckTime;
        await using var database = Database();
        return !World.Bus.IsQuiet
            || await database.Deliveries.AnyAsync(row => row.State == DeliveryState.Received && row.NextAttemptAt <= now)
            || await database.Builds.AnyAsync(row => row.TaskId == null && KojiBuildStates.Submitting.Contains(row.Status)
                ? row.NextAttemptAt == null || row.NextAttemptAt <= now
                : row.Reported != row.Status)
            || await database.Updates.AnyAsync(row => BodhiUpdateStates.Open.Contains(row.Status)
                ? row.NextAttemptAt == null || row.NextAttemptAt <= now
                : row.Reported != row.Status)
            || await database.Targets.AnyAsync(row => row.Status == SyncReleaseTargetStatus.Running
                || ((row.Status == SyncReleaseTargetStatus.Queued || row.Status == SyncReleaseTargetStatus.Retry)
                    && (row.NextAttemptAt == null || row.NextAttemptAt <= now)))
            || await database.CommandComments.Where(row => row.Place != CommandPlace.DistGitPullRequest).AnyAsync(row => row.LookedAt == null
                ? row.Commands.Any(command => command.State != CommandState.Received)
                : row.Shown != row.Wanted && row.NotShown == null
                    && row.Commands.All(command => CommandStates.Settled.Contains(command.State)))
            || await database.CommentCommands.AnyAsync(row => CommandStates.Begun.Contains(row.State)
                && !database.Targets.Any(target => target.Run.CommandId == row.Id && target.FinishedTime == null)
                && !database.Builds.Any(build => build.Group.CommandId == row.Id && build.FinishedTime == null)
                && !database.Updates.Any(update => update.Group.CommandId == row.Id && update.FinishedTime == null)
                && !database.Previews.Any(preview => preview.CommandId == row.Id && preview.NextAttemptAt > now))
            || (Options.Stepped
                ? Queue.HasDue
                : await database.Runs.AnyAsync(run => run.Status == SyncReleaseStatus.Running && run.Targets.All(target => target.FinishedTime != null))
                    || await database.Releases.AnyAsync(release => release.RefusedDeliveryId != null && database.Allowlist.Any(entry =>
                        entry.Namespace == release.Project.InstanceUrl + "/" + release.Project.Namespace
                        && (entry.Status == AllowlistStatus.ApprovedAutomatically || entry.Status == AllowlistStatus.ApprovedManually)))
                    || await database.Checks.AnyAsync(check => (check.Shown == null || check.Shown != check.Wanted) && check.WantedAt > shown));
    }

    /// <summary>Where everything stands, for the message of a story that goes wrong.</summary>
    public async Task<string> StandAsync()
    {
        await using var database = Database();
        var deliveries = await database.Deliveries.AsNoTracking().OrderBy(row => row.Id).ToListAsync();
        var lines = deliveries.Select(row => $"delivery {row.Id} {row.EventType}: {row.State}, {row.Outcome}, next {row.NextAttemptAt:O}")
            .Concat((await TargetsAsync()).Select(row => $"target {row.Id} {row.Branch}: {row.Status}, {row.Message}, next {row.NextAttemptAt:O}, lease {row.LeaseUntil:O}"))
            .Concat((await RunsAsync()).Select(run => $"run {run.Id}: {run.Status}"))
            .Concat((await BuildsAsync()).Select(build => $"build {build.Id} {build.Branch}: {build.Status} (told {build.Reported}), {build.Message}, next {build.NextAttemptAt:O}"))
            .Concat((await UpdatesAsync()).Select(update => $"update {update.Id} {update.KojiNvrs}: {update.Status} (told {update.Reported}), {update.Message}, next {update.NextAttemptAt:O}"));
        return string.Join('\n', lines);
    }

    private static Task<SandboxService> StartServiceAsync(
        World world, DirectoryInfo folder, TestDatabase database, StoryOptions options, ShiftedTime time) =>
        SandboxService.StartAsync(world, ServiceOptions(world, folder, database, options, time));

    private static SandboxServiceOptions ServiceOptions(
        World world, DirectoryInfo folder, TestDatabase database, StoryOptions options, ShiftedTime time) => new()
    {
        Folder = Path.Combine(folder.FullName, "service"),
        Provider = database.Provider.ToString(),
        ConnectionString = database.ConnectionString,
        Time = time,
        ApprovedOwners = options.Approved ? [Owner] : [],
        Settings = Settings(world, options),
        Configure = options.Stepped ? services => services.AddSingleton<IJobQueue, SteppedQueue>() : null,
    };

    private static Dictionary<string, string?> Settings(World world, StoryOptions options)
    {
        var settings = new Dictionary<string, string?>(options.Settings) { ["Serilog:MinimumLevel:Default"] = "Error" };
        settings.TryAdd("Installing:NotificationsRepository", options.Notifications.Length > 0 ? world.GitHubWeb.AbsoluteUri + options.Notifications : "");
        if (!options.Paced)
        {
            foreach (var limit in new[] { "ContentPerMinute", "ContentPerHour", "PointsPerMinute", "WritesAtOnce" })
            {
                settings.TryAdd($"GitHub:Limits:{limit}", "1000000");
            }
        }

        if (options.ReadsBack)
        {
            settings["Messaging:DatagrepperUrl"] = world.DatagrepperApi.AbsoluteUri;

            // Once at the start, and not again while a story lasts.
            settings.TryAdd("Messaging:PollInterval", "01:00:00");
        }

        return settings;
    }
}
