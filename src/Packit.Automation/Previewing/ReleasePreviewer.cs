using Microsoft.Extensions.Options;
using Packit.Automation.Matching;
using Packit.Automation.Releases;
using Packit.Automation.Reporting.Texts;
using Packit.Automation.Settings;
using Packit.DistGit;
using Packit.PackageConfig;
using Packit.Pagure;

namespace Packit.Automation.Previewing;

/// <summary>
/// Says what would be proposed if a commit were released now. It reads what a release would read and makes the same plan; there is nothing
/// in its hands through which anything could be changed. Trouble with one part leaves that part unknown.
/// </summary>
public sealed class ReleasePreviewer
{
    /// <summary>The longest time for one preview.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    /// <summary>Branches of all packages together that are looked at.</summary>
    private const int BranchesAtMost = 40;

    private readonly GitProgram _git;
    private readonly IAliasSource _aliases;
    private readonly IPreviewStanding _standing;
    private readonly PackagePreviewer _packages;
    private readonly TagOfCommit _tags;
    private readonly ServiceOptions _service;
    private readonly TimeProvider _time;

    internal ReleasePreviewer(
        GitProgram git, IAliasSource aliases, IPreviewStanding standing, PackagePreviewer packages, TagOfCommit tags, IOptions<ServiceOptions> service,
        TimeProvider time)
    {
        if (git.Options.MayPush)
        {
            throw new ArgumentException("A preview is made with a git that pushes nothing.", nameof(git));
        }

        (_git, _aliases, _standing, _packages, _tags, _service, _time) = (git, aliases, standing, packages, tags, service.Value, time);
    }

    /// <summary>Makes a preview.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="cancellationToken">Ends the work without a result.</param>
    public async Task<PreviewResult> MakeAsync(PreviewRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        using var clock = new PreviewClock(Limit, _time, cancellationToken);
        var empty = new PreviewResult
        {
            Repository = request.Source.Shown, Asked = UpstreamReader.AskedOf(request), PullRequest = request.Ref is null ? request.PullRequest : null, MadeAt = _time.GetUtcNow(),
        };
        await using var place = await PreviewPlace.CreateAsync(_git, _service.WorkFolder, cancellationToken);
        var (sight, late) = await clock.TryAsync(token => UpstreamReader.FindAsync(place.Repository, request, token));
        return sight.Found is { } found
            ? await MakeAsync(request, empty with { Commit = found.Commit, PullRequest = found.PullRequest }, place.Repository, found, clock)
            : empty with { Problem = sight.Problem ?? new PreviewProblem(PreviewProblemKind.Unreachable, late!) };
    }

    private async Task<PreviewResult> MakeAsync(
        PreviewRequest request, PreviewResult result, GitRepository repository, UpstreamSight upstream, PreviewClock clock)
    {
        var (dated, _) = await clock.TryAsync(_aliases.AliasesAsync);
        var aliases = dated ?? new DatedAliases(BranchAliases.BuiltIn, null);
        var (read, unread) = await clock.TryAsync(token => ConfigReader.ReadAsync(repository, upstream.Tree, request.Source.Name, aliases.Aliases, token));
        if (read.Seen is null)
        {
            return result with { Problem = new PreviewProblem(PreviewProblemKind.Unreachable, unread!) };
        }

        var (approval, notApproved) = await clock.TryAsync(token => _standing.ApprovalAsync(request.Source.Repository, token));
        result = result with
        {
            Config = read.Seen,
            Approval = approval ?? new PreviewFinding(PreviewSign.Unknown, notApproved!),
            Notes = [.. Notes(upstream, aliases.FetchedAt is null)],
        };
        if (request.Package is { } package && read.Config?.Has(package) == false)
        {
            return result with { Notes = [.. result.Notes, PreviewTexts.NoPackage(package)] };
        }

        return read.Config is null ? result : await WithPackagesAsync(request, result, read.Config, repository, upstream, aliases.Aliases, clock);
    }

    private async Task<PreviewResult> WithPackagesAsync(
        PreviewRequest request, PreviewResult result, PackitConfig config, GitRepository repository, UpstreamSight upstream, BranchAliases aliases,
        PreviewClock clock)
    {
        List<PreviewJobDecision> jobs = [];
        List<PackagePreview> packages = [];
        var budget = BranchesAtMost;
        for (var index = 0; index < config.Views.Count; index++)
        {
            var view = config.Views[index];
            if (request.Package is { } only && !view.IsOf(only))
            {
                continue;
            }

            var (told, untold) = await clock.TryAsync(token => _tags.FindAsync(repository, request, upstream, view, token));
            var tag = told ?? new FoundTag(null, PreviewTagSource.None, null);

            // A tag that cannot be told filters nothing: whether the job is for it shows when it is named.
            var match = ReleaseMatcher.Decide(view, index, tag.Tag ?? "", _service.Deployment, byPerson: false);
            var open = tag.Tag is null && IsForReleases(match);
            jobs.Add(new PreviewJobDecision(
                JobNames.Of(view.Type), view.PackageName, match.Matched || open, open ? PreviewTexts.MatchesWithATag : match.Reason));
            if (open)
            {
                packages.Add(Of(view, tag) with { Problem = untold is null ? tag.Problem ?? PreviewTexts.NoTag : null, Unknown = untold });
            }
            else if (match.Matched)
            {
                var made = await _packages.MakeAsync(new PackageToPreview(Of(view, tag), view, request.Source, upstream, aliases, budget), repository, clock);
                packages.Add(made);
                budget -= made.Branches.Count;
            }
        }

        return result with { Jobs = jobs, Packages = result.Approval.Sign == PreviewSign.Bad ? [.. packages.Select(package => NotApproved(package, result.Approval.Text))] : packages };
    }

    private static PackagePreview NotApproved(PackagePreview package, string why) => package with
    {
        Branches =
        [
            .. package.Branches.Select(branch => branch.Outcome is PreviewOutcome.Propose or PreviewOutcome.Waits
                ? branch with { Outcome = PreviewOutcome.Blocked, Reason = PreviewTexts.NotApproved(why) }
                : branch),
        ],
    };

    private bool IsForReleases(JobMatch match) =>
        match.View is { Type: JobType.ProposeDownstream, Trigger: JobTrigger.Release, ManualTrigger: false }
        && match.View.Settings.PackitInstances.Contains(_service.Deployment)
        && PagureProject.TryParse($"rpms/{match.View.Settings.DownstreamPackageName}", out _);

    private static PackagePreview Of(JobView view, FoundTag tag) => new()
    {
        Package = view.PackageName,
        DownstreamPackage = view.Settings.DownstreamPackageName,
        Tag = tag.Tag,
        TagSource = tag.Source,
        Version = tag.Tag is null ? null : new TagRules(view.Settings).VersionOf(tag.Tag).Version,
    };

    private static IEnumerable<string> Notes(UpstreamSight upstream, bool aliasesAreBuiltIn)
    {
        if (upstream.IsAmbiguous)
        {
            yield return PreviewTexts.TagAndBranch(upstream.Asked);
        }

        if (aliasesAreBuiltIn)
        {
            yield return PreviewTexts.BuiltInAliases(BranchAliases.BuiltIn.Date!.Value);
        }
    }
}
