using Microsoft.EntityFrameworkCore;
using Packit.Automation.Access;
using Packit.Automation.Storage;

namespace Packit.Service.Dashboard.Reading;

/// <summary>One branch of a release, its log and its change: three statements for the page.</summary>
public sealed class TargetQuery(IPackitDbFactory databases, ShownProjects projects)
{
    // The page shows the end of a long log; all of it is one link away.
    private const int ShownLines = 200;

    /// <summary>Reads a branch.</summary>
    /// <returns>Null when there is none, or when it is of a project that is not shown.</returns>
    public async Task<TargetDetails?> ReadAsync(int id, CancellationToken cancellationToken)
    {
        await using var db = databases.Create();

        // The log first: a line that comes in between is sent as an event, and none is missing.
        var log = await db.LogLines.AsNoTracking()
            .Where(line => line.TargetId == id)
            .OrderByDescending(line => line.Id)
            .Select(line => new LogLine(line.Id, line.At, line.Level, line.Text))
            .Take(ShownLines + 1)
            .ToListAsync(cancellationToken);
        var siblings = await db.Targets.AsNoTracking().Where(target => Visible(db, id).Any(asked => asked.RunId == target.RunId))
            .Select(Projections.State).ToListAsync(cancellationToken);
        if (siblings.Find(target => target.TargetId == id) is not { } state)
        {
            return null;
        }

        var rest = await Visible(db, id)
            .Select(target => new
            {
                target.Plan,
                target.CommitSha,
                target.Diff,
                Head = new ReleaseHead(
                    target.Run.ProjectEvent.Release.Id,
                    target.Run.ProjectEvent.Release.Project.InstanceUrl,
                    target.Run.ProjectEvent.Release.Project.Namespace + "/" + target.Run.ProjectEvent.Release.Project.RepoName,
                    target.Run.ProjectEvent.Release.Project.ProjectUrl,
                    target.Run.ProjectEvent.Release.TagName,
                    target.Run.ProjectEvent.Release.CommitHash,
                    target.Run.ProjectEvent.Release.SeenAt),
            })
            .SingleAsync(cancellationToken);
        var lines = log.Take(ShownLines).Reverse().ToList();
        return new TargetDetails(
            rest.Head, state, rest.Plan, rest.CommitSha, rest.Diff, lines, log.Count > ShownLines,
            [.. siblings.OrderBy(sibling => sibling.Branch, BranchOrder.Instance)]);
    }

    /// <summary>Whether there is such a branch, and everybody may see it.</summary>
    public async Task<bool> IsVisibleAsync(int id, CancellationToken cancellationToken)
    {
        await using var db = databases.Create();
        return await Visible(db, id).AnyAsync(cancellationToken);
    }

    /// <summary>The whole change; null when there is no such branch or no change yet.</summary>
    public async Task<string?> DiffAsync(int id, CancellationToken cancellationToken)
    {
        await using var db = databases.Create();
        return await Visible(db, id).Select(target => target.Diff).SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>The whole log, from its beginning.</summary>
    public async IAsyncEnumerable<LogLine> LogAsync(int id, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var db = databases.Create();
        var lines = db.LogLines.AsNoTracking().Where(line => line.TargetId == id).OrderBy(line => line.Id)
            .Select(line => new LogLine(line.Id, line.At, line.Level, line.Text));
        await foreach (var line in lines.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            yield return line;
        }
    }

    /// <summary>What has changed since a page was made: its state, and the lines after the last one that it has.</summary>
    /// <returns>Null when the branch is gone.</returns>
    public async Task<TargetChange?> ChangeAsync(int id, long afterLine, int maximum, CancellationToken cancellationToken)
    {
        await using var db = databases.Create();
        var lines = await db.LogLines.AsNoTracking()
            .Where(line => line.TargetId == id && line.Id > afterLine)
            .OrderBy(line => line.Id)
            .Select(line => new LogLine(line.Id, line.At, line.Level, line.Text))
            .Take(maximum)
            .ToListAsync(cancellationToken);
        var state = await Visible(db, id).Select(Projections.State).SingleOrDefaultAsync(cancellationToken);
        return state is null ? null : new TargetChange(state, lines);
    }

    private IQueryable<SyncReleaseTarget> Visible(PackitDb db, int id)
    {
        var shown = projects.In(db);
        return db.Targets.AsNoTracking()
            .Where(target => target.Id == id && shown.Any(project => project.Id == target.Run.ProjectEvent.Release.ProjectId));
    }
}

/// <summary>What has changed about a branch.</summary>
public sealed record TargetChange(BranchState State, IReadOnlyList<LogLine> Lines);
