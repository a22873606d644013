using Microsoft.EntityFrameworkCore;
using Packit.Automation.Storage;
using Packit.TestSupport;

namespace Packit.Scenarios.Telling;

/// <summary>What people write in a pull request of dist-git, and what comes back.</summary>
public static class Pulls
{
    /// <summary>Begins a story with a package whose releases go all the way, on f43 only.</summary>
    public static Task<Story> BeginAsync(PostgresServer server, StoryOptions? options = null) => Chain.BeginAsync(server, options ?? Chain.OneBranch);

    /// <summary>The package has its config, and the release is proposed.</summary>
    /// <param name="story">The story.</param>
    /// <param name="config">The package config in dist-git; null for the usual one.</param>
    /// <returns>Number of the pull request.</returns>
    public static async Task<int> OpenAsync(Story story, string? config = null)
    {
        ArgumentNullException.ThrowIfNull(story);
        await story.Package.PushCommitAsync("f43", new Sandbox.FileSet { [".packit.yaml"] = config ?? Chain.Config("f43") }, "Add the config", pusher: "bob");
        await story.SettleAsync();
        await story.ReleaseAsync();
        return Assert.Single(await story.OpenPullRequestsAsync()).Id;
    }

    /// <summary>Somebody comments; returns when all has come to rest.</summary>
    public static Task SayAsync(Story story, int pull, string person, string text)
    {
        ArgumentNullException.ThrowIfNull(story);
        story.Package.Comment(pull, person, text);
        return story.SettleAsync();
    }

    /// <summary>What the service wrote in the pull request, without hidden lines.</summary>
    public static async Task<IReadOnlyList<string>> AnswersAsync(Story story, int pull)
    {
        ArgumentNullException.ThrowIfNull(story);
        return
        [
            .. (await story.Package.PullRequestsAsync()).Single(found => found.Id == pull).Comments
                .Where(comment => comment.Author == story.World.ServiceUser && !comment.Notification)
                .Select(comment => comment.Text.Split("\n\n<!--")[0]),
        ];
    }

    /// <summary>Number of the last comment of a person.</summary>
    public static async Task<int> LastCommentAsync(Story story, int pull, string person)
    {
        ArgumentNullException.ThrowIfNull(story);
        return (await story.Package.PullRequestsAsync()).Single(found => found.Id == pull).Comments.Last(said => said.Author == person).Id;
    }

    /// <summary>All commands that the service has stored, oldest first.</summary>
    public static async Task<IReadOnlyList<CommentCommand>> CommandsAsync(Story story)
    {
        ArgumentNullException.ThrowIfNull(story);
        await using var database = story.Database();
        return await database.CommentCommands.AsNoTracking().OrderBy(row => row.Id).ToListAsync();
    }
}
