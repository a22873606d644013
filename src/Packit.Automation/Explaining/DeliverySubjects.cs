using Packit.Automation.Events;
using Packit.Automation.Intake;
using Packit.Automation.Storage;

namespace Packit.Automation.Explaining;

/// <summary>Keeps what deliveries are about, so that they can be found by their project.</summary>
public sealed class DeliverySubjects(IPackitDbFactory databases)
{
    /// <summary>Longest text that is kept of what others have named.</summary>
    private const int Longest = 300;

    /// <summary>Keeps the subject of a delivery; repeating it changes nothing.</summary>
    public async Task NoteAsync(long deliveryId, EventSubject subject, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(subject);
        await using var database = databases.Create();
        await database.InsertIfAbsentAsync(Row(deliveryId, subject), cancellationToken);
    }

    /// <summary>Keeps the subjects of those deliveries that have one, in one transaction.</summary>
    public async Task NoteAsync(IReadOnlyList<ClaimedDelivery> deliveries, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(deliveries);
        if (deliveries.Count == 0)
        {
            return;
        }

        await using var database = databases.Create();
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        foreach (var delivery in deliveries)
        {
            if (delivery.Event?.Subject is { } subject)
            {
                await database.InsertIfAbsentAsync(Row(delivery.Row.Id, subject), cancellationToken);
            }
        }

        await transaction.CommitAsync(cancellationToken);
    }

    private static DeliverySubject Row(long deliveryId, EventSubject subject) => new()
    {
        DeliveryId = deliveryId,
        ProjectUrl = Kept(subject.ProjectUrl),
        ForgeId = subject.ForgeId,
        Project = Kept(subject.Project),
        ProjectKey = Kept(subject.Project).ToLowerInvariant(),
        IsPrivate = subject.IsPrivate,
        Actor = subject.Actor is { } actor ? Kept(actor) : null,
        What = Kept(subject.What),
        Url = subject.Url is { Length: <= Longest } url ? StoredText.Of(url) : null,
    };

    private static string Kept(string text) => StoredText.Of(text.Length > Longest ? text[..Longest] + "…" : text);
}
