using System.ComponentModel.DataAnnotations;

namespace Packit.Automation.Settings;

/// <summary>What this deployment is and how it calls itself. Section <c>Service</c>.</summary>
public sealed record ServiceOptions
{
    public const string Section = "Service";

    /// <summary><c>prod</c>, <c>stg</c> or <c>dev</c>: jobs run only where their <c>packit_instances</c> names it.</summary>
    [Required, RegularExpression("^(prod|stg|dev)$", ErrorMessage = "Deployment is one of prod, stg, dev.")]
    public string Deployment { get; init; } = "prod";

    /// <summary>Public address of the dashboard, without a slash at the end. Checks and pull requests link to it.</summary>
    [Required, Url]
    public string DashboardUrl { get; init; } = "http://localhost:8080";

    /// <summary>First word of a command in a comment: <c>/packit</c>, <c>/packit-stg</c>.</summary>
    [Required, RegularExpression(@"^/[a-z][a-z0-9-]*$", ErrorMessage = "CommandPrefix is a slash and a word, such as /packit.")]
    public string CommandPrefix { get; init; } = "/packit";

    /// <summary>GitHub logins that need no approval of their namespace.</summary>
    public IReadOnlyList<string> Admins { get; init; } = [];

    /// <summary>Private namespaces that are served: <c>host/owner</c>. All others are ignored silently.</summary>
    public IReadOnlyList<string> EnabledPrivateNamespaces { get; init; } = [];

    /// <summary>
    /// Whether the dashboard, which everybody can read, shows releases of private repositories that are served. Those that are not served are
    /// never shown.
    /// </summary>
    public bool ShowPrivateRepositories { get; init; }

    /// <summary>A folder for repositories and archives while a release is worked on.</summary>
    [Required]
    public string WorkFolder { get; init; } = Path.Combine(Path.GetTempPath(), "packit-service");

    /// <summary>Macros that every spec file is read with, unless the package config says otherwise.</summary>
    public IReadOnlyDictionary<string, string> ParseTimeMacros { get; init; } = new Dictionary<string, string>();
}
