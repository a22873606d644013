using Microsoft.Extensions.Options;
using Packit.Automation.Comments;
using Packit.Automation.Comments.Grammar;
using Packit.Automation.Matching;
using Packit.Automation.Reporting;
using Packit.Automation.Reporting.Texts;
using Packit.Automation.Settings;
using Packit.GitHub;
using Packit.PackageConfig;

namespace Packit.Automation.ProposeDownstream;

/// <summary>
/// Which release a person means who does not name one: that of the failure issue in which they write, else the latest; for a project without
/// releases the newest tag that one of its jobs is for (Packit: re-trigger by issue comment).
/// </summary>
public sealed class ReleaseChoice(FailureIssues issues, ConfigLoader configs, IOptions<ServiceOptions> service)
{
    /// <summary>Among so many of the newest releases one is looked for that is neither draft nor pre-release.</summary>
    private const int Releases = 30;

    /// <summary>So many tags of a project without releases are looked at.</summary>
    private const int Tags = 300;

    /// <summary>Chooses.</summary>
    /// <exception cref="Http.RemoteException">GitHub failed; to be tried again later.</exception>
    public async Task<ChosenRelease> ChooseAsync(GivenIssueCommand given, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(given);
        if (given.Command is Command.ProposeDownstream { Tag: { } named })
        {
            return await given.Forge.CommitOfTagAsync(named, cancellationToken) is null
                ? new ChosenRelease.None(ProposeAnswerTexts.UnknownTag(named, given.Repository.Name.ToString()))
                : new ChosenRelease.Tag(named);
        }

        if (await issues.FindAsync(given, cancellationToken) is { Kind: ProposeDownstreamJob.Kind, Subject: var own })
        {
            return new ChosenRelease.Tag(own);
        }

        var newest = await given.Forge.ReleasesAsync(Releases, cancellationToken);
        if (newest.FirstOrDefault(release => release is { Draft: false, Prerelease: false }) is { } latest)
        {
            return new ChosenRelease.Tag(latest.TagName);
        }

        return newest.Any(release => !release.Draft)
            ? new ChosenRelease.None(ProposeAnswerTexts.OnlyPrereleases(service.Value.CommandPrefix))
            : await NewestTagAsync(given, cancellationToken);
    }

    /// <summary>The newest tag by the version that it stands for, as the config of the default branch reads tags.</summary>
    private async Task<ChosenRelease> NewestTagAsync(GivenIssueCommand given, CancellationToken cancellationToken)
    {
        var tags = await given.Forge.TagsAsync(Tags, cancellationToken);
        var branch = (await given.Forge.GetAsync(cancellationToken)).DefaultBranch;
        if (tags.Count == 0 || await given.Forge.CommitOfBranchAsync(branch, cancellationToken) is not { } head
            || await configs.LoadAsync(given.Forge, given.ProjectId, head, cancellationToken) is not LoadedConfig.Valid { Config: var config })
        {
            return new ChosenRelease.None(CommentTexts.NoRelease);
        }

        var newest = tags
            .SelectMany(tag => ReleaseMatcher.Match(config, tag, service.Value.Deployment, byPerson: true).Where(match => match.Matched)
                .Select(match => new DatedTag(tag, match.View.Settings, new TagRules(match.View.Settings).VersionOf(tag).Version)))
            .Where(tag => tag.Version is not null)
            .Aggregate((DatedTag?)null, (best, tag) => best is null || SpecVersion.Compare(tag.Settings, best.Version!, tag.Version!) < 0 ? tag : best);
        return newest is null ? new ChosenRelease.None(ProposeAnswerTexts.NoTag) : new ChosenRelease.Tag(newest.Name);
    }

    private sealed record DatedTag(string Name, PackageSettings Settings, string? Version);
}

/// <summary>The release that was chosen.</summary>
public abstract record ChosenRelease
{
    private ChosenRelease()
    {
    }

    public sealed record Tag(string Name) : ChosenRelease;

    /// <param name="Text">Why there is none, and what to do.</param>
    public sealed record None(string Text) : ChosenRelease;
}
