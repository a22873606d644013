namespace Packit.Automation.Workspaces;

/// <summary>What a workspace is for. All branches of one run share one; a later run sees the world anew.</summary>
/// <param name="RunId">Row of the run.</param>
public sealed record WorkspaceKey(int RunId);
