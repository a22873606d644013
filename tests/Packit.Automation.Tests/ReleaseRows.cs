using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Packit.Automation.Storage;
using Packit.TestSupport;

namespace Packit.Automation.Tests;

/// <summary>The rows of one release, made without the steps that make them.</summary>
internal sealed class ReleaseRows(IPackitDbFactory databases, TimeProvider time, int projectId, int releaseId, int eventId, int configId)
{
    /// <summary>Two jobs for one package.</summary>
    public const string Config = """
        specfile_path: hello.spec
        downstream_package_name: hello
        upstream_tag_template: v{version}
        jobs:
        - job: propose_downstream
          trigger: release
          dist_git_branches: [rawhide]
        - job: propose_downstream
          trigger: release
          dist_git_branches: [f43]
        """;

    private int _deliveries;

    public int ProjectId => projectId;

    public int ReleaseId => releaseId;

    public int EventId => eventId;

    /// <summary>The database of a test as the product opens it.</summary>
    public static ServiceProvider Storage(TestDatabase database) => new ServiceCollection()
        .AddLogging()
        .AddPackitStorage(new ConfigurationBuilder().AddInMemoryCollection(database.Settings).Build().GetSection("Database"))
        .BuildServiceProvider();

    public static async Task<ReleaseRows> CreateAsync(
        IPackitDbFactory databases, TimeProvider time, string projectUrl = "https://github.com/octo/hello", string tag = "v1.2.3", string? sha = null,
        long installation = 77)
    {
        sha ??= new string('a', 40);
        await using var database = databases.Create();
        var project = new GitProject { InstanceUrl = new Uri(projectUrl).Host, Namespace = "octo", RepoName = "hello", ProjectUrl = projectUrl };
        database.Projects.Add(project);
        await database.SaveChangesAsync();
        var release = new ProjectRelease { ProjectId = project.Id, TagName = tag, CommitHash = sha, SeenAt = time.GetUtcNow(), InstallationId = installation };
        var config = new StoredPackageConfig
        {
            ProjectId = project.Id, CommitSha = sha, Path = ".packit.yaml", Content = Encoding.UTF8.GetBytes(Config), TopLevelFiles = "",
        };
        database.AddRange(release, config);
        await database.SaveChangesAsync();
        var cause = new ProjectEvent { ReleaseId = release.Id, CreatedAt = time.GetUtcNow() };
        database.Events.Add(cause);
        await database.SaveChangesAsync();
        return new ReleaseRows(databases, time, project.Id, release.Id, cause.Id, config.Id);
    }

    /// <summary>A delivery that asks for something.</summary>
    public async Task<long> DeliveryAsync()
    {
        await using var database = databases.Create();
        var delivery = new InboxDelivery
        {
            Source = DeliverySource.GitHub, DeliveryId = $"{releaseId}-{++_deliveries}", EventType = "release", Body = [], ReceivedAt = time.GetUtcNow(),
            NextAttemptAt = time.GetUtcNow(),
        };
        database.Deliveries.Add(delivery);
        await database.SaveChangesAsync();
        return delivery.Id;
    }

    /// <summary>A run of one job, asked for by a delivery of its own.</summary>
    public async Task<int> RunAsync(int viewIndex = 0)
    {
        var delivery = await DeliveryAsync();
        await using var database = databases.Create();
        var run = new SyncReleaseRun
        {
            ProjectEventId = eventId, DeliveryId = delivery, PackageName = "hello", ViewIndex = viewIndex, DownstreamPackage = "hello",
            ConfigId = configId, Status = SyncReleaseStatus.Running, SubmittedTime = time.GetUtcNow(),
        };
        database.Runs.Add(run);
        await database.SaveChangesAsync();
        return run.Id;
    }

    /// <summary>A branch of a run.</summary>
    public async Task<int> TargetAsync(
        int runId, string branch = "rawhide", SyncReleaseTargetStatus status = SyncReleaseTargetStatus.Queued, string? message = null, int attempts = 0)
    {
        await using var database = databases.Create();
        var target = new SyncReleaseTarget
        {
            RunId = runId, Branch = branch, Status = status, SubmittedTime = time.GetUtcNow(), Message = message, Attempts = attempts,
            FinishedTime = status is SyncReleaseTargetStatus.Error or SyncReleaseTargetStatus.Submitted or SyncReleaseTargetStatus.Skipped
                ? time.GetUtcNow() : null,
        };
        database.Targets.Add(target);
        await database.SaveChangesAsync();
        return target.Id;
    }

    public async Task<int> TargetOfNewRunAsync() => await TargetAsync(await RunAsync());

    public async Task<SyncReleaseTarget> LoadAsync(int targetId)
    {
        await using var database = databases.Create();
        return await database.Targets.AsNoTracking().SingleAsync(target => target.Id == targetId);
    }
}
