using System.ComponentModel.DataAnnotations;

namespace Packit.Automation.Agreements;

/// <summary>Whose word it takes before releases of a project are proposed to a package. Section <c>Agreements</c>.</summary>
public sealed record AgreementOptions : IValidatableObject
{
    public const string Section = "Agreements";

    /// <summary>
    /// <c>packagers</c>: the package's configuration in dist-git names the project, or a packager with commit rights has agreed once in a pull
    /// request; until then a release makes one pull request, and nothing is uploaded. <c>anyone</c>: every project that is let in may propose to
    /// every package.
    /// </summary>
    [EnumDataType(typeof(AgreementRule))]
    public AgreementRule Rule { get; init; } = AgreementRule.Packagers;

    /// <summary>How long the branches of a release wait for that word; then they are left alone.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromDays(30);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Patience < TimeSpan.FromHours(1) || Patience > TimeSpan.FromDays(366))
        {
            yield return new ValidationResult($"Agreements:{nameof(Patience)} must be between an hour and 366 days.", [nameof(Patience)]);
        }
    }
}

/// <summary>Whose word it takes.</summary>
public enum AgreementRule
{
    Packagers,
    Anyone,
}
