using Packit.Automation.Settings;

namespace Packit.Service.Dashboard.Words;

/// <summary>Addresses of Bodhi's pages. The pages need no login, so the web role knows nothing else of Bodhi.</summary>
/// <param name="Root">With a slash at the end.</param>
public sealed record BodhiPages(string Root)
{
    public static BodhiPages Of(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var root = configuration[$"{BodhiOptions.Section}:{nameof(BodhiOptions.Url)}"] ?? new BodhiOptions().Url;
        return new BodhiPages(root.TrimEnd('/') + "/");
    }

    /// <summary>The page of a release.</summary>
    /// <param name="name">Its name in Bodhi: <c>F43</c>.</param>
    public string Release(string name) => $"{Root}releases/{Uri.EscapeDataString(name)}";
}
