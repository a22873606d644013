using Microsoft.Extensions.DependencyInjection.Extensions;
using Packit.Automation.Access;
using Packit.Automation.Explaining;
using Packit.Service.Dashboard.Live;
using Packit.Service.Dashboard.Reading;
using Packit.Service.Dashboard.Words;

namespace Packit.Service.Dashboard;

public static class DashboardServices
{
    /// <summary>Registers what the pages need. Needs storage, target signals and the service's options.</summary>
    public static IServiceCollection AddDashboard(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddRazorComponents();
        services.TryAddSingleton<ShownProjects>();
        services.AddSingleton<ReleaseListQuery>().AddSingleton<ReleaseQuery>().AddSingleton<TargetQuery>().AddSingleton<AgreementQuery>();
        services.AddSingleton<LimitQuery>().AddSingleton<BuildQuery>().AddSingleton<UpdateQuery>().AddSingleton<PreviewQuery>();
        services.AddSingleton(BodhiPages.Of(configuration)).AddSingleton<AliasQuery>();
        services.AddSingleton<DeliveryExplanations>();
        services.AddSingleton<TargetEvents>();
        return services;
    }
}
