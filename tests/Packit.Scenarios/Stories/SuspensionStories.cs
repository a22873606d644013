using Packit.Automation.Failures;
using Packit.Automation.Storage;
using Packit.Sandbox;
using Packit.Sandbox.Hosting;
using Packit.Scenarios.Telling;
using Packit.TestSupport;

namespace Packit.Scenarios.Stories;

/// <summary>The App is suspended, removed and taken up again while there is work.</summary>
public sealed class SuspensionStories(PostgresServer server)
{
    [Fact]
    public async Task Open_work_of_a_suspended_App_says_why_it_waits_and_goes_on_when_it_is_taken_up_again()
    {
        await using var story = await WithOpenWorkAsync();

        await story.World.GitHub.SuspendAppAsync(Story.Owner, "maintainer");
        await story.SettleAsync();

        Assert.All(await story.TargetsAsync(), target =>
        {
            Assert.Equal((SyncReleaseTargetStatus.Retry, FailureCodes.AppSuspended), (target.Status, target.FailureCode));
            Assert.StartsWith("The GitHub App is suspended for upstream", target.Message, StringComparison.Ordinal);
        });
        var asked = story.World.Requests.Count(Servers.GitHubApi);
        await story.ForwardAsync(TimeSpan.FromHours(5));
        Assert.Equal(asked, story.World.Requests.Count(Servers.GitHubApi));

        story.World.Faults.Clear();
        await story.World.GitHub.UnsuspendAppAsync(Story.Owner, "maintainer");
        await story.SettleAsync();

        Assert.All(await story.TargetsAsync(), target => Assert.Equal(SyncReleaseTargetStatus.Submitted, target.Status));
        Assert.Equal(3, (await story.OpenPullRequestsAsync()).Count);
        Assert.Single(await story.RunsAsync());
    }

    [Fact]
    public async Task Work_goes_on_within_a_day_though_nobody_tells_that_the_App_is_taken_up_again()
    {
        await using var story = await WithOpenWorkAsync();
        await story.World.GitHub.SuspendAppAsync(Story.Owner, "maintainer");
        await story.SettleAsync();
        story.World.Faults.Clear();
        story.World.GitHub.Suspend(Story.Owner, suspended: false);

        await story.ForwardAsync(TimeSpan.FromHours(25));
        await story.ForwardAsync(TimeSpan.FromMinutes(2));

        Assert.All(await story.TargetsAsync(), target => Assert.Equal(SyncReleaseTargetStatus.Submitted, target.Status));
    }

    [Fact]
    public async Task Open_work_of_a_removed_App_ends_with_what_to_do()
    {
        await using var story = await WithOpenWorkAsync();

        await story.World.GitHub.UninstallAppAsync(Story.Owner, "maintainer");
        await story.SettleAsync();

        Assert.All(await story.TargetsAsync(), target =>
        {
            Assert.Equal((SyncReleaseTargetStatus.Error, FailureCodes.AppRemoved), (target.Status, target.FailureCode));
            Assert.Contains("Install it again for this repository, then comment `/packit propose-downstream`", target.Message, StringComparison.Ordinal);
        });
        Assert.All(await story.RunsAsync(), run => Assert.Equal(SyncReleaseStatus.Error, run.Status));

        story.World.Faults.Clear();
        await story.World.GitHub.InstallAppAsync(Story.Owner, "maintainer");
        await story.SettleAsync();
        await Talk.BeginAsync(story, "/packit propose-downstream");
        Assert.Equal(3, (await story.OpenPullRequestsAsync()).Count);
    }

    [Fact]
    public async Task A_repository_that_was_taken_from_the_installation_ends_its_work_alone()
    {
        await using var story = await WithOpenWorkAsync();

        await story.World.GitHub.CoverAsync(story.Project, "maintainer", covered: false);
        await story.SettleAsync();

        Assert.All(await story.TargetsAsync(), target => Assert.Equal(FailureCodes.AppRemoved, target.FailureCode));
        Assert.Contains("removed from upstream/hello", (await story.TargetsAsync())[0].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_late_release_of_an_App_that_is_away_ends_with_a_decision(bool isSuspended)
    {
        await using var story = await Story.BeginAsync(server);
        await story.Project.PublishReleaseAsync("v1.0.0");
        await story.SettleAsync();
        var payload = story.World.GitHub.Deliveries[^1].Payload;
        await (isSuspended
            ? story.World.GitHub.SuspendAppAsync(Story.Owner, "maintainer")
            : story.World.GitHub.UninstallAppAsync(Story.Owner, "maintainer"));
        await story.SettleAsync();
        var runs = (await story.RunsAsync()).Count;

        await new RawDelivery("release", payload).SendAsync(story);
        await story.SettleAsync();

        await using var database = story.Database();
        var last = database.Deliveries.OrderBy(row => row.Id).Last();
        Assert.Equal(DeliveryState.Handled, last.State);
        Assert.Contains(isSuspended ? "suspended" : "not installed", last.Outcome, StringComparison.Ordinal);
        Assert.Equal("installation", Assert.Single(database.Decisions, decision => decision.DeliveryId == last.Id).Job);
        Assert.Equal(runs, (await story.RunsAsync()).Count);
    }

    [Fact]
    public async Task A_release_is_served_though_nobody_told_that_the_App_is_taken_up_again()
    {
        await using var story = await Story.BeginAsync(server);
        await story.World.GitHub.SuspendAppAsync(Story.Owner, "maintainer");
        await story.SettleAsync();
        story.World.GitHub.Suspend(Story.Owner, suspended: false);

        await story.ReleaseAsync();

        Assert.Equal(3, (await story.OpenPullRequestsAsync()).Count);
    }

    [Fact]
    public async Task The_last_word_to_a_command_is_said_when_the_App_is_there_again()
    {
        await using var story = await Story.BeginAsync(server, new StoryOptions { Stepped = true });
        story.World.Faults.Add(new Fault { Server = Servers.Pagure, Times = 1000, PathContains = "/git-receive-pack", Kind = new FaultKind.Status(503, "away") });
        story.World.WebhookTarget = null;
        await story.Project.PublishReleaseAsync("v1.2.3");
        story.World.WebhookTarget = story.Service.Webhook;
        var talk = await Talk.BeginAsync(story, "/packit propose-downstream");
        Assert.Contains("rawhide", talk.Answer, StringComparison.Ordinal);
        await story.World.GitHub.UninstallAppAsync(Story.Owner, "maintainer");
        await story.SettleAsync();

        story.World.Faults.Clear();
        await story.World.GitHub.InstallAppAsync(Story.Owner, "maintainer");
        await story.SettleAsync();
        await story.ForwardAsync(TimeSpan.FromMinutes(2));
        await story.ForwardAsync(TimeSpan.FromMinutes(2));

        Assert.Contains("The GitHub App was removed from upstream", talk.Again(story).Answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_comment_from_before_is_edited_and_answered_when_the_App_was_installed_again()
    {
        await using var story = await Story.BeginAsync(server);
        var talk = await Talk.BeginAsync(story, "/packit help");
        await story.World.GitHub.UninstallAppAsync(Story.Owner, "maintainer");
        await story.SettleAsync();
        await story.World.GitHub.InstallAppAsync(Story.Owner, "maintainer");
        await story.SettleAsync();

        await story.Project.EditCommentAsync(talk.Said.Id, "/packit help\n\n/packit frobnicate");
        await story.SettleAsync();

        Assert.Contains("frobnicate", talk.Again(story).Answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Work_of_an_App_that_was_installed_again_goes_on_when_the_word_of_its_end_comes_late()
    {
        await using var story = await WithOpenWorkAsync();
        story.World.WebhookTarget = null;
        await story.World.GitHub.UninstallAppAsync(Story.Owner, "maintainer");
        var deleted = story.World.GitHub.Deliveries[^1].Payload;
        story.World.WebhookTarget = story.Service.Webhook;
        await story.World.GitHub.InstallAppAsync(Story.Owner, "maintainer");
        await story.SettleAsync();
        await new RawDelivery("installation", deleted).SendAsync(story);
        await story.SettleAsync();

        story.World.Faults.Clear();
        await story.ForwardAsync(TimeSpan.FromMinutes(20));
        await story.ForwardAsync(TimeSpan.FromMinutes(20));

        Assert.All(await story.TargetsAsync(), target => Assert.Equal(SyncReleaseTargetStatus.Submitted, target.Status));
    }

    /// <summary>A release whose branches wait, because dist-git is away.</summary>
    private async Task<Story> WithOpenWorkAsync()
    {
        var story = await Story.BeginAsync(server, new StoryOptions { Stepped = true });
        story.World.Faults.Add(new Fault
        {
            Server = Servers.Pagure, Method = "POST", PathContains = "/git-receive-pack", Times = 1000, Kind = new FaultKind.Status(503, "away"),
        });
        await story.ReleaseAsync();
        Assert.All(await story.TargetsAsync(), target => Assert.Equal(SyncReleaseTargetStatus.Retry, target.Status));
        return story;
    }
}
