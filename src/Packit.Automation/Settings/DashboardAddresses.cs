using System.Globalization;
using Microsoft.Extensions.Options;

namespace Packit.Automation.Settings;

/// <summary>Pages of the dashboard, as checks and pull requests link to them. The paths are those of the established dashboard.</summary>
public sealed class DashboardAddresses(IOptions<ServiceOptions> options)
{
    public string Target(int targetId) => Page("propose-downstream", targetId);

    public string KojiBuild(int targetId) => Page("koji", targetId);

    public string BodhiUpdate(int targetId) => Page("bodhi", targetId);

    public string Preview(int previewId) =>
        string.Create(CultureInfo.InvariantCulture, $"{options.Value.DashboardUrl.TrimEnd('/')}/previews/{previewId}");

    private string Page(string kind, int id) =>
        string.Create(CultureInfo.InvariantCulture, $"{options.Value.DashboardUrl.TrimEnd('/')}/jobs/{kind}/{id}");
}
