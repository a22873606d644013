using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Packit.Automation.Storage;
using Packit.FedoraMessaging;

namespace Packit.Automation.Intake;

public static class IntakeServices
{
    /// <summary>Registers <see cref="DeliveryInbox"/>, for a process that takes deliveries in. Needs <see cref="StorageServices.AddPackitStorage"/>.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="section">The configuration section <c>Inbox</c>, see <see cref="InboxOptions"/>.</param>
    public static IServiceCollection AddDeliveryInbox(this IServiceCollection services, IConfiguration section)
    {
        AddOptions(services, section);
        services.TryAddSingleton(provider => new DeliveryInbox(
            Writer(provider),
            provider.GetRequiredService<Database>(),
            provider.GetRequiredService<WakeUps>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<IOptions<InboxOptions>>(),
            provider.GetRequiredService<ILogger<DeliveryInbox>>()));
        services.AddHostedService(provider => provider.GetRequiredService<DeliveryInbox>());
        return services;
    }

    /// <summary>Registers <see cref="InboxReader"/>, for a process that reads deliveries; an <see cref="IDeliveryReader"/> must be registered too, scoped or single.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="section">The configuration section <c>Inbox</c>, see <see cref="InboxOptions"/>.</param>
    public static IServiceCollection AddInboxReader(this IServiceCollection services, IConfiguration section)
    {
        AddOptions(services, section);
        services.TryAddSingleton(provider => new InboxReader(
            provider.GetRequiredService<Database>(),
            provider.GetRequiredService<WakeUps>(),
            provider.GetRequiredService<IServiceScopeFactory>(),
            provider.GetRequiredService<IOptions<InboxOptions>>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<InboxReader>>()));
        services.AddHostedService(provider => provider.GetRequiredService<InboxReader>());
        return services;
    }

    /// <summary>Registers the <see cref="IMessageSink"/> that puts messages of Fedora's bus into the inbox. Needs <see cref="StorageServices.AddPackitStorage"/>.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="section">The configuration section <c>Inbox</c>, see <see cref="InboxOptions"/>.</param>
    public static IServiceCollection AddMessageInbox(this IServiceCollection services, IConfiguration section)
    {
        AddOptions(services, section);
        services.TryAddSingleton<IMessageSink>(provider => new MessageInbox(
            Writer(provider),
            provider.GetRequiredService<WakeUps>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<IOptions<InboxOptions>>()));
        return services;
    }

    private static IInboxWriter Writer(IServiceProvider provider) => provider.GetRequiredService<Database>() is { Postgres: { } source }
        ? new PostgresInboxWriter(source)
        : new SqliteInboxWriter(provider.GetRequiredService<Database>());

    private static void AddOptions(IServiceCollection services, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(section);
        services.AddOptions<InboxOptions>().Bind(section).ValidateDataAnnotations().ValidateOnStart();
    }
}
