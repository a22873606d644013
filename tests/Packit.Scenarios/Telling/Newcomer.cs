using Microsoft.EntityFrameworkCore;
using Packit.Automation.Storage;
using Packit.Sandbox;
using Packit.Sandbox.GitHub;
using Packit.TestSupport;

namespace Packit.Scenarios.Telling;

/// <summary>A story whose project has not installed the App yet, with a repository in which accounts ask to be approved.</summary>
public static class Newcomer
{
    private const string Notifications = "notifications";

    public static async Task<Story> BeginAsync(PostgresServer server, bool stepped = false, bool notifications = true, IReadOnlyList<string>? branches = null)
    {
        var options = new StoryOptions
        {
            Approved = false, Installed = false, Stepped = stepped, Branches = branches ?? new StoryOptions().Branches,
            Notifications = notifications ? $"packit/{Notifications}" : "",
        };
        var story = await Story.BeginAsync(server, options);
        if (notifications)
        {
            await story.World.CreateUpstreamAsync("packit", Notifications, new FileSet { ["README"] = "Who wants to be approved asks here.\n" });
        }

        return story;
    }

    /// <summary>The repository in which accounts ask.</summary>
    public static UpstreamProject NotificationsOf(Story story)
    {
        ArgumentNullException.ThrowIfNull(story);
        return story.World.FindUpstream("packit", Notifications)!;
    }

    /// <summary>The issues there.</summary>
    public static IReadOnlyList<IssueView> Issues(Story story) => NotificationsOf(story)?.Issues() ?? [];

    /// <summary>The allowlist.</summary>
    public static async Task<IReadOnlyList<AllowlistEntry>> AllowlistAsync(Story story)
    {
        ArgumentNullException.ThrowIfNull(story);
        await using var database = story.Database();
        return await database.Allowlist.AsNoTracking().OrderBy(entry => entry.Namespace).ToListAsync();
    }

    /// <summary>An operator's entry.</summary>
    public static async Task EnterAsync(Story story, string name, AllowlistStatus status)
    {
        ArgumentNullException.ThrowIfNull(story);
        await using var database = story.Database();
        if (await database.Allowlist.FindAsync(name) is { } known)
        {
            known.Status = status;
        }
        else
        {
            database.Allowlist.Add(new AllowlistEntry { Namespace = name, Status = status });
        }

        await database.SaveChangesAsync();
    }
}
