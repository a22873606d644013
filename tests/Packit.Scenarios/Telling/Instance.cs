using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Packit.Automation.Storage;
using Packit.Sandbox.GitHub;
using Packit.Sandbox.Service;
using Packit.TestSupport;

namespace Packit.Scenarios.Telling;

/// <summary>
/// A second deployment in the world of a story, staging beside production: an App, a Fedora account and a database of its own, and nothing else
/// than settings that differ.
/// </summary>
public sealed class Instance : IAsyncDisposable
{
    /// <summary>Its Fedora account.</summary>
    public const string User = "packit-stg";

    private readonly TestDatabase _database;
    private readonly DirectoryInfo _folder;

    private Instance(TestDatabase database, DirectoryInfo folder, SandboxService service, FurtherApp app)
    {
        (_database, _folder, Service, App) = (database, folder, service, app);
    }

    public SandboxService Service { get; }

    public FurtherApp App { get; }

    /// <summary>Under which name it writes on GitHub.</summary>
    public string Bot => $"{App.Slug}[bot]";

    /// <summary>Starts it; from then on GitHub and the bus tell both.</summary>
    public static async Task<Instance> StartAsync(Story story, PostgresServer server, IReadOnlyDictionary<string, string?>? settings = null)
    {
        ArgumentNullException.ThrowIfNull(story);
        var app = story.World.GitHub.AddApp("packit-as-a-service-stg", Story.Owner);
        const string KojiPassword = "koji-password-of-staging";
        story.World.Koji.FurtherLogins[User] = KojiPassword;
        var database = await TestDatabase.CreateAsync(DatabaseProvider.PostgreSql, server);
        var folder = Directory.CreateTempSubdirectory("packit-staging-");
        string File(string name, string text)
        {
            var path = Path.Combine(folder.FullName, name);
            System.IO.File.WriteAllText(path, text);
            return path;
        }

        var all = new Dictionary<string, string?>(settings ?? new Dictionary<string, string?>())
        {
            ["Service:Deployment"] = "stg",
            ["Service:CommandPrefix"] = "/packit-stg",
            ["GitHub:AppId"] = app.Id.ToString(CultureInfo.InvariantCulture),
            ["GitHub:AppSlug"] = app.Slug,
            ["GitHub:PrivateKeyFile"] = File("app.pem", app.PrivateKeyPem),
            ["GitHub:WebhookSecretFiles:0"] = File("webhook-secret", app.WebhookSecret),
            ["DistGit:User"] = User,
            ["DistGit:TokenFile"] = File("dist-git-token", story.World.Pagure.AddServiceAccount(User)),
            ["Koji:User"] = User,
            ["Koji:PasswordFile"] = File("koji-password", KojiPassword),
            ["Serilog:MinimumLevel:Default"] = "Error",
        };
        var production = story.World.WebhookTarget;
        var service = await SandboxService.StartAsync(story.World, new SandboxServiceOptions
        {
            Folder = Path.Combine(folder.FullName, "service"),
            Provider = database.Provider.ToString(),
            ConnectionString = database.ConnectionString,
            Time = story.Time,
            ApprovedOwners = [Story.Owner],
            Settings = all,
        });
        app.WebhookTarget = story.World.WebhookTarget;
        story.World.WebhookTarget = production;
        return new Instance(database, folder, service, app);
    }

    /// <summary>A unit of work on its database.</summary>
    public PackitDb Database() => Service.Services.GetRequiredService<IPackitDbFactory>().Create();

    /// <summary>Waits until both deployments have come to rest.</summary>
    public async Task SettleAsync(Story story)
    {
        ArgumentNullException.ThrowIfNull(story);
        await story.SettleAsync();
        await story.UntilAsync(async () =>
        {
            await using var database = Database();
            return !await database.Deliveries.AnyAsync(row => row.State == DeliveryState.Received)
                && !await database.Targets.AnyAsync(row => row.FinishedTime == null)
                && !await database.Runs.AnyAsync(run => run.Status == SyncReleaseStatus.Running)
                && !await database.Checks.AnyAsync(check => check.Shown == null || check.Shown != check.Wanted)
                && !await database.Builds.AnyAsync(row => row.Reported != row.Status);
        });
        await story.SettleAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Service.DisposeAsync();
        await _database.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
