using Packit.Automation.ProposeDownstream;
using Packit.Automation.Reporting.Texts;
using Packit.DistGit;
using Packit.PackageConfig;
using Packit.Pagure;

namespace Packit.Automation.Previewing;

/// <summary>Says what one job would do for one package: what its branches share is read once.</summary>
internal sealed class PackagePreviewer(FedoraReader fedora, IResolvedBugs bugs, IPreviewStanding standing, BranchPreviewer branches)
{
    /// <summary>Makes the preview of a package.</summary>
    public async Task<PackagePreview> MakeAsync(PackageToPreview wanted, GitRepository repository, PreviewClock clock)
    {
        var package = wanted.Settings.DownstreamPackageName;
        var (agreement, unknown) = await clock.TryAsync(token => standing.AgreementAsync(wanted.Source.Repository, package, token));
        agreement ??= new PreviewAgreement(new PreviewFinding(PreviewSign.Unknown, unknown!), null);
        var result = wanted.Begun with { Agreement = agreement.Finding };
        if (new TagRules(wanted.Settings).VersionOf(wanted.Tag) is { Version: null } none)
        {
            return result with { Problem = none.Error };
        }

        var (distGit, away) = await clock.TryAsync(token => fedora.BranchesAsync(package, token));
        if (distGit is null && away is null)
        {
            return result with { Problem = ProposeDownstreamTexts.PackageMissing(fedora.Places.WebUrl(package)) };
        }

        var names = ReleaseBranches.Of(wanted.Settings, wanted.Aliases, distGit?.Default);
        var looked = names.Take(wanted.Budget).ToList();
        var (heads, unread) = await clock.TryAsync(token => HeadsAsync(repository, package, looked, token));
        if (heads is null && unread is null)
        {
            return result with { Problem = ProposeDownstreamTexts.PackageMissing(fedora.Places.WebUrl(package)) };
        }

        var shared = new SharedReadings(
            await clock.TryAsync(token => fedora.OpenPullRequestsAsync(package, token)),
            await clock.TryAsync(token => fedora.ForkHeadsAsync(package, token)),
            (await clock.TryAsync(token => bugs.FindAsync(package, result.Version, token))).Value ?? [],
            await clock.TryAsync(token => TagCommitAsync(repository, wanted, token)));
        List<BranchPreview> made = [];
        foreach (var branch in looked)
        {
            made.Add(heads is null
                ? new BranchPreview { Branch = branch, Outcome = PreviewOutcome.Unknown, Reason = unread }
                : await branches.MakeAsync(
                    new BranchToPreview(wanted, branch, GitName.IsRef(branch) ? heads[new GitWant.Branch(branch)] : null, shared), repository, clock));
        }

        IReadOnlyList<BranchPreview> turns = heads is not null && agreement.Finding.Sign == PreviewSign.Bad
            ? await new PreviewTurns(standing).TakeAsync(wanted, agreement, made, heads, clock)
            : made;
        return result with { Branches = turns, Notes = [.. Notes(wanted, shared, away, names.Count - looked.Count)] };
    }

    /// <summary>The heads of the branches; null when dist-git has no such package.</summary>
    private async Task<FetchResult?> HeadsAsync(GitRepository repository, string package, IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        try
        {
            return await repository.FetchAsync(
                fedora.Places.Main(package), [.. names.Where(GitName.IsRef).Select(name => new GitWant.Branch(name))], FetchDepth.Tip,
                withoutLargeBlobs: false, cancellationToken);
        }
        catch (GitException missing) when (missing.Kind is GitFailure.NotFound or GitFailure.Unauthorized)
        {
            return null;
        }
    }

    private static Task<string?> TagCommitAsync(GitRepository repository, PackageToPreview wanted, CancellationToken cancellationToken) =>
        wanted.Upstream.Tag == wanted.Tag
            ? Task.FromResult<string?>(wanted.Upstream.Commit)
            : UpstreamReader.CommitOfTagAsync(repository, wanted.Source, wanted.Tag, cancellationToken);

    private static IEnumerable<string> Notes(PackageToPreview wanted, SharedReadings shared, string? away, int leftOut)
    {
        if (shared.TagCommit.Value is { } commit)
        {
            yield return commit == wanted.Upstream.Commit ? PreviewTexts.TagIsThere(wanted.Tag) : PreviewTexts.TagIsElsewhere(wanted.Tag, commit);
        }

        if (wanted.Settings.CopyUpstreamReleaseDescription)
        {
            yield return PreviewTexts.DescriptionToCome;
        }

        if (away is not null)
        {
            yield return PreviewTexts.DefaultBranchUnknown(ReleaseBranches.Rawhide, away);
        }

        if (leftOut > 0)
        {
            yield return PreviewTexts.MoreBranches(leftOut);
        }
    }
}

/// <summary>A package to be looked at.</summary>
/// <param name="Begun">What is known of it.</param>
/// <param name="View">The job as seen from it.</param>
/// <param name="Source">The upstream repository.</param>
/// <param name="Upstream">The upstream commit.</param>
/// <param name="Aliases">What branch aliases mean.</param>
/// <param name="Budget">How many branches are looked at.</param>
internal sealed record PackageToPreview(
    PackagePreview Begun, JobView View, PreviewSource Source, UpstreamSight Upstream, BranchAliases Aliases, int Budget)
{
    public PackageSettings Settings => View.Settings;

    /// <summary>The tag that the release has, or would have.</summary>
    public string Tag => Begun.Tag!;
}

/// <summary>What the branches of a package share. Each is a value, or the reason why there is none.</summary>
/// <param name="PullRequests">Open pull requests of the package.</param>
/// <param name="ForkHeads">Branches of the service's fork.</param>
/// <param name="Bugs">Tickets that the release resolves.</param>
/// <param name="TagCommit">The commit of the tag; null with no reason when the tag is not there.</param>
internal sealed record SharedReadings(
    (IReadOnlyList<PagurePullRequest>? Value, string? WhyNot) PullRequests,
    (IReadOnlyDictionary<string, string>? Value, string? WhyNot) ForkHeads,
    IReadOnlyList<string> Bugs,
    (string? Value, string? WhyNot) TagCommit)
{
    /// <summary>Addresses that were looked at.</summary>
    public Dictionary<Uri, ArchiveSight> Archives { get; } = [];
}
