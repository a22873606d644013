using System.ComponentModel.DataAnnotations;

namespace Packit.Automation.Settings;

/// <summary>What the web role needs to take GitHub's deliveries in; it holds no publishing credential. Section <c>GitHub</c>.</summary>
public sealed record WebhookOptions
{
    public const string Section = GitHubOptions.Section;

    /// <summary>Files that hold a webhook secret each. Two during a rotation: deliveries signed with either are accepted.</summary>
    [MinLength(1, ErrorMessage = "GitHub:WebhookSecretFiles is empty: without a secret no delivery can be trusted."), MaxLength(2)]
    public IReadOnlyList<string> WebhookSecretFiles { get; init; } = [];

    /// <summary>Largest delivery that is accepted, in bytes. GitHub itself sends at most 25 MB.</summary>
    [Range(1024, 64 * 1024 * 1024)]
    public int MaxDeliveryBytes { get; init; } = 25 * 1024 * 1024;
}
