using System.Diagnostics;
using Microsoft.Extensions.Options;
using Packit.Automation.Access;
using Packit.Automation.Comments;
using Packit.Automation.Events;
using Packit.Automation.Installing;
using Packit.Automation.Matching;
using Packit.Automation.Reporting;
using Packit.Automation.Reporting.Texts;
using Packit.Automation.Settings;
using Packit.Automation.Storage;
using Packit.GitHub;

namespace Packit.Automation.ProposeDownstream;

/// <summary>Turns a request for a release into runs: reads the facts from the forge, matches the jobs, and starts the branches.</summary>
public sealed class ReleaseIntake(
    IPackitDbFactory databases,
    GitHubClient github,
    ConfigLoader configs,
    AccessGate gate,
    Refusals refusals,
    RunStarter starter,
    DecisionRows decisions,
    IssueReporter issues,
    IOptions<ServiceOptions> service,
    TimeProvider time)
{
    /// <summary>How the decision is called whether the project may use the service.</summary>
    public const string AllowlistStep = "allowlist";

    /// <summary>Handles a request; repeating it for the same delivery starts nothing twice.</summary>
    /// <exception cref="Http.RemoteException">The forge or dist-git failed; to be tried again later.</exception>
    public async Task<ReleaseAnswer> HandleAsync(ReleaseRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var forge = github.Repository(request.Repository.Name, request.Repository.InstallationId);
        if (await forge.CommitOfTagAsync(request.Tag, cancellationToken) is not { } commit)
        {
            return new ReleaseAnswer.NotVisible(DeliveryTexts.TagNotShown(request.Tag, request.Repository.Name.ToString()));
        }

        var release = await StoreReleaseAsync(request, commit, cancellationToken);
        return await configs.LoadAsync(forge, release.ProjectId, commit, cancellationToken) switch
        {
            LoadedConfig.Missing => await NoConfigAsync(request, commit, cancellationToken),
            LoadedConfig.Invalid invalid => await ReportInvalidAsync(request, forge, release, invalid, cancellationToken),
            LoadedConfig.Valid valid => await MatchAsync(request, forge, release, valid, cancellationToken),
            _ => throw new UnreachableException(),
        };
    }

    private async Task<ReleaseAnswer> MatchAsync(
        ReleaseRequest request, GitHubRepository forge, ProjectRelease release, LoadedConfig.Valid config, CancellationToken cancellationToken)
    {
        await issues.ResolveAsync(
            forge, release.ProjectId, ConfigTexts.IssueKind, ConfigTexts.IssueSubject, ConfigTexts.Resolved(release.CommitHash), cancellationToken);
        var matches = ReleaseMatcher.Match(
            config.Config, request.Tag, service.Value.Deployment, byPerson: request.Trigger == RunTrigger.Comment)
            .Select(match => WantsPackageOf(request, match) ? match : match.But(new Objection(DecisionGround.Package, MatchTexts.OnlyAskedFor(request.Package!))))
            .ToList();
        var matched = matches.Where(match => match.Matched).ToList();
        List<Decision> decided = [Decision.Read(config)];
        if (matched.Count > 0 && !request.IsAllowed)
        {
            var question = new AccessQuestion(AccessEvent.ReleasePublished, Actor: null) { Repository = request.Repository };
            var access = await gate.DecideAsync(question, cancellationToken);
            decided.Add(new Decision(AllowlistStep, null, access is AccessDecision.Granted, access.Reason) { Ground = DecisionGround.Allowlist });
            if (access is AccessDecision.Refused refused)
            {
                var held = new Objection(DecisionGround.Allowlist, MatchTexts.HeldByAllowlist);
                await decisions.StoreAsync(
                    request.DeliveryId, request.Step, [.. decided, .. matches.Select(match => Decision.Of(match.Matched ? match.But(held) : match))],
                    cancellationToken);
                if (request.Trigger == RunTrigger.Release)
                {
                    await refusals.NoteAsync(release, request.DeliveryId, cancellationToken);
                }

                return new ReleaseAnswer.NotAllowed(release.CommitHash, refused.Reason);
            }
        }

        if (matched.Count > 0)
        {
            await refusals.LetThroughAsync(release, cancellationToken);
        }

        await decisions.StoreAsync(request.DeliveryId, request.Step, [.. decided, .. matches.Select(Decision.Of)], cancellationToken);
        return matched.Count == 0
            ? AskedPackage.Unknown(request.Package, config.Config) is { } unknown
                ? new ReleaseAnswer.UnknownPackage(unknown)
                : new ReleaseAnswer.NoJob()
            : await starter.StartAsync(request, release, config.StoredId, matched, forge, cancellationToken);
    }

    private static bool WantsPackageOf(ReleaseRequest request, JobMatch match) =>
        request.Package is null || match.View.IsOf(request.Package);

    private async Task<ReleaseAnswer> NoConfigAsync(ReleaseRequest request, string commit, CancellationToken cancellationToken)
    {
        await decisions.StoreAsync(request.DeliveryId, request.Step, [Decision.NoConfig(commit)], cancellationToken);
        return new ReleaseAnswer.NoConfig(commit);
    }

    private async Task<ReleaseAnswer> ReportInvalidAsync(
        ReleaseRequest request, GitHubRepository forge, ProjectRelease release, LoadedConfig.Invalid invalid, CancellationToken cancellationToken)
    {
        var text = ConfigTexts.Invalid(invalid.Path, release.CommitHash, invalid.Problems);
        await decisions.StoreAsync(request.DeliveryId, request.Step, Decision.Errors(invalid, release.CommitHash), cancellationToken);
        if ((await forge.GetAsync(cancellationToken)).HasIssues)
        {
            await issues.ReportAsync(
                forge, release.ProjectId,
                new IssueReport(ConfigTexts.IssueKind, ConfigTexts.IssueSubject, ConfigTexts.IssueTitle, text, text, CommentOnRepeat: false),
                cancellationToken);
        }

        return new ReleaseAnswer.InvalidConfig(text);
    }

    private async Task<ProjectRelease> StoreReleaseAsync(ReleaseRequest request, string commit, CancellationToken cancellationToken)
    {
        var upstream = request.Repository;
        await using var database = databases.Create();
        var project = await database.UpstreamProjectAsync(upstream, cancellationToken);
        var release = await database.GetOrCreateAsync(
            row => row.ProjectId == project.Id && row.TagName == request.Tag && row.CommitHash == commit,
            () => new ProjectRelease
            {
                ProjectId = project.Id, TagName = request.Tag, CommitHash = commit, SeenAt = time.GetUtcNow(), InstallationId = upstream.InstallationId,
            },
            cancellationToken);
        (release.InstallationId, release.LastDeliveryId) = (upstream.InstallationId, request.DeliveryId);
        await database.SaveChangesAsync(cancellationToken);
        return release;
    }
}
