using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Packit.Automation.Storage;

public static class StorageServices
{
    /// <summary>Registers the database: <see cref="IPackitDbFactory"/> and <see cref="DatabaseMigrator"/>.</summary>
    /// <param name="services">The host's services; a <see cref="TimeProvider"/> may be among them.</param>
    /// <param name="section">The configuration section <c>Database</c>, see <see cref="DatabaseOptions"/>.</param>
    public static IServiceCollection AddPackitStorage(this IServiceCollection services, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(section);
        services.AddOptions<DatabaseOptions>().Bind(section).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<Database>();
        services.TryAddSingleton<WakeUps>();
        services.AddHostedService<PostgresListener>();
        services.TryAddSingleton<IPackitDbFactory>(provider => provider.GetRequiredService<Database>());
        services.TryAddSingleton(provider => new DatabaseMigrator(
            provider.GetRequiredService<Database>(),
            provider.GetRequiredService<IOptions<DatabaseOptions>>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<DatabaseMigrator>>()));
        return services;
    }
}
