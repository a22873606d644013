using Microsoft.Extensions.Options;
using Packit.Automation;
using Packit.Automation.Engine;
using Packit.Automation.Intake;
using Packit.Automation.Listening;
using Packit.Automation.Storage;
using Packit.Service.Dashboard;
using Packit.Service.Schema;
using Packit.Service.Webhooks;
using Serilog;
using Serilog.Events;

namespace Packit.Service.Hosting;

/// <summary>Puts the service together from its rooms.</summary>
public static class PackitHost
{
    // What ServiceOptions.DashboardUrl says by default; deployments set Urls.
    private const string DefaultUrls = "http://localhost:8080";

    /// <summary>Builds the host. Nothing runs yet.</summary>
    /// <param name="roles">What this process does.</param>
    /// <param name="configure">More sources of settings, and a last word on services.</param>
    /// <param name="configurationFile">The JSON file with the settings; null for the one that the environment names.</param>
    /// <exception cref="IOException">The named file of settings cannot be read.</exception>
    /// <exception cref="OptionsValidationException">Settings are missing or wrong; inside an <see cref="AggregateException"/> when in several sections.</exception>
    public static WebApplication Build(ServiceRoles roles, Action<WebApplicationBuilder>? configure = null, string? configurationFile = null)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddServiceSettings(configurationFile);
        configure?.Invoke(builder);
        if (builder.Configuration[WebHostDefaults.ServerUrlsKey] is null && !builder.Configuration.GetSection("Kestrel:Endpoints").Exists())
        {
            builder.WebHost.UseUrls(DefaultUrls);
        }

        builder.WebHost.ConfigureKestrel(server => server.AddServerHeader = false);
        AddLogging(builder);
        AddRooms(builder.Services, builder.Configuration, roles);

        var app = builder.Build();

        // Before anything is touched: what is wrong with the settings is told all at once.
        app.Services.GetService<IStartupValidator>()?.Validate();
        app.UseDashboardHeaders();
        app.MapHealth();
        if (roles.HasFlag(ServiceRoles.Web))
        {
            app.MapDashboard();
            app.MapPackageConfigSchema();
            app.MapGitHubWebhook();
        }

        return app;
    }

    /// <summary>Brings the database up to date and runs until the process is told to stop.</summary>
    public static async Task RunAsync(WebApplication app, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(app);
        await app.Services.GetRequiredService<DatabaseMigrator>().MigrateAsync(cancellationToken);
        await app.RunAsync(cancellationToken);
    }

    private static void AddRooms(IServiceCollection services, ConfigurationManager configuration, ServiceRoles roles)
    {
        services.AddServiceOptions(configuration);
        services.AddPackitStorage(configuration.GetSection("Database"));
        services.AddTargetSignals();
        if (roles.HasFlag(ServiceRoles.Web))
        {
            services.AddWebhookOptions(configuration);
            services.AddDeliveryInbox(configuration.GetSection("Inbox"));
            services.AddDashboard(configuration);
            services.AddGitHubWebhook();
        }

        if (roles.HasFlag(ServiceRoles.Listener))
        {
            // All roles together may run without a bus; somebody who asks for the listener by name wants one.
            services.AddMessageListener(configuration, required: roles != ServiceRoles.All);
        }

        if (roles.HasFlag(ServiceRoles.Worker))
        {
            services.AddWorkerOptions(configuration);
            services.AddRemoteClients();
            services.AddAutomation();
            services.AddInboxReader(configuration.GetSection("Inbox"));
            services.AddJobExecution(configuration.GetSection("Engine"));
        }
    }

    // Everything goes to standard error: standard output belongs to the results of commands.
    private static void AddLogging(WebApplicationBuilder builder)
    {
        var logger = new LoggerConfiguration()
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            .MinimumLevel.Override("Quartz", LogEventLevel.Warning)
            // The driver tells every statement.
            .MinimumLevel.Override("Npgsql", LogEventLevel.Warning)
            .ReadFrom.Configuration(builder.Configuration)
            .Enrich.FromLogContext()
            .WriteTo.Async(sink => sink.Console(standardErrorFromLevel: LogEventLevel.Verbose, formatProvider: null))
            .CreateLogger();
        builder.Logging.ClearProviders();
        builder.Logging.AddSerilog(logger, dispose: true);
    }
}
