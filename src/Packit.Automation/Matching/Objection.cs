using Packit.Automation.Storage;

namespace Packit.Automation.Matching;

/// <summary>What stands against a job.</summary>
/// <param name="Ground">What decided.</param>
/// <param name="Reason">One sentence for the maintainer.</param>
public sealed record Objection(DecisionGround Ground, string Reason);
