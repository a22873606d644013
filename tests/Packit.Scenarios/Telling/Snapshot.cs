using System.Text.Json;
using Packit.Sandbox.Hosting;

namespace Packit.Scenarios.Telling;

/// <summary>Everything that people can see of a project in the world, as one text: two of them are equal when nothing has changed.</summary>
public static class Snapshot
{
    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true };

    /// <summary>The world as it stands.</summary>
    /// <param name="story">The story.</param>
    /// <param name="withCheckHistory">Whether the states that checks went through count; otherwise only how they stand.</param>
    public static async Task<string> TakeAsync(Story story, bool withCheckHistory = true)
    {
        ArgumentNullException.ThrowIfNull(story);
        var checks = story.Project.CheckRuns().Select(run => new
        {
            run.Id, run.Name, run.HeadSha, run.Status, run.Conclusion, run.Title, History = withCheckHistory ? run.History : [],
        });
        return JsonSerializer.Serialize(
            new
            {
                PullRequests = await story.Package.PullRequestsAsync(),
                Branches = story.Package.Branches,
                Fork = story.Package.ForkBranches(),
                Checks = checks,
                Statuses = story.Project.Statuses(),
                Issues = story.Project.Issues(),
                CommitComments = story.Project.CommitComments(),
                Lookaside = story.World.Lookaside.Files(Story.Name),
            },
            Format);
    }

    /// <summary>Requests that change something on another server: everything but reading, git's reading by POST, and logins.</summary>
    public static IReadOnlyList<RequestRecord> Writes(Story story)
    {
        ArgumentNullException.ThrowIfNull(story);
        return [.. story.World.Requests.All.Where(request =>
            request.Method is not ("GET" or "HEAD")
            && !request.Path.EndsWith("/git-upload-pack", StringComparison.Ordinal)
            && !request.Path.EndsWith("/access_tokens", StringComparison.Ordinal))];
    }
}
