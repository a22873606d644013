using Packit.Koji;

namespace Packit.Automation.BodhiUpdate;

/// <summary>Finds out what is new in a build: its changelog beyond that of the last build that users have.</summary>
public sealed class ChangelogNews(KojiClient koji)
{
    /// <summary>Reads what is new in a build.</summary>
    /// <param name="nvr">The build.</param>
    /// <param name="package">Its source package.</param>
    /// <param name="candidateTag">The tag that Bodhi takes it from; what it inherits holds the builds that users have.</param>
    /// <param name="cancellationToken">Ends the look-up.</param>
    /// <exception cref="KojiException">Koji does not answer.</exception>
    public async Task<UpdatedBuild> ReadAsync(string nvr, string package, string candidateTag, CancellationToken cancellationToken)
    {
        var changelog = await koji.ChangelogAsync(nvr, after: null, cancellationToken);
        var newest = changelog is [var entry, ..] ? entry : null;
        var stable = newest is null ? null : await StableBuildAsync(package, candidateTag, cancellationToken);
        if (stable == nvr)
        {
            return new UpdatedBuild(nvr, package, []);
        }

        var known = stable is null ? [] : await koji.ChangelogAsync(stable, after: null, cancellationToken);
        return new UpdatedBuild(nvr, package, UpdateNotes.NewsSince(changelog, known), known.Count == 0 ? newest : null);
    }

    /// <summary>The build that users have: in the first inherited tag that is a release itself or its updates (Packit: <c>get_latest_stable_build</c>).</summary>
    private async Task<string?> StableBuildAsync(string package, string candidateTag, CancellationToken cancellationToken)
    {
        foreach (var tag in await koji.InheritanceAsync(candidateTag, cancellationToken))
        {
            var holdsReleased = !tag.Name.Contains('-', StringComparison.Ordinal) || tag.Name.EndsWith("-updates", StringComparison.Ordinal);
            if (holdsReleased
                && await koji.TaggedAsync(new TaggedQuery(tag.Name) { Package = package, Latest = true }, cancellationToken) is [var latest, ..])
            {
                return latest.Build.Nvr;
            }
        }

        return null;
    }
}
