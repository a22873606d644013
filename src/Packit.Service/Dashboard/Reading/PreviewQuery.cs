using Microsoft.EntityFrameworkCore;
using Packit.Automation.Access;
using Packit.Automation.Previewing;
using Packit.Automation.Storage;

namespace Packit.Service.Dashboard.Reading;

/// <summary>Previews that people asked for by comments.</summary>
public sealed class PreviewQuery(IPackitDbFactory databases, ShownProjects projects)
{
    /// <summary>Reads one.</summary>
    /// <returns>Null when there is none, or when it is of a project that is not shown.</returns>
    public async Task<PreviewDetails?> ReadAsync(int id, CancellationToken cancellationToken)
    {
        await using var db = databases.Create();
        return await Visible(db, id)
            .Select(row => new { row.Id, row.State, row.AskedAt, row.DoneAt, row.Message, row.Result, row.Project.ProjectUrl, row.PullRequest, row.Project.Namespace, row.Project.RepoName })
            .SingleOrDefaultAsync(cancellationToken) is { } row
            ? new PreviewDetails(
                row.Id, $"{row.Namespace}/{row.RepoName}", row.ProjectUrl, row.PullRequest, row.State, row.AskedAt, row.DoneAt, row.Message,
                row.Result is null ? null : PreviewJson.Read(row.Result))
            : null;
    }

    /// <summary>The result as JSON; null when there is none, or nobody may see it.</summary>
    public async Task<string?> JsonAsync(int id, CancellationToken cancellationToken)
    {
        await using var db = databases.Create();
        return await Visible(db, id).Select(row => row.Result).SingleOrDefaultAsync(cancellationToken);
    }

    private IQueryable<ReleasePreview> Visible(PackitDb db, int id)
    {
        var shown = projects.In(db);
        return db.Previews.AsNoTracking().Where(row => row.Id == id && shown.Any(project => project.Id == row.ProjectId));
    }
}

/// <summary>A preview with who asked for it.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Project">The upstream project, <c>owner/name</c>.</param>
/// <param name="ProjectUrl">Its page.</param>
/// <param name="PullRequest">The pull request in which it was asked for; null in an issue.</param>
/// <param name="State">How far it is.</param>
/// <param name="AskedAt">When it was asked for.</param>
/// <param name="DoneAt">When it was made; null while it is not.</param>
/// <param name="Message">Why there is no result.</param>
/// <param name="Result">What was found; null while there is nothing.</param>
public sealed record PreviewDetails(
    int Id, string Project, string ProjectUrl, int? PullRequest, PreviewState State, DateTimeOffset AskedAt, DateTimeOffset? DoneAt, string? Message,
    PreviewResult? Result);
