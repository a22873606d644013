using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Packit.Automation.Storage;
using Packit.FedoraMessaging;
using Packit.Sandbox.GitHub;
using Packit.Service.Hosting;

namespace Packit.Sandbox.Service;

/// <summary>The service itself, pointed at a <see cref="World"/> by configuration alone.</summary>
public sealed class SandboxService : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly IAsyncDisposable? _bus;
    private bool _ended;

    private SandboxService(WebApplication app, IAsyncDisposable? bus, Uri address)
    {
        _app = app;
        _bus = bus;
        Address = address;
    }

    /// <summary>Root of the dashboard and of the webhook.</summary>
    public Uri Address { get; }

    /// <summary>Where GitHub sends its deliveries.</summary>
    public Uri Webhook => new(Address, "api/webhooks/github");

    /// <summary>The running service's own parts, for tests that look into its database or step its queue.</summary>
    public IServiceProvider Services => _app.Services;

    /// <summary>Starts the service on a free loopback port and tells GitHub where it is.</summary>
    /// <param name="world">The world it works in.</param>
    /// <param name="options">Where it keeps its state, and what a test changes.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    public static async Task<SandboxService> StartAsync(World world, SandboxServiceOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(world);
        ArgumentNullException.ThrowIfNull(options);
        Directory.CreateDirectory(options.Folder);
        var port = options.Port ?? FreePort.Of(options.Folder);
        var address = new Uri($"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}/");
        var settings = SandboxSettings.Of(world, options, address);
        var app = PackitHost.Build(ServiceRoles.All, builder =>
        {
            builder.Configuration.AddInMemoryCollection(settings);
            builder.WebHost.UseUrls(address.AbsoluteUri);
            builder.Services.AddSingleton(options.Time);
            options.Configure?.Invoke(builder.Services);
        });
        try
        {
            await app.Services.GetRequiredService<DatabaseMigrator>().MigrateAsync(cancellationToken);
            await AllowAsync(app.Services, new Uri(world.GitHubWeb.AbsoluteUri).Host, options, cancellationToken);
            await app.StartAsync(cancellationToken);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }

        // With a broker in the settings the service listens to that one.
        var bus = options.Settings.ContainsKey("Messaging:BrokerUrl")
            ? null
            : BusBridge.Connect(world.Bus, app.Services.GetRequiredService<IMessageSink>());
        var service = new SandboxService(app, bus, address);
        world.WebhookTarget = service.Webhook;
        return service;
    }

    /// <summary>Makes it so that a packager has agreed to releases of a project for a package, long ago.</summary>
    public async Task AgreeAsync(UpstreamProject project, string package, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(project);
        var databases = Services.GetRequiredService<IPackitDbFactory>();
        var url = project.Url.AbsoluteUri;
        var row = await databases.GetOrCreateAsync(
            known => known.ProjectUrl == url,
            () => new GitProject { InstanceUrl = project.Url.Host, Namespace = project.Owner, RepoName = project.Name, ProjectUrl = url },
            cancellationToken);
        await databases.GetOrCreateAsync(
            known => known.Package == package && known.ProjectId == row.Id && known.RepositoryId == project.Id,
            () => new PackageAgreement
            {
                Package = package, ProjectId = row.Id, RepositoryId = project.Id, OwnerId = project.OwnerId, Kind = AgreementKind.Packager, GivenBy = "packager",
                Evidence = "https://src.fedoraproject.org/rpms/hello/pull-request/1#comment-1", GivenAt = DateTimeOffset.UnixEpoch,
            },
            cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_ended)
        {
            return;
        }

        _ended = true;
        if (_bus is { } bus)
        {
            await bus.DisposeAsync();
        }

        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static async Task AllowAsync(IServiceProvider services, string host, SandboxServiceOptions options, CancellationToken cancellationToken)
    {
        foreach (var owner in options.ApprovedOwners)
        {
            var name = $"{host}/{owner}";
            await services.GetRequiredService<IPackitDbFactory>().GetOrCreateAsync(
                row => row.Namespace == name,
                () => new AllowlistEntry { Namespace = name, Status = AllowlistStatus.ApprovedManually },
                cancellationToken);
        }
    }
}
