using Packit.Automation.Settings;
using Packit.FedoraMessaging;
using Packit.Koji;

namespace Packit.Automation.BodhiUpdate;

/// <summary>Complete builds: as messages tell of them, and as Koji knows them.</summary>
public sealed class CompleteBuilds(KojiClient koji, DistGitAddresses addresses)
{
    /// <summary>What a message says about a build. Costs no look-up.</summary>
    /// <returns>
    /// Null for a build that no update can come of: from a side tag, from elsewhere, in the name of another package, for a target of release
    /// engineering.
    /// </returns>
    public CompleteBuild? Claimed(BuildStateChange change)
    {
        ArgumentNullException.ThrowIfNull(change);
        return change.Request is { Scratch: false, Repository: { } repository, Commit: { } commit } request
            && CompleteBuild.BranchOf(request.Target) is { } branch
            && PackageOf(repository) is { } package && package == change.Build.Name
                ? new CompleteBuild(change.Build.Id, change.Build.Nvr, package, branch, commit, change.Build.Owner)
                : null;
    }

    /// <summary>What Koji says about a build.</summary>
    /// <exception cref="KojiException">Koji does not answer.</exception>
    public async Task<ConfirmedBuild> ReadAsync(long id, CancellationToken cancellationToken)
    {
        if (id is <= 0 or > int.MaxValue || await koji.BuildAsync((int)id, cancellationToken) is not { } known)
        {
            return new ConfirmedBuild(null, IsPending: false);
        }

        if (known.State != KojiBuildState.Complete || known.TaskId is not { } taskId)
        {
            return new ConfirmedBuild(null, known.State == KojiBuildState.Building);
        }

        return await koji.TaskAsync(taskId, cancellationToken) is { Build: { Scratch: false } request } && CompleteBuild.BranchOf(request.Target) is { } branch
            ? new ConfirmedBuild(Of(known, branch), IsPending: false)
            : new ConfirmedBuild(null, IsPending: false);
    }

    /// <summary>The newest build of a package in a tag, for a branch.</summary>
    /// <returns>Null when the tag holds none that was built from dist-git.</returns>
    /// <exception cref="KojiException">Koji does not answer.</exception>
    public async Task<CompleteBuild?> LatestAsync(string package, string branch, string tag, CancellationToken cancellationToken) =>
        await koji.TaggedAsync(new TaggedQuery(tag) { Package = package, Latest = true }, cancellationToken) is [var latest, ..]
        && await koji.BuildAsync(latest.Build.Nvr, cancellationToken) is { } known
        && Of(known, branch) is { } build && build.Package == package
            ? build
            : null;

    private CompleteBuild? Of(Packit.Koji.KojiBuild known, string branch) =>
        known.Scm is { Commit: { } commit } source && PackageOf(source.Repository) is { } package && package == known.Name
            ? new CompleteBuild(known.Id, known.Nvr, package, branch, commit, known.OwnerName ?? "")
            : null;

    /// <summary>The package of a repository of our dist-git; null for any other address.</summary>
    private string? PackageOf(Uri repository)
    {
        var address = repository.AbsoluteUri.TrimEnd('/');
        address = address.EndsWith(".git", StringComparison.Ordinal) ? address[..^4] : address;
        var package = address[(address.LastIndexOf('/') + 1)..];
        return package.Length > 0 && address == addresses.WebUrl(package) ? package : null;
    }
}

/// <summary>A build as Koji knows it.</summary>
/// <param name="Build">The build; null when it is not complete, or none that an update can come of.</param>
/// <param name="IsPending">Whether Koji is about to complete it.</param>
public sealed record ConfirmedBuild(CompleteBuild? Build, bool IsPending);
