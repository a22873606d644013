using System.ComponentModel.DataAnnotations;
using Packit.GitHub;

namespace Packit.Automation.Settings;

/// <summary>The GitHub App, for the worker. Section <c>GitHub</c>.</summary>
public sealed record GitHubOptions : IValidatableObject
{
    public const string Section = "GitHub";

    /// <summary>Root of the REST API: <c>https://api.github.com/</c>, or <c>https://host/api/v3/</c> of an Enterprise server.</summary>
    [Required, Url]
    public string ApiUrl { get; init; } = "https://api.github.com/";

    /// <summary>Root of the web pages and of git over https.</summary>
    [Required, Url]
    public string WebUrl { get; init; } = "https://github.com/";

    /// <summary>Client id (preferred) or number of the App.</summary>
    [Required(ErrorMessage = "GitHub:AppId is missing: the client id of the GitHub App.")]
    public string AppId { get; init; } = "";

    /// <summary>Name of the App in URLs; its login is this with <c>[bot]</c>.</summary>
    [Required]
    public string AppSlug { get; init; } = "packit-as-a-service";

    /// <summary>Author of what the App writes.</summary>
    public string BotLogin => $"{AppSlug}[bot]";

    /// <summary>PEM file with the App's private key.</summary>
    [Required(ErrorMessage = "GitHub:PrivateKeyFile is missing: the PEM file that GitHub gave for the App.")]
    public string PrivateKeyFile { get; init; } = "";

    /// <summary>The key is looked at when the process starts, not when the first release comes.</summary>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        const string option = $"{Section}:{nameof(PrivateKeyFile)}";
        if (SecretFile.WhyNot(PrivateKeyFile, option) is { } trouble)
        {
            yield return new ValidationResult(trouble, [nameof(PrivateKeyFile)]);
        }
        else if (!GitHubAppCredentials.IsPrivateKey(SecretFile.Read(PrivateKeyFile, option)))
        {
            yield return new ValidationResult(
                $"{option} names '{PrivateKeyFile}', which is no private key of a GitHub App. It must be the whole PEM file that GitHub offers for "
                + "download (-----BEGIN RSA PRIVATE KEY-----), without a password.",
                [nameof(PrivateKeyFile)]);
        }
    }
}
