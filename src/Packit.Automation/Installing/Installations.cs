using Packit.Automation.Events;
using Packit.Automation.Intake;
using Packit.Automation.Matching;
using Packit.Automation.Storage;

namespace Packit.Automation.Installing;

/// <summary>Who installed the App, and whether the service works for them.</summary>
public sealed class Installations(DecisionRows decisions)
{
    public Task<DeliveryOutcome> ChangedAsync(InboxDelivery delivery, ServiceEvent.InstallationChanged change, CancellationToken cancellationToken) =>
        NoteAsync(delivery, cancellationToken);

    public Task<DeliveryOutcome> RepositoriesChangedAsync(
        InboxDelivery delivery, ServiceEvent.InstallationRepositoriesChanged change, CancellationToken cancellationToken) =>
        NoteAsync(delivery, cancellationToken);

    public Task<DeliveryOutcome> AccountRenamedAsync(InboxDelivery delivery, ServiceEvent.AccountRenamed renaming, CancellationToken cancellationToken) =>
        NoteAsync(delivery, cancellationToken);

    public Task<DeliveryOutcome> RepositoryRenamedAsync(
        InboxDelivery delivery, ServiceEvent.RepositoryRenamed renaming, CancellationToken cancellationToken) =>
        NoteAsync(delivery, cancellationToken);

    private async Task<DeliveryOutcome> NoteAsync(InboxDelivery delivery, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        await decisions.StoreAsync(delivery.Id, [new Decision("installation", null, Matched: false, "The installation was noted.")], cancellationToken);
        return new DeliveryOutcome.Handled("The installation was noted.");
    }
}
