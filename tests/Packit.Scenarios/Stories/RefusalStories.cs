using Packit.Automation.Storage;
using Packit.Scenarios.Telling;
using Packit.TestSupport;

namespace Packit.Scenarios.Stories;

/// <summary>A project that is not approved is told so once, where it can see it.</summary>
public sealed class RefusalStories(PostgresServer server)
{
    private const string Key = "127.0.0.1/upstream";

    [Fact]
    public async Task Many_releases_of_a_project_that_is_not_approved_are_one_comment()
    {
        await using var story = await Story.BeginAsync(server, new StoryOptions { Approved = false });

        var first = await story.ReleaseAsync("v1.0.0");
        for (var release = 1; release <= 4; release++)
        {
            await story.Project.CommitAsync(new Sandbox.FileSet { ["news"] = $"{release}\n" }, "News");
            await story.ReleaseAsync($"v1.0.{release}");
        }

        var comment = Assert.Single(story.Project.CommitComments());
        Assert.Equal(first, comment.Sha);
        Assert.StartsWith($"Project {Key}/hello.git is not on our allowlist! See https://packit.dev/docs/guide/#2-approval", comment.Body, StringComparison.Ordinal);
        Assert.Contains("`/packit propose-downstream`", comment.Body, StringComparison.Ordinal);
        Assert.Empty(story.Project.CheckRuns());
        Assert.Empty(story.Project.Statuses());
        await using var database = story.Database();
        Assert.Equal(5, database.Decisions.Count(decision => decision.Job == "allowlist" && !decision.Matched));
    }

    [Fact]
    public async Task It_is_told_again_after_its_state_has_changed()
    {
        await using var story = await Story.BeginAsync(server, new StoryOptions { Approved = false });
        await story.ReleaseAsync("v1.0.0");

        await Newcomer.EnterAsync(story, Key, AllowlistStatus.Denied);
        await story.ReleaseAsync("v1.0.1");
        await story.ReleaseAsync("v1.0.2");

        Assert.Equal(
            ["Project 127.0.0.1/upstream/hello.git is not on our allowlist!", "127.0.0.1/upstream/hello.git or parent namespaces denied!"],
            story.Project.CommitComments().Select(comment => comment.Body.Split('\n')[0].Replace(" See https://packit.dev/docs/guide/#2-approval", "", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Two_releases_at_a_time_are_one_comment()
    {
        await using var story = await Story.BeginAsync(server, new StoryOptions { Approved = false });

        await Task.WhenAll(Enumerable.Range(0, 4).Select(release => story.Project.PublishReleaseAsync($"v2.0.{release}")));
        await story.SettleAsync();

        Assert.Single(story.Project.CommitComments());
    }

    [Fact]
    public async Task What_was_refused_before_a_newer_release_went_through_is_history()
    {
        await using var story = await Story.BeginAsync(server, new StoryOptions { Approved = false, Stepped = true });
        await story.ReleaseAsync("v1.2.3");
        story.World.WebhookTarget = null;
        await story.Project.PublishReleaseAsync("v1.3.0");
        story.World.WebhookTarget = story.Service.Webhook;

        // Approved and asked for by hand before the sweep looks.
        await Newcomer.EnterAsync(story, Key, AllowlistStatus.ApprovedManually);
        await Talk.BeginAsync(story, "/packit propose-downstream");
        await story.ForwardAsync(TimeSpan.FromMinutes(1));
        await story.ForwardAsync(TimeSpan.FromMinutes(1));

        Assert.All(await story.OpenPullRequestsAsync(), pull => Assert.EndsWith("release 1.3.0", pull.Title, StringComparison.Ordinal));
        Assert.Single(await story.RunsAsync());
    }

    [Fact]
    public async Task A_release_that_no_job_is_for_neither_ends_a_refusal_nor_makes_what_was_refused_history()
    {
        await using var story = await Story.BeginAsync(
            server, new StoryOptions { Approved = false, Stepped = true, MoreConfig = "upstream_tag_exclude: nightly.*" });
        await story.ReleaseAsync("v1.0.0");
        await story.Project.PublishReleaseAsync("nightly-1");
        await story.SettleAsync();
        await story.ReleaseAsync("v1.2.3");
        await story.Project.PublishReleaseAsync("nightly-2");
        await story.SettleAsync();
        Assert.Single(story.Project.CommitComments());

        await Newcomer.EnterAsync(story, Key, AllowlistStatus.ApprovedManually);
        await story.ForwardAsync(TimeSpan.FromMinutes(1));
        await story.ForwardAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(3, (await story.OpenPullRequestsAsync()).Count);
        Assert.All(await story.OpenPullRequestsAsync(), pull => Assert.EndsWith("release 1.2.3", pull.Title, StringComparison.Ordinal));
        Assert.Single(await story.RunsAsync());
    }
}
