using System.Globalization;
using Packit.Automation.Events;
using Packit.Automation.Intake;
using Packit.Automation.Reporting.Texts;
using Packit.Automation.Storage;
using Packit.FedoraMessaging;

namespace Packit.Automation.BodhiUpdate;

/// <summary>What is done for updates about messages of Koji and Bodhi. A message moves nothing by itself: it says when to ask.</summary>
public sealed class UpdateEvents(UpdateIntake intake, WaitingUpdates waiting, UpdateFollower follower)
{
    /// <summary>Why nothing comes of somebody else's complete build. Costs no look-up.</summary>
    /// <returns>Null when that is to be found out by reading the message.</returns>
    public string? WhyNothing(BuildStateChange change) => intake.WhyNothing(change);

    /// <summary>A build began or ended.</summary>
    /// <returns>Null when nothing is done about it here.</returns>
    /// <exception cref="Http.RemoteException">A remote failed; to be tried again later.</exception>
    public async Task<DeliveryOutcome?> BuildChangedAsync(InboxDelivery delivery, ServiceEvent.BuildChanged build, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(build);
        return build.Change.New == BuildState.Complete ? await intake.HandleAsync(delivery, build, cancellationToken) : null;
    }

    /// <summary>A build was put into a tag: what Bodhi wants to see before it takes the build.</summary>
    public async Task<DeliveryOutcome> BuildTaggedAsync(InboxDelivery delivery, BuildTagged tagging, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        ArgumentNullException.ThrowIfNull(tagging);
        var woken = await waiting.WakeAsync([tagging.Build.Nvr], tagging.Tag, Cause(delivery), cancellationToken);
        return new DeliveryOutcome.Handled(
            woken > 0 ? DeliveryTexts.WaitedForTag(tagging.Build.Nvr, tagging.Tag) : DeliveryTexts.NoUpdateWaits) { MovedOn = woken > 0 };
    }

    /// <summary>Something happened to an update.</summary>
    public async Task<DeliveryOutcome> UpdateChangedAsync(InboxDelivery delivery, UpdateChanged change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        ArgumentNullException.ThrowIfNull(change);
        var followed = await follower.HeardAsync(change.Alias, Cause(delivery), cancellationToken);
        var woken = await waiting.WakeAsync(change.Nvrs, tag: null, Cause(delivery), cancellationToken);
        return new DeliveryOutcome.Handled(
            followed + woken > 0 ? DeliveryTexts.BodhiAsked(change.Alias) : DeliveryTexts.UpdateNotOurs) { MovedOn = followed + woken > 0 };
    }

    private static string Cause(InboxDelivery delivery) => string.Create(CultureInfo.InvariantCulture, $"message-{delivery.Id}");
}
