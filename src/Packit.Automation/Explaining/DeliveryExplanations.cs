using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Packit.Automation.Access;
using Packit.Automation.Reporting.Texts;
using Packit.Automation.Storage;

namespace Packit.Automation.Explaining;

/// <summary>Explains deliveries from what is stored about them. Nothing is asked of anybody, and no body is read.</summary>
public sealed class DeliveryExplanations(IPackitDbFactory databases, ShownProjects shown)
{
    private const int PageSize = 50;

    private const string CommandKind = "command";

    /// <summary>Explains a delivery.</summary>
    /// <param name="name">The id that its sender gave it, or the number of its row.</param>
    /// <param name="viewer">Who will read it.</param>
    /// <param name="prefix">The word that commands in comments begin with.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>Null when there is none, or none that the viewer may see.</returns>
    public async Task<DeliveryExplanation?> ReadAsync(string name, Viewer viewer, string prefix, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(name);
        await using var database = databases.Create();
        if (await FindAsync(database, name, cancellationToken) is not { } id
            || await DeliveryHeads.Of(database, shown, viewer).SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } found)
        {
            return null;
        }

        var state = await database.Deliveries.Where(row => row.Id == id)
            .Select(row => new { row.Attempts, row.NextAttemptAt, row.HandledAt }).SingleAsync(cancellationToken);
        var told = found.IsTold(viewer);
        var decisions = await database.Decisions.AsNoTracking().Where(row => row.DeliveryId == id && told)
            .OrderBy(row => row.Step).ThenBy(row => row.Position)
            .Select(row => new ExplainedDecision(row.Step, row.Job, row.Package, row.Matched, row.Ground, row.Reason, row.Commit))
            .ToListAsync(cancellationToken);
        var results = await ResultsAsync(database, id, cancellationToken);
        var began = results.Any(result => !IsRefused(result));
        var head = found.ToHead(viewer);
        var waits = head.State == DeliveryState.Received;
        return new DeliveryExplanation
        {
            Head = head,
            Attempts = state.Attempts,
            NextAttemptAt = waits && state.Attempts > 0 ? state.NextAttemptAt : null,
            HandledAt = state.HandledAt,
            LookedAt = [.. decisions.Where(IsCondition)],
            Matched = [.. decisions.Where(decision => decision.Matched && !IsCondition(decision))],
            NotMatched = [.. decisions.Where(decision => !decision.Matched && !IsCondition(decision))],
            Results = results,
            Summary = ExplanationTexts.Summary(head, state.Attempts, decisions, began),
            NextStep = ExplanationTexts.NextStep(head, decisions, began, prefix),
        };
    }

    /// <summary>Deliveries that concern projects, newest first.</summary>
    /// <param name="project">Only those of this project: its namespace and name, or its web address; null for all.</param>
    /// <param name="before">Only those with a smaller number; null for the newest.</param>
    /// <param name="viewer">Who will read it.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<DeliveryList> ListAsync(string? project, long? before, Viewer viewer, CancellationToken cancellationToken)
    {
        await using var database = databases.Create();
        var heads = DeliveryHeads.Concerning(database, shown, viewer).Where(row => before == null || row.Id < before);
        if (!string.IsNullOrWhiteSpace(project))
        {
            var key = KeyOf(project);
            var named = database.Projects.Where(row => row.ForgeId != null && (row.Namespace + "/" + row.RepoName).ToLower() == key);
            heads = heads.Where(row => row.Subject!.ProjectKey == key || named.Any(now => now.ForgeId == row.Subject!.ForgeId));
        }

        var rows = await heads.OrderByDescending(row => row.Id).Take(PageSize + 1).ToListAsync(cancellationToken);
        return new DeliveryList(
            [.. rows.Take(PageSize).Select(row => row.ToHead(viewer))], rows.Count > PageSize ? rows[PageSize - 1].Id : null, before is null,
            string.IsNullOrWhiteSpace(project) ? null : project.Trim());
    }

    private static string KeyOf(string project)
    {
        var name = project.Trim().TrimEnd('/');
        var path = Uri.TryCreate(name, UriKind.Absolute, out var address) && address.Scheme is "https" or "http" ? address!.AbsolutePath.Trim('/') : name;
        return (path.EndsWith(".git", StringComparison.Ordinal) ? path[..^4] : path).ToLowerInvariant();
    }

    private static bool IsRefused(ExplainedResult result) =>
        result.Kind == CommandKind && result.State == WireNames<CommandState>.Of(CommandState.Refused);

    private static bool IsCondition(ExplainedDecision decision) =>
        decision.Matched && decision.Ground is DecisionGround.Config or DecisionGround.Allowlist or DecisionGround.Permission;

    private static async Task<long?> FindAsync(PackitDb database, string name, CancellationToken cancellationToken)
    {
        // GitHub writes its ids in lower case; who copies one may not.
        string[] names = [name, name.ToLowerInvariant()];
        DeliverySource[] sources = [DeliverySource.GitHub, DeliverySource.FedoraMessaging];
        var known = await database.Deliveries.Where(row => sources.Contains(row.Source) && names.Contains(row.DeliveryId))
            .OrderBy(row => row.Id).Select(row => (long?)row.Id).FirstOrDefaultAsync(cancellationToken);
        return known ?? (long.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null);
    }

    private static async Task<IReadOnlyList<ExplainedResult>> ResultsAsync(PackitDb database, long id, CancellationToken cancellationToken)
    {
        var targets = await database.Targets.AsNoTracking().Where(row => row.Run.DeliveryId == id).OrderBy(row => row.Id)
            .Select(row => new { row.Id, row.Run.DownstreamPackage, row.Branch, row.Status, row.Run.ProjectEvent.ReleaseId }).ToListAsync(cancellationToken);
        var builds = await database.Builds.AsNoTracking().Where(row => row.Group.DeliveryId == id).OrderBy(row => row.Id)
            .Select(row => new { row.Id, row.Group.DownstreamPackage, row.Branch, row.Nvr, row.Status }).ToListAsync(cancellationToken);
        var updates = await database.Updates.AsNoTracking().Where(row => row.Group.DeliveryId == id).OrderBy(row => row.Id)
            .Select(row => new { row.Id, row.KojiNvrs, row.Alias, row.Status }).ToListAsync(cancellationToken);
        var commands = await database.CommentCommands.AsNoTracking().Where(row => row.DeliveryId == id).OrderBy(row => row.Id)
            .Select(row => new { row.Id, row.Line, row.State }).ToListAsync(cancellationToken);
        var given = commands.ConvertAll(row => row.Id);
        var previews = await database.Previews.AsNoTracking().Where(row => given.Contains(row.CommandId)).OrderBy(row => row.Id)
            .Select(row => new { row.Id, row.CommitSha, row.State }).ToListAsync(cancellationToken);
        return
        [
            .. targets.Where(row => row.ReleaseId is not null).Take(1).Select(row => new ExplainedResult("release", row.DownstreamPackage, "", Path("/releases", row.ReleaseId!.Value))),
            .. targets.Select(row => new ExplainedResult(
                "propose-downstream", $"{row.DownstreamPackage} {row.Branch}", WireNames<SyncReleaseTargetStatus>.Of(row.Status), Path("/jobs/propose-downstream", row.Id))),
            .. builds.Select(row => new ExplainedResult(
                "koji-build", row.Nvr ?? $"{row.DownstreamPackage} {row.Branch}", WireNames<KojiBuildStatus>.Of(row.Status), Path("/jobs/koji", row.Id))),
            .. updates.Select(row => new ExplainedResult(
                "bodhi-update", row.Alias ?? row.KojiNvrs, WireNames<BodhiUpdateStatus>.Of(row.Status), Path("/jobs/bodhi", row.Id))),
            .. previews.Select(row => new ExplainedResult(
                "preview", row.CommitSha ?? "", WireNames<PreviewState>.Of(row.State), Path("/previews", row.Id))),
            .. commands.Select(row => new ExplainedResult(CommandKind, row.Line, WireNames<CommandState>.Of(row.State), null)),
        ];
    }

    private static string Path(string folder, int id) => string.Create(CultureInfo.InvariantCulture, $"{folder}/{id}");
}

/// <summary>One page of deliveries.</summary>
/// <param name="Rows">The deliveries.</param>
/// <param name="Older">Where the next page begins; null on the last one.</param>
/// <param name="IsFirst">Whether this is the page with the newest.</param>
/// <param name="Project">The project that was asked for; null for all.</param>
public sealed record DeliveryList(IReadOnlyList<DeliveryHead> Rows, long? Older, bool IsFirst, string? Project);
