using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Packit.Automation.Intake;
using Packit.Automation.Settings;
using Packit.Automation.Storage;
using Packit.FedoraMessaging;
using Packit.Http;

namespace Packit.Automation.Listening;

/// <summary>Registers the listener to Fedora's bus.</summary>
public static class ListenerServices
{
    /// <summary>The position of a listener that has no queue.</summary>
    private const string NoQueue = "datagrepper";

    /// <summary>Registers listener and inbox. Needs <see cref="StorageServices.AddPackitStorage"/> and the service's options.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configuration">All settings; sections <c>Messaging</c> and <c>Inbox</c>.</param>
    /// <param name="required">Whether a bus must be configured: a process that does nothing else is useless without.</param>
    public static IServiceCollection AddMessageListener(this IServiceCollection services, IConfiguration configuration, bool required)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddOptions<MessagingOptions>().Bind(configuration.GetSection(MessagingOptions.Section)).ValidateDataAnnotations()
            .Validate(
                options => !required || options.BrokerUrl.Length > 0 || options.DatagrepperUrl.Length > 0,
                "Messaging:BrokerUrl or Messaging:DatagrepperUrl is needed for the listener: set one of them, or leave the role out.")
            .ValidateOnStart();
        services.AddMessageInbox(configuration.GetSection("Inbox"));
        services.TryAddSingleton(provider => new ListenerStatus(provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IHostedService>(Listener);
        return services;
    }

    private static BusListener Listener(IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<MessagingOptions>>().Value;
        var readBack = options.DatagrepperUrl.Length > 0 ? ReadBack(services, options) : null;
        return new BusListener(
            options.BrokerUrl.Length > 0 ? Broker(services, options, readBack) : null, readBack, services.GetRequiredService<ILogger<BusListener>>());
    }

    private static MessageListener Broker(IServiceProvider services, MessagingOptions options, GapReader? readBack)
    {
        var settings = new BrokerSettings
        {
            Url = new Uri(options.BrokerUrl),
            Login = options.ClientCertificateFile.Length > 0
                ? new BrokerLogin.ByCertificate(
                    options.ClientCertificateFile, options.ClientKeyFile.Length > 0 ? options.ClientKeyFile : options.ClientCertificateFile)
                : new BrokerLogin.ByPassword(options.User, () => SecretFile.Read(options.PasswordFile, $"{MessagingOptions.Section}:{nameof(options.PasswordFile)}")),
            AuthorityFile = options.AuthorityFile.Length > 0 ? options.AuthorityFile : null,
            Queue = options.Queue,
            Declares = options.DeclareQueue,
            Topics = options.FullTopics,
            Prefetch = (ushort)options.Prefetch,
            Heartbeat = options.Heartbeat,
        };
        return new MessageListener(
            settings,
            services.GetRequiredService<IMessageSink>(),
            readBack,
            services.GetRequiredService<ListenerStatus>(),
            services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<ILogger<MessageListener>>());
    }

    private static GapReader ReadBack(IServiceProvider services, MessagingOptions options)
    {
        var time = services.GetRequiredService<TimeProvider>();
        var http = HttpClients.Create(new HttpClientSettings { Timeout = TimeSpan.FromSeconds(120) }, time);
        http.BaseAddress = new Uri(options.DatagrepperUrl.EndsWith('/') ? options.DatagrepperUrl : options.DatagrepperUrl + "/");
        var settings = new GapSettings
        {
            Topics = options.FullTopics, Overlap = options.Overlap, LongestGap = options.LongestGap, PollInterval = options.PollInterval,
        };
        return new GapReader(
            new DatagrepperClient(http, time),
            services.GetRequiredService<IMessageSink>(),
            new StoredPosition(services.GetRequiredService<IPackitDbFactory>(), options.BrokerUrl.Length > 0 ? options.Queue : NoQueue),
            settings,
            services.GetRequiredService<ListenerStatus>(),
            time,
            services.GetRequiredService<ILogger<GapReader>>());
    }
}
