using System.ComponentModel.DataAnnotations;
using Packit.Automation.Access;

namespace Packit.Automation.Settings;

/// <summary>What this deployment is and how it calls itself. Section <c>Service</c>.</summary>
public sealed record ServiceOptions : IValidatableObject
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

    /// <summary>
    /// GitHub accounts that need no approval of their namespace: <c>login#id</c>, such as <c>octocat#583231</c>, or <c>login</c>. With an id (the
    /// field <c>id</c> of https://api.github.com/users/octocat) the id alone counts, so that nobody becomes administrator by taking over a login
    /// that was given up.
    /// </summary>
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

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        Admins.Where(entry => !AdminEntry.Parse(entry).IsValid).Select(entry => new ValidationResult(
            $"{Section}:{nameof(Admins)} has '{entry}': an account is login#id, such as octocat#583231, or a login.", [nameof(Admins)]));
}
