namespace Packit.Sandbox.Koji;

/// <summary>A build that a builder has taken and whose source it looks at next.</summary>
/// <param name="Release">The root tag of the release, such as <c>f43</c>.</param>
internal sealed record BuildOrder(KojiTask Task, string Source, KojiTarget Target, KojiTag BuildTag, string Release);
