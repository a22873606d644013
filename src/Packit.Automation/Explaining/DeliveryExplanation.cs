using Packit.Automation.Storage;

namespace Packit.Automation.Explaining;

/// <summary>What came of a delivery, and why: everything that the page and the command line say about it.</summary>
public sealed record DeliveryExplanation
{
    public required DeliveryHead Head { get; init; }

    /// <summary>How often reading it was begun.</summary>
    public required int Attempts { get; init; }

    /// <summary>When it is read again; null when it is not.</summary>
    public required DateTimeOffset? NextAttemptAt { get; init; }

    public required DateTimeOffset? HandledAt { get; init; }

    /// <summary>Which package config was looked at, and what stands before all jobs; not that which stood against them.</summary>
    public required IReadOnlyList<ExplainedDecision> LookedAt { get; init; }

    public required IReadOnlyList<ExplainedDecision> Matched { get; init; }

    public required IReadOnlyList<ExplainedDecision> NotMatched { get; init; }

    /// <summary>What was started.</summary>
    public required IReadOnlyList<ExplainedResult> Results { get; init; }

    /// <summary>What came of it, in a sentence.</summary>
    public required string Summary { get; init; }

    /// <summary>What somebody does who wants something else; null when there is nothing to do.</summary>
    public required string? NextStep { get; init; }
}

/// <summary>A delivery, without its body: bodies are never shown.</summary>
/// <param name="Id">Its row.</param>
/// <param name="DeliveryId">The id that its sender gave it.</param>
/// <param name="Source">Who sent it.</param>
/// <param name="EventType">GitHub's name of the event, or the topic.</param>
/// <param name="ReceivedAt">When it came.</param>
/// <param name="State">How far it is.</param>
/// <param name="Outcome">One sentence on what came of it; null when there is none, or when it is not known whose it is.</param>
/// <param name="Subject">What it is about; null when that is not known.</param>
public sealed record DeliveryHead(
    long Id, string DeliveryId, DeliverySource Source, string EventType, DateTimeOffset ReceivedAt, DeliveryState State, string? Outcome,
    ExplainedSubject? Subject);

/// <summary>What a delivery is about.</summary>
public sealed record ExplainedSubject(string ProjectUrl, string Project, string? Actor, string What, string? Url);

/// <summary>Why a job ran, or did not.</summary>
/// <param name="Step">The step that decided; empty for the event itself.</param>
/// <param name="Job">Name of the job, or of the condition.</param>
/// <param name="Package">The package; null when it is not about one.</param>
/// <param name="Matched">Whether it runs.</param>
/// <param name="Ground">What decided.</param>
/// <param name="Reason">Why, in a sentence.</param>
/// <param name="Commit">The commit whose package config was looked at.</param>
public sealed record ExplainedDecision(string Step, string Job, string? Package, bool Matched, DecisionGround Ground, string Reason, string? Commit);

/// <summary>Something that a delivery started.</summary>
/// <param name="Kind">What: <c>propose-downstream</c>, <c>koji-build</c>, <c>bodhi-update</c>, <c>preview</c>, <c>command</c>, <c>release</c>.</param>
/// <param name="Name">How it is called, such as the branch or the build.</param>
/// <param name="State">How far it is; empty for what has no state.</param>
/// <param name="Path">Its page on the dashboard, beginning with a slash; null when it has none.</param>
public sealed record ExplainedResult(string Kind, string Name, string State, string? Path);
