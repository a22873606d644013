using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Packit.Automation.Engine;
using Packit.Automation.Intake;
using Packit.Automation.Listening;
using Packit.Automation.Storage;
using Packit.FedoraMessaging;
using Packit.TestSupport;

namespace Packit.Automation.Tests;

/// <summary>One process of the service, as far as intake and engine go.</summary>
internal sealed class TestNode : IAsyncDisposable
{
    private readonly IHost _host;

    private TestNode(IHost host) => _host = host;

    public DeliveryInbox Inbox => _host.Services.GetRequiredService<DeliveryInbox>();

    public IMessageSink Messages => _host.Services.GetRequiredService<IMessageSink>();

    public ListenerStatus Listener => _host.Services.GetRequiredService<ListenerStatus>();

    public IJobQueue Queue => _host.Services.GetRequiredService<IJobQueue>();

    public IPackitDbFactory Databases => _host.Services.GetRequiredService<IPackitDbFactory>();

    public static Task<TestNode> StartAsync(TestDatabase database, Action<TestParts> parts, params (string Key, string Value)[] settings) =>
        StartAsync(database.Settings, parts, settings);

    public static async Task<TestNode> StartAsync(
        IEnumerable<KeyValuePair<string, string?>> databaseSettings, Action<TestParts> parts, params (string Key, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration
            .AddInMemoryCollection([
                new("Inbox:FirstPause", "00:00:00.05"), new("Engine:PollInterval", "00:00:01"), new("Engine:CheckinInterval", "00:00:01"),
                new("Engine:StopGrace", "00:00:02"), new("Inbox:StopGrace", "00:00:02")])
            .AddInMemoryCollection(databaseSettings)
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)));
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddPackitStorage(builder.Configuration.GetSection("Database"));
        parts(new TestParts(builder.Services, builder.Configuration));
        var host = builder.Build();
        await host.StartAsync();
        return new TestNode(host);
    }

    public Task StopAsync() => _host.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}

/// <summary>What a node is made of.</summary>
internal sealed class TestParts(IServiceCollection services, IConfiguration configuration)
{
    public TestParts Inbox()
    {
        services.AddDeliveryInbox(configuration.GetSection("Inbox"));
        return this;
    }

    public TestParts Reader(Func<InboxDelivery, CancellationToken, Task<DeliveryOutcome>> read)
    {
        services.AddInboxReader(configuration.GetSection("Inbox")).AddSingleton<IDeliveryReader>(new ReaderOf(read));
        return this;
    }

    public TestParts Reader(IDeliveryReader reader)
    {
        services.AddInboxReader(configuration.GetSection("Inbox")).AddSingleton(reader);
        return this;
    }

    public TestParts Messages()
    {
        services.AddMessageInbox(configuration.GetSection("Inbox"));
        return this;
    }

    public TestParts Listener()
    {
        services.AddMessageListener(configuration, required: true);
        return this;
    }

    public TestParts Queue()
    {
        services.AddJobQueue(configuration.GetSection("Engine"));
        return this;
    }

    public TestParts Worker(IJobHandler handler)
    {
        services.AddJobExecution(configuration.GetSection("Engine")).AddSingleton(handler);
        return this;
    }

    private sealed class ReaderOf(Func<InboxDelivery, CancellationToken, Task<DeliveryOutcome>> read) : IDeliveryReader
    {
        public Task<DeliveryOutcome> ReadAsync(ClaimedDelivery delivery, CancellationToken cancellationToken) => read(delivery.Row, cancellationToken);
    }
}
