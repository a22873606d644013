namespace Packit.Automation.Storage;

/// <summary>One delivery as it came in. Unique by source and delivery id, so that a repetition is recognised for as long as the row is kept.</summary>
public sealed class InboxDelivery
{
    public long Id { get; init; }

    public required DeliverySource Source { get; init; }

    /// <summary><c>X-GitHub-Delivery</c> or the AMQP message id.</summary>
    public required string DeliveryId { get; init; }

    /// <summary><c>X-GitHub-Event</c> or the topic.</summary>
    public required string EventType { get; init; }

    /// <summary>The body, byte for byte, whose signature was checked.</summary>
    public required byte[] Body { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    public DeliveryState State { get; set; }

    /// <summary>How often reading was begun.</summary>
    public int Attempts { get; set; }

    /// <summary>Attempts that ended in a bug or without a word: those that count against the delivery itself.</summary>
    public int Faults { get; set; }

    /// <summary>Not to be claimed before this time.</summary>
    public required DateTimeOffset NextAttemptAt { get; set; }

    /// <summary>When it was put back into the inbox after it had come to its end; null when it never was.</summary>
    public DateTimeOffset? ReopenedAt { get; set; }

    /// <summary>Since when it waits to be read to its end: patience with it begins here.</summary>
    public DateTimeOffset WaitsSince => ReopenedAt ?? ReceivedAt;

    /// <summary>How long it has waited when it is read.</summary>
    public TimeSpan Waited => NextAttemptAt - WaitsSince;

    public string? ClaimedBy { get; set; }

    /// <summary>A claim older than this is void: its reader is gone.</summary>
    public DateTimeOffset? ClaimedUntil { get; set; }

    public DateTimeOffset? HandledAt { get; set; }

    /// <summary>One sentence on what came of it.</summary>
    public string? Outcome { get; set; }

    public IList<JobDecision> Decisions { get; } = [];
}
