using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Packit.Automation.Storage;

namespace Packit.Automation.Engine;

public static class EngineServices
{
    /// <summary>Registers <see cref="IJobQueue"/>, for every process that may put work into the engine. Needs
    /// <see cref="StorageServices.AddPackitStorage"/>.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="section">The configuration section <c>Engine</c>, see <see cref="EngineOptions"/>.</param>
    public static IServiceCollection AddJobQueue(this IServiceCollection services, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(section);
        services.AddOptions<EngineOptions>().Bind(section).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton<JobDispatch>();
        services.TryAddSingleton<QuartzEngine>();
        services.TryAddSingleton<IJobQueue>(provider => provider.GetRequiredService<QuartzEngine>());
        return services;
    }

    /// <summary>Registers the execution of jobs and the sweep of orphans, for a worker. The <see cref="IJobHandler"/>s are registered by
    /// their features, scoped or single.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="section">The configuration section <c>Engine</c>, see <see cref="EngineOptions"/>.</param>
    public static IServiceCollection AddJobExecution(this IServiceCollection services, IConfiguration section)
    {
        services.AddJobQueue(section);
        services.AddHostedService<EngineLife>();
        services.AddHostedService<OrphanSweep>();
        return services;
    }

    private sealed class EngineLife(QuartzEngine engine) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => engine.StartAsync(cancellationToken);

        public Task StopAsync(CancellationToken cancellationToken) => engine.StopAsync();
    }
}
