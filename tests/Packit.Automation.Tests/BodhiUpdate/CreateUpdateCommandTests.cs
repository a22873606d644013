using Packit.Automation.Storage;
using Packit.Automation.Tests.KojiBuild;
using Packit.Sandbox.Fasjson;
using Packit.TestSupport;

namespace Packit.Automation.Tests.BodhiUpdate;

/// <summary><c>/packit create-update</c> in a pull request of dist-git.</summary>
public sealed class CreateUpdateCommandTests(PostgresServer server)
{
    private const string Jobs = """
        jobs:
        - job: bodhi_update
          trigger: commit
          dist_git_branches: [fedora-all]

        """;

    [Fact]
    public async Task Who_may_commit_gets_the_update_of_the_newest_build_and_is_told_how_it_ended()
    {
        await using var story = await UpdateSteps.BeginAsync(server, Jobs);
        var (number, _) = await story.MergeAsync("1.1");
        await story.BuildByHandAsync("jdoe", "hello-1.0-1.fc43");
        await story.BuildByHandAsync("jdoe");
        Assert.Empty(await story.UpdatesAsync());

        await AskAsync(story, number, "maint");

        var update = await story.UpdateAsync();
        Assert.Equal((BodhiUpdateStatus.Success, story.Made().Alias), (update.Status, update.Alias));
        Assert.Equal([UpdateSteps.Nvr], story.Made().Builds);
        Assert.Equal(("maint", ProjectEventType.PullRequest, number), (update.Group.RequestedBy, update.Group.ProjectEvent.Type, update.Group.ProjectEvent.PrId));
        var answers = await AnswersAsync(story);
        Assert.StartsWith(
            $"The task was accepted. The update of {UpdateSteps.Nvr} is being made: https://dash.example/jobs/bodhi/{update.Id}", answers[0], StringComparison.Ordinal);
        Assert.StartsWith($"The update of {UpdateSteps.Nvr} was made: {story.Made().Url}", answers[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_packager_who_may_not_commit_is_refused_in_the_pull_request()
    {
        await using var story = await UpdateSteps.BeginAsync(server, Jobs);
        story.World.Fasjson.AddToGroup("stranger", FasjsonStandIn.Packagers);
        var (number, _) = await story.MergeAsync("1.1");
        await story.BuildByHandAsync("jdoe");

        await AskAsync(story, number, "stranger");

        Assert.StartsWith("Only those who may commit to hello can give this command, and stranger may not.", Assert.Single(await AnswersAsync(story)), StringComparison.Ordinal);
        Assert.Empty(await story.UpdatesAsync());
    }

    [Fact]
    public async Task Without_a_build_there_is_nothing_to_make()
    {
        await using var story = await UpdateSteps.BeginAsync(server, Jobs);
        var (number, _) = await story.MergeAsync("1.1");

        await AskAsync(story, number, "maint");

        Assert.StartsWith("No build found for package=hello and branch=f43", Assert.Single(await AnswersAsync(story)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_a_failure_it_is_tried_again()
    {
        await using var story = await UpdateSteps.BeginWithoutRightsAsync(server, UpdateSteps.Jobs);
        var (number, _) = await story.MergeAsync("1.1", "rawhide");
        var f43 = await story.ProposeAsync("1.1");
        await story.CompleteAsync();
        Assert.Equal(BodhiUpdateStatus.Error, (await story.UpdateAsync()).Status);
        story.Package.SetAccess(story.World.ServiceUser, "commit");

        await AskAsync(story, number, "maint");
        Assert.Single(await story.UpdatesAsync());
        await AskAsync(story, f43, "maint");

        var updates = await story.UpdatesAsync();
        Assert.Equal([BodhiUpdateStatus.Error, BodhiUpdateStatus.Success], updates.Select(update => update.Status));
        Assert.Equal(updates[0].BuildTargetId, updates[1].BuildTargetId);
        Assert.Equal(story.Made().Alias, updates[1].Alias);
    }

    private static Task AskAsync(BuildStory story, int pullRequest, string person)
    {
        story.Package.Comment(pullRequest, person, "/packit create-update");
        return story.HearAndWorkAsync();
    }

    private static async Task<List<string>> AnswersAsync(BuildStory story) =>
        [.. (await story.Package.PullRequestsAsync())[0].Comments.Where(comment => comment is { Author: "packit", Notification: false }).Select(comment => comment.Text)];
}
