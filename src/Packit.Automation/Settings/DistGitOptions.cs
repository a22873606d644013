using System.ComponentModel.DataAnnotations;

namespace Packit.Automation.Settings;

/// <summary>Where packages live and as whom we work there. Section <c>DistGit</c>.</summary>
public sealed record DistGitOptions : IValidatableObject
{
    public const string Section = "DistGit";

    /// <summary>Root of the Pagure instance: web pages, API and git for reading.</summary>
    [Required, Url]
    public string Url { get; init; } = "https://src.fedoraproject.org/";

    /// <summary>
    /// Root for pushing to forks. <c>https</c> sends user and token; <c>ssh</c> uses <see cref="SshKeyFile"/>.
    /// Fedora: <c>ssh://packit@pkgs.fedoraproject.org/</c>.
    /// </summary>
    [Required]
    public string PushUrl { get; init; } = "https://src.fedoraproject.org/";

    /// <summary>Where maintainers clone from over ssh; shown in pull requests.</summary>
    [Required]
    public string SshHost { get; init; } = "pkgs.fedoraproject.org";

    /// <summary>Namespace of packages.</summary>
    [Required]
    public string Namespace { get; init; } = "rpms";

    /// <summary>Account of the service: owner of the forks and author of the pull requests.</summary>
    [Required]
    public string User { get; init; } = "packit";

    /// <summary>File with the API token of that account.</summary>
    [Required(ErrorMessage = "DistGit:TokenFile is missing: a file with an API token of the service's Pagure account.")]
    public string TokenFile { get; init; } = "";

    /// <summary>Private key for pushing over ssh; empty when pushing over https.</summary>
    public string SshKeyFile { get; init; } = "";

    /// <summary>Known hosts for pushing over ssh. The host key is always checked.</summary>
    public string SshKnownHostsFile { get; init; } = "";

    /// <summary>Name of author and committer in dist-git, and in changelogs.</summary>
    [Required]
    public string CommitterName { get; init; } = "Packit";

    /// <summary>Address of author and committer; commits with another one are taken for somebody else's work.</summary>
    [Required, EmailAddress]
    public string CommitterEmail { get; init; } = "hello@packit.dev";

    /// <summary>The token is looked at when the process starts, not when the first release comes.</summary>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (SecretFile.WhyNot(TokenFile, $"{Section}:{nameof(TokenFile)}") is { } trouble)
        {
            yield return new ValidationResult(trouble, [nameof(TokenFile)]);
        }
    }
}
