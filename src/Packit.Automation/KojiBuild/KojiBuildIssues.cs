using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Packit.Automation.Reporting;
using Packit.Automation.Reporting.Texts;
using Packit.Automation.Settings;
using Packit.Automation.Storage;

namespace Packit.Automation.KojiBuild;

/// <summary>
/// Reports builds that failed in the repository that the package config names: one issue for a package and kind of failure, closed when the
/// package builds again on all its branches.
/// </summary>
public sealed class KojiBuildIssues(
    IssueRepositories repositories,
    IssueReporter reporter,
    IPackitDbFactory databases,
    DistGitAddresses addresses,
    DashboardAddresses dashboard,
    IOptions<ServiceOptions> service)
{
    /// <summary>Kind of the issue about builds that Koji never got.</summary>
    public const string NotSubmitted = "koji-build-trigger";

    /// <summary>Kind of the issue about builds that did not succeed in Koji.</summary>
    public const string NotBuilt = "koji-build";

    /// <summary>Reports a build that did not succeed, or closes the issues when one did.</summary>
    public async Task TellAsync(KojiBuildContext build, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(build);
        var failed = KojiBuildStates.Failed.Contains(build.Target.Status);
        if (build.Settings.IssueRepository is not { } url || (!failed && build.Target.Status != KojiBuildStatus.Success))
        {
            return;
        }

        switch (await repositories.FindAsync(url, cancellationToken))
        {
            case IssueRepository.Unreachable { Reason: var reason } when failed:
                await NoteAsync(build.Target, reason, cancellationToken);
                break;
            case IssueRepository.Reachable place when failed:
                await reporter.ReportAsync(place.Forge, place.ProjectId, Report(build), cancellationToken);
                break;
            case IssueRepository.Reachable place when !await OthersFailAsync(build, cancellationToken):
                foreach (var kind in new[] { NotSubmitted, NotBuilt })
                {
                    await reporter.ResolveAsync(
                        place.Forge, place.ProjectId, kind, build.Package, KojiIssueTexts.Resolved(build.Target.Nvr ?? build.Package), cancellationToken);
                }

                break;
        }
    }

    private IssueReport Report(KojiBuildContext build)
    {
        var target = build.Target;
        var submitted = target.TaskId is not null;
        return new IssueReport(
            submitted ? NotBuilt : NotSubmitted,
            build.Package,
            KojiIssueTexts.Title(build.Package, submitted),
            KojiIssueTexts.Body(
                new FailedBuildFacts(target, build.Event, $"{addresses.WebUrl(build.Package)}.git", dashboard.KojiBuild(target.Id)),
                service.Value.CommandPrefix, build.Settings.Notifications.FailureCommentMessage),
            $"{target.Branch} {target.CommitSha} {target.FailureCode} {target.Message}",
            CommentOnRepeat: true);
    }

    /// <summary>
    /// Whether the newest build of a branch of the package did not succeed; on this branch that may be a later one than the one that is told of.
    /// A real build says all that a scratch build could; a scratch build says nothing about a real one that failed.
    /// </summary>
    private async Task<bool> OthersFailAsync(KojiBuildContext build, CancellationToken cancellationToken)
    {
        await using var database = databases.Create();
        var withScratch = build.Target.Scratch;
        var others = await database.Builds.AsNoTracking()
            .Where(row => row.Group.ProjectId == build.Group.ProjectId && (withScratch || !row.Scratch) && row.Status != KojiBuildStatus.Skipped)
            .GroupBy(row => new { row.Branch, row.Scratch })
            .Select(branch => branch.OrderByDescending(row => row.Id).First().Status)
            .ToListAsync(cancellationToken);
        return others.Exists(KojiBuildStates.Failed.Contains);
    }

    /// <summary>Adds to what the page says.</summary>
    private async Task NoteAsync(KojiBuildTarget target, string note, CancellationToken cancellationToken)
    {
        if (target.Message?.Split('\n').Contains(note) == true)
        {
            // An attempt that did not come to its end has said so.
            return;
        }

        var text = $"{target.Message}\n{note}";
        await using var database = databases.Create();
        await database.Builds.Where(row => row.Id == target.Id && row.Message == target.Message)
            .ExecuteUpdateAsync(change => change.SetProperty(row => row.Message, text), cancellationToken);
    }
}
