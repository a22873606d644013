namespace Packit.Koji;

/// <summary>What is to be built.</summary>
/// <param name="Source">The commit; Fedora accepts only such of its own dist-git for what is not scratch.</param>
/// <param name="Target">A build target, or the name of a side tag: <c>f43-candidate</c>.</param>
/// <param name="Scratch">Built and thrown away: no build, no tag, only a task.</param>
/// <remarks>Koji: <c>build</c> in <c>kojihub/kojihub.py</c>; the options are read by the builder (<c>builder/kojid</c>).</remarks>
public sealed record KojiBuildRequest(ScmUrl Source, string Target, bool Scratch = false)
{
    /// <summary>Builds that must be in the buildroot before it starts, by NVR: for a chain in a side tag.</summary>
    public IReadOnlyList<string> WaitForBuilds { get; init; } = [];

    /// <summary>The only architectures to build for; the hub allows it for scratch builds alone.</summary>
    public IReadOnlyList<string> Architectures { get; init; } = [];

    /// <summary>Ends the other architectures as soon as one has failed.</summary>
    public bool FailFast { get; init; }

    /// <summary>Does not tag the finished build.</summary>
    public bool SkipTag { get; init; }

    /// <summary>Added to the usual priority of 20; smaller numbers run first, and only administrators may give negative ones.</summary>
    public int? Priority { get; init; }

    internal RpcValue.Struct Options() => RpcValue.Of(
        ("scratch", Scratch ? true : null),
        ("skip_tag", SkipTag ? true : null),
        ("fail_fast", FailFast ? true : null),
        ("arch_override", Architectures.Count > 0 ? string.Join(' ', Architectures) : null),
        ("wait_builds", WaitForBuilds.Count > 0 ? RpcValue.Of(WaitForBuilds) : null));
}
