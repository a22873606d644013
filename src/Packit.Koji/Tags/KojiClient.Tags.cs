namespace Packit.Koji;

public sealed partial class KojiClient
{
    /// <returns>Null when there is no such target. A side tag is a target of its own name.</returns>
    public Task<BuildTarget?> BuildTargetAsync(string name, CancellationToken cancellationToken) => SendAsync(KojiCalls.Target(name), cancellationToken);

    /// <returns>Null when there is no such tag (or no longer).</returns>
    public Task<KojiTag?> TagAsync(string name, CancellationToken cancellationToken) => SendAsync(KojiCalls.Tag(name), cancellationToken);

    /// <summary>The tags that a build is in, without those that inherit it.</summary>
    /// <exception cref="KojiException">With <see cref="Http.RemoteFailure.NotFound"/> when there is no such build.</exception>
    public Task<IReadOnlyList<KojiTag>> TagsOfBuildAsync(string nvr, CancellationToken cancellationToken) =>
        SendAsync(KojiCalls.TagsOfBuild(nvr), cancellationToken);

    /// <summary>The complete builds in a tag.</summary>
    /// <exception cref="KojiException">With <see cref="Http.RemoteFailure.NotFound"/> when there is no such tag.</exception>
    public Task<IReadOnlyList<TaggedBuild>> TaggedAsync(TaggedQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        return SendAsync(KojiCalls.Tagged(query), cancellationToken);
    }

    /// <summary>Whether a package may be built for a tag.</summary>
    /// <returns>Null when the package is not in the tag's list: its builds fail there.</returns>
    public Task<TaggedPackage?> PackageAsync(string tag, string package, CancellationToken cancellationToken) =>
        SendAsync(KojiCalls.Package(tag, package), cancellationToken);

    /// <summary>
    /// The newest repository of a build tag that is ready. A build sees what was tagged before <see cref="KojiRepo.CreatedAt"/>; ask every
    /// minute or two, or let the hub wait with <see cref="KojiBuildRequest.WaitForBuilds"/>.
    /// </summary>
    /// <returns>Null when there is none (yet).</returns>
    public Task<KojiRepo?> RepoAsync(string tag, CancellationToken cancellationToken) => SendAsync(KojiCalls.Repo(tag), cancellationToken);

    /// <summary>The tags that one inherits from, nearest first.</summary>
    public Task<IReadOnlyList<InheritedTag>> InheritanceAsync(string tag, CancellationToken cancellationToken) =>
        SendAsync(KojiCalls.Inheritance(tag), cancellationToken);

    /// <summary>
    /// Asks for a tag to be put on a build. It is done by a task, so it is there when the task is closed. Check
    /// <see cref="TagsOfBuildAsync"/> first: tagging again is a fault.
    /// </summary>
    /// <returns>The number of the task.</returns>
    public Task<int> TagBuildAsync(string tag, string nvr, CancellationToken cancellationToken) => SendAsync(KojiCalls.TagBuild(tag, nvr), cancellationToken);

    /// <summary>Takes a tag off a build, at once. A side tag can disappear with its last build.</summary>
    public Task UntagBuildAsync(string tag, string nvr, CancellationToken cancellationToken) => SendAsync(KojiCalls.UntagBuild(tag, nvr), cancellationToken);

    /// <summary>Makes a side tag for the user of the session.</summary>
    /// <param name="buildTag">The build tag (<see cref="BuildTarget.BuildTag"/>), such as <c>f43-build</c>; not the target.</param>
    /// <exception cref="KojiException">
    /// With <see cref="Http.RemoteFailure.Forbidden"/> when the policy allows none (any more). With <see cref="KojiEffect.Unknown"/> look with
    /// <see cref="SideTagsAsync"/>.
    /// </exception>
    public Task<SideTag> CreateSideTagAsync(string buildTag, CancellationToken cancellationToken) => SendAsync(KojiCalls.CreateSideTag(buildTag), cancellationToken);

    /// <summary>Removes a side tag of ours.</summary>
    public Task RemoveSideTagAsync(string name, CancellationToken cancellationToken) => SendAsync(KojiCalls.RemoveSideTag(name), cancellationToken);

    /// <summary>The side tags there are.</summary>
    /// <param name="buildTag">Only those of this build tag; null for all.</param>
    /// <param name="user">Only those of this user; null for all.</param>
    public Task<IReadOnlyList<SideTag>> SideTagsAsync(string? buildTag, string? user, CancellationToken cancellationToken) =>
        SendAsync(KojiCalls.SideTags(buildTag, user), cancellationToken);
}
