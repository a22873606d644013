using System.Globalization;
using Microsoft.Extensions.Options;

namespace Packit.Automation.Settings;

/// <summary>Pages of the dashboard, as checks and pull requests link to them. The paths are those of the established dashboard.</summary>
public sealed class DashboardAddresses(IOptions<ServiceOptions> options)
{
    public string Target(int targetId) =>
        string.Create(CultureInfo.InvariantCulture, $"{options.Value.DashboardUrl.TrimEnd('/')}/jobs/propose-downstream/{targetId}");
}
