namespace Packit.Automation.Storage;

/// <summary>Why a configured job ran, or did not run, for a delivery.</summary>
public sealed class JobDecision
{
    public long Id { get; init; }

    public long DeliveryId { get; init; }

    /// <summary>Place in the order of decisions, from zero. Unique within the delivery, so a repeated reading adds nothing.</summary>
    public required int Position { get; init; }

    /// <summary>Name of the job as in the package config, or of the step that decided before any job was looked at.</summary>
    public required string Job { get; init; }

    public string? Package { get; init; }

    public required bool Matched { get; init; }

    /// <summary>One sentence for the maintainer.</summary>
    public required string Reason { get; init; }
}
