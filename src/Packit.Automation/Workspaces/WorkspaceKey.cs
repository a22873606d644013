namespace Packit.Automation.Workspaces;

/// <summary>What a workspace is for. All branches of one run share one; a later run sees the world anew.</summary>
/// <param name="RunId">Row of the run.</param>
/// <param name="Round">Tells attempts after a long waiting from those before it, however short it was: people act meanwhile.</param>
public sealed record WorkspaceKey(int RunId, int Round = 0);
