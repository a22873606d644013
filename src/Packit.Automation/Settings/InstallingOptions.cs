using System.ComponentModel.DataAnnotations;

namespace Packit.Automation.Settings;

/// <summary>How accounts that install the App come to be approved. Section <c>Installing</c>.</summary>
public sealed record InstallingOptions : IValidatableObject
{
    public const string Section = "Installing";

    /// <summary>
    /// Repository in whose issues accounts ask to be approved; the App must be installed there. Empty: no issues are opened, and accounts that the
    /// account system does not vouch for wait until an operator approves them.
    /// </summary>
    public string NotificationsRepository { get; init; } = "https://github.com/packit/notifications";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (NotificationsRepository.Length > 0
            && !(Uri.TryCreate(NotificationsRepository, UriKind.Absolute, out var address) && address.Scheme is "https" or "http"))
        {
            yield return new ValidationResult(
                "Installing:NotificationsRepository is no address of a repository, such as https://github.com/packit/notifications; leave it empty for none.");
        }
    }
}
