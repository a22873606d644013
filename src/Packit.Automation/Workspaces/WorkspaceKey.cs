namespace Packit.Automation.Workspaces;

/// <summary>What a workspace is for. All branches of one release of one package share one.</summary>
/// <param name="ReleaseId">Row of the release.</param>
/// <param name="Package">Name of the dist-git repository.</param>
public sealed record WorkspaceKey(int ReleaseId, string Package);
