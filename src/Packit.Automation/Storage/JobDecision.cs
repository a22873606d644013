namespace Packit.Automation.Storage;

/// <summary>Why a configured job ran, or did not run, for a delivery; or what was looked at before any job was. Unique by delivery, step and position.</summary>
public sealed class JobDecision
{
    public long Id { get; init; }

    public long DeliveryId { get; init; }

    /// <summary>Which step of the delivery decided: its event itself (empty), a command of its comment, the update of a build.</summary>
    public string Step { get; init; } = "";

    /// <summary>Place in the order of the step's decisions, from zero.</summary>
    public required int Position { get; init; }

    /// <summary>Name of the job as in the package config, or of the step that decided before any job was looked at.</summary>
    public required string Job { get; init; }

    public string? Package { get; init; }

    public required bool Matched { get; init; }

    /// <summary>What decided; the next step of who wanted something else depends on it.</summary>
    public DecisionGround Ground { get; init; }

    /// <summary>The commit whose package config was looked at; null when the decision is not about one.</summary>
    public string? Commit { get; init; }

    /// <summary>One sentence for the maintainer.</summary>
    public required string Reason { get; init; }
}
