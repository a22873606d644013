using Packit.Service.Dashboard.Live;
using Packit.Service.Dashboard.Reading;

namespace Packit.Service.Dashboard;

public static class DashboardServices
{
    /// <summary>Registers what the pages need. Needs storage, target signals and the service's options.</summary>
    public static IServiceCollection AddDashboard(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddRazorComponents();
        services.AddSingleton<ReleaseListQuery>().AddSingleton<ReleaseQuery>().AddSingleton<TargetQuery>();
        services.AddSingleton<BuildQuery>().AddSingleton<UpdateQuery>();
        services.AddSingleton<TargetEvents>();
        return services;
    }
}
