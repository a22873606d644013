using Packit.Automation.Access;
using Packit.Automation.Storage;

namespace Packit.Automation.Explaining;

/// <summary>Deliveries with what they are about, as far as somebody may see them: operators all of them, everybody those that are shown.</summary>
internal static class DeliveryHeads
{
    /// <summary>All deliveries that a viewer may see.</summary>
    public static IQueryable<DeliveryRow> Of(PackitDb database, ShownProjects shown, Viewer viewer) =>
        Rows(database, viewer == Viewer.Operator ? database.Deliveries : shown.DeliveriesIn(database));

    /// <summary>Those that concern a project.</summary>
    public static IQueryable<DeliveryRow> Concerning(PackitDb database, ShownProjects shown, Viewer viewer) =>
        Of(database, shown, viewer).Where(row => row.Subject != null);

    private static IQueryable<DeliveryRow> Rows(PackitDb database, IQueryable<InboxDelivery> deliveries) =>
        from delivery in deliveries
        join known in database.Subjects on delivery.Id equals known.DeliveryId into subjects
        from subject in subjects.DefaultIfEmpty()
        select new DeliveryRow
        {
            Id = delivery.Id,
            DeliveryId = delivery.DeliveryId,
            Source = delivery.Source,
            EventType = delivery.EventType,
            ReceivedAt = delivery.ReceivedAt,
            State = delivery.State,
            Outcome = delivery.Outcome,
            Subject = subject,
        };
}

/// <summary>A delivery as the database gives it.</summary>
internal sealed record DeliveryRow
{
    public required long Id { get; init; }

    public required string DeliveryId { get; init; }

    public required DeliverySource Source { get; init; }

    public required string EventType { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    public required DeliveryState State { get; init; }

    public required string? Outcome { get; init; }

    public required DeliverySubject? Subject { get; init; }

    /// <summary>
    /// Whose a delivery of GitHub is that names no project is not known. It may be a private one, and nothing that was said about it is shown to
    /// everybody, but that it cannot be read.
    /// </summary>
    public bool IsTold(Viewer viewer) =>
        viewer == Viewer.Operator || Subject is not null || Source != DeliverySource.GitHub || State == DeliveryState.Rejected;

    public DeliveryHead ToHead(Viewer viewer) => new(
        Id, DeliveryId, Source, EventType, ReceivedAt, State, IsTold(viewer) ? Outcome : null,
        Subject is { } subject ? new ExplainedSubject(subject.ProjectUrl, subject.Project, subject.Actor, subject.What, subject.Url) : null);
}
