using Packit.Automation.Storage;
using Packit.Scenarios.Telling;
using Packit.TestSupport;

namespace Packit.Scenarios.Stories;

/// <summary>A release from its publication to its users, as its page tells it.</summary>
public sealed class ChainStories(PostgresServer server)
{
    private static readonly string[] Fedoras = ["f42", "f43"];

    [Fact]
    public async Task A_release_is_carried_to_its_users_and_its_page_names_every_step_and_the_next_one()
    {
        await using var story = await Chain.BeginAsync(
            server, Chain.OneBranch with { Branches = ["rawhide", "f43", "f42"], Config = Chain.Config("fedora-all") });
        story.World.Koji.TagDelay = null;

        await story.ReleaseAsync();
        var page = await ReleasePage.ReadAsync(story);
        Assert.StartsWith("Maintainers of the package Review and merge 3 pull requests:", page.Next, StringComparison.Ordinal);
        Assert.Equal(["f42", "f43", "rawhide"], page.Branches.Keys.Order(StringComparer.Ordinal));
        Assert.All(Fedoras, branch => Assert.Equal("Pull request: done, Merge: in progress, Build: not yet, Update: not yet, Stable: not yet", page.Branches[branch].Way));
        Assert.Equal("Pull request: done, Merge: in progress, Build: not yet, Update: left out, Stable: not yet", page.Branches["rawhide"].Way);
        AssertReached(story, page, "Pull request", "f42", "f43", "rawhide");

        await GoOnAsync(story);
        foreach (var branch in story.Options.Branches)
        {
            await Chain.MergeAsync(story, branch);
        }

        page = await ReleasePage.ReadAsync(story);
        Assert.All(Fedoras, branch => Assert.Equal("Pull request: done, Merge: done, Build: in progress, Update: not yet, Stable: not yet", page.Branches[branch].Way));
        Assert.Equal("Koji Builds hello-1.2.3-1.fc43.", page.Branches["f43"].Next);
        Assert.Matches(@"^Koji \w+: Builds hello-1\.2\.3-1\.fc4\d\. \(and 2 more\)$", page.Next);
        AssertReached(story, page, "Merge", "f42", "f43", "rawhide");

        await GoOnAsync(story);
        await story.World.Koji.CompleteAllAsync();
        await story.SettleAsync();
        page = await ReleasePage.ReadAsync(story);
        Assert.All(Fedoras, branch => Assert.Equal("Pull request: done, Merge: done, Build: done, Update: in progress, Stable: not yet", page.Branches[branch].Way));
        Assert.StartsWith("Koji Puts the build into the tag f43-updates-candidate, where Bodhi looks for it", page.Branches["f43"].Next, StringComparison.Ordinal);
        Assert.Equal("Pull request: done, Merge: done, Build: done, Update: left out, Stable: left out", page.Branches["rawhide"].Way);
        Assert.Equal("hello-1.2.3-1.fc44 is built. Bodhi makes the updates of Rawhide by itself.", page.Branches["rawhide"].Next);
        AssertReached(story, page, "Build", "f42", "f43", "rawhide");

        await TagAsync(story);
        page = await ReleasePage.ReadAsync(story);
        var aliases = story.World.Bodhi.Updates.Where(update => update.Release != "F44").ToDictionary(update => update.Release, update => update.Alias);
        Assert.Equal(["F42", "F43"], aliases.Keys.Order(StringComparer.Ordinal));
        Assert.All(Fedoras, branch => Assert.Equal("Pull request: done, Merge: done, Build: done, Update: done, Stable: in progress", page.Branches[branch].Way));
        Assert.Equal($"Bodhi {aliases["F43"]} waits to be pushed to testing.", page.Branches["f43"].Next);
        AssertReached(story, page, "Update", Fedoras);

        await GoOnAsync(story);
        page = await PushAsync(story, aliases.Values, story.World.Bodhi.PushToTesting);
        Assert.Equal($"Testers, and Bodhi {aliases["F43"]} is in testing; it becomes stable by karma or time.", page.Branches["f43"].Next);
        AssertReached(story, page, "Stable", Fedoras);

        await GoOnAsync(story);
        page = await PushAsync(story, aliases.Values, story.World.Bodhi.PushToStable);
        Assert.All(Fedoras, branch => Assert.Equal("Pull request: done, Merge: done, Build: done, Update: done, Stable: done", page.Branches[branch].Way));
        Assert.Equal($"{aliases["F43"]} is stable: users have it.", page.Branches["f43"].Next);
        AssertReached(story, page, "Stable", Fedoras);
        Assert.DoesNotContain("Maintainers", page.Next, StringComparison.Ordinal);

        await AssertDoneOnceAsync(story);
    }

    /// <summary>Time goes by, so that each step has an hour of its own.</summary>
    private static Task GoOnAsync(Story story) => story.ForwardAsync(TimeSpan.FromHours(2));

    private static async Task TagAsync(Story story)
    {
        foreach (var task in Chain.Tasks(story))
        {
            await story.World.Koji.TagNowAsync(task.Id);
        }

        await story.SettleAsync();
    }

    private static async Task<ReleasePage> PushAsync(Story story, IEnumerable<string> aliases, Action<string> push)
    {
        foreach (var alias in aliases)
        {
            push(alias);
        }

        await story.SettleAsync();
        return await ReleasePage.ReadAsync(story);
    }

    /// <summary>The page shows that a step was reached just now.</summary>
    private static void AssertReached(Story story, ReleasePage page, string step, params string[] branches) => Assert.All(
        branches, branch => Assert.InRange(story.Time.GetUtcNow() - page.Branches[branch].Times[step], TimeSpan.FromSeconds(-1), TimeSpan.FromMinutes(30)));

    private static async Task AssertDoneOnceAsync(Story story)
    {
        Assert.Equal(3, Chain.Tasks(story).Count);
        Assert.Equal(
            ["hello-1.2.3-1.fc42", "hello-1.2.3-1.fc43", "hello-1.2.3-1.fc44"],
            (await story.BuildsAsync()).Select(build => build.Nvr).Order(StringComparer.Ordinal));
        Assert.All(await story.BuildsAsync(), build =>
            Assert.Equal("success", Assert.Single(story.Package.Flags(build.CommitSha), flag => flag.Comment == $"{build.Nvr} was built.").Status));
        Assert.Equal(["f42", "f43"], (await story.UpdatesAsync()).Select(update => update.Branch).Order(StringComparer.Ordinal));
        Assert.All(await story.UpdatesAsync(), update => Assert.Equal(BodhiUpdateState.Stable, update.UpdateState));
        await using var database = story.Database();
        Assert.Contains(database.Decisions, decision => decision.Reason == "Bodhi itself makes the updates of rawhide, as soon as a build is tagged. No update is made by this service.");
        Assert.Empty(story.Project.Issues());
    }
}
