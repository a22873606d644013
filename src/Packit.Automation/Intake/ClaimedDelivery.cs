using Packit.Automation.Events;
using Packit.Automation.Storage;

namespace Packit.Automation.Intake;

/// <summary>A delivery that is ours to read, as far as it has been looked at.</summary>
/// <param name="Row">The delivery.</param>
/// <param name="Event">What its body says; null as long as nobody has read it.</param>
/// <param name="Outcome">What came of it; null when it has to be read.</param>
public sealed record ClaimedDelivery(InboxDelivery Row, ServiceEvent? Event = null, DeliveryOutcome? Outcome = null);
