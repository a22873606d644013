using Packit.Automation.ProposeDownstream;
using Packit.Automation.Reporting.Texts;
using Packit.DistGit;
using Packit.PackageConfig;

namespace Packit.Automation.Previewing;

/// <summary>
/// Tells which tag a release of a commit has, or would have: the one that was named; the one by which the commit was asked for; else what
/// the version of the upstream spec makes of <c>upstream_tag_template</c>.
/// </summary>
internal sealed class TagOfCommit(BranchFiles files)
{
    private const int SpecCap = 8 * 1024 * 1024;

    /// <summary>Finds the tag for one package.</summary>
    public async Task<FoundTag> FindAsync(
        GitRepository repository, PreviewRequest request, UpstreamSight upstream, JobView view, CancellationToken cancellationToken)
    {
        if (request.Tag is { Length: > 0 } given)
        {
            return GitName.IsRef(given) ? new FoundTag(given, PreviewTagSource.Given, null) : new FoundTag(null, PreviewTagSource.None, PreviewTexts.NoTagName(given));
        }

        if (upstream.Tag is { } asked)
        {
            return new FoundTag(asked, PreviewTagSource.Ref, null);
        }

        var settings = view.Settings;
        if (view.Type != JobType.ProposeDownstream || settings.SpecfilePath is null)
        {
            return new FoundTag(null, PreviewTagSource.None, null);
        }

        var path = UpstreamPaths.Combine(UpstreamPaths.Root(settings), settings.SpecfilePath);
        if (upstream.Tree.Find(path) is not { IsFile: true } entry)
        {
            return new FoundTag(null, PreviewTagSource.None, PreviewTexts.NoSpecForTag(path));
        }

        var spec = await repository.ReadAsync(entry, SpecCap, cancellationToken);
        if (Gates.VersionIn(spec, files.Macros(settings, ReleaseBranches.Rawhide)) is not { } version)
        {
            return new FoundTag(null, PreviewTagSource.None, PreviewTexts.NoVersionForTag(path));
        }

        return new TagRules(settings).TagFor(version) switch
        {
            { Tag: { } tag } when GitName.IsRef(tag) => new FoundTag(tag, PreviewTagSource.Spec, null),
            { Tag: { } tag } => new FoundTag(null, PreviewTagSource.None, PreviewTexts.NoTagName(tag)),
            var none => new FoundTag(null, PreviewTagSource.None, none.Error),
        };
    }
}

/// <summary>The tag of a release.</summary>
/// <param name="Tag">Null when nobody can tell it.</param>
/// <param name="Source">Where it is from.</param>
/// <param name="Problem">Why there is none.</param>
internal sealed record FoundTag(string? Tag, PreviewTagSource Source, string? Problem);
