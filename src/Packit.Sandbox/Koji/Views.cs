namespace Packit.Sandbox.Koji;

/// <summary>A task as a story looks at it.</summary>
/// <param name="Request">The parameters, as JSON: for a build its source, target and options.</param>
/// <param name="Fault">The text of the fault that it ended with.</param>
public sealed record KojiTaskView(
    int Id, string Method, HubTaskState State, string Arch, string? Label, int? Parent, string Owner, string Request, int? FaultCode, string? Fault)
{
    /// <summary>Whether nothing will happen to it any more.</summary>
    public bool IsOver => State is HubTaskState.Closed or HubTaskState.Canceled or HubTaskState.Failed;
}

/// <summary>A build as a story looks at it.</summary>
/// <param name="TaskId">Null for a build that was imported.</param>
/// <param name="Source">The SCM URL with the full commit.</param>
/// <param name="Tags">The names of the tags that hold it, oldest tagging first.</param>
public sealed record KojiBuildView(
    int Id, string Nvr, string Name, string Version, string Release, HubBuildState State, int? TaskId, string Owner, string? Source, IReadOnlyList<string> Tags);

/// <summary>A side tag as a story looks at it.</summary>
/// <param name="BaseTag">The build tag that it was made from.</param>
public sealed record KojiSideTagView(int Id, string Name, string BaseTag, string Owner);
