using Microsoft.EntityFrameworkCore;
using Packit.Automation.Downstream;
using Packit.Automation.Storage;
using Packit.TestSupport;

namespace Packit.Automation.Tests.KojiBuild;

/// <summary>The pull request of a release is followed to its merge, and leads on to the build.</summary>
public sealed class PullRequestRowsTests(PostgresServer server)
{
    private const string Config = """
        jobs:
        - job: koji_build
          trigger: commit
          dist_git_branches: [f43]
        """;

    [Fact]
    public async Task A_merge_is_stored_and_its_build_leads_back_to_the_release()
    {
        await using var story = await BuildStory.BeginAsync(server, Config);
        var number = await story.ProposeAsync("1.1");
        await RememberAsync(story, number);

        await story.Package.MergePullRequestAsync(number);
        await story.HearAsync();

        var pull = await PullAsync(story);
        Assert.Equal((PullRequestState.Merged, story.Package.Branches["f43"]), (pull.State, pull.MergedCommit));
        Assert.NotNull(pull.ClosedAt);
        Assert.Equal(pull.Id, (await story.BuildAsync()).Group.PullRequestId);
    }

    [Fact]
    public async Task A_merge_is_stored_also_where_nothing_is_built()
    {
        await using var story = await BuildStory.BeginAsync(server, Config);
        var number = await story.ProposeAsync("1.1", "rawhide");
        await RememberAsync(story, number);

        await story.Package.MergePullRequestAsync(number);
        await story.HearAsync();

        Assert.Equal((PullRequestState.Merged, story.Package.Branches["rawhide"]), ((await PullAsync(story)).State, (await PullAsync(story)).MergedCommit));
    }

    [Fact]
    public async Task A_pull_request_that_is_closed_is_shown_as_closed()
    {
        await using var story = await BuildStory.BeginAsync(server, Config);
        var number = await story.ProposeAsync("1.1");
        await RememberAsync(story, number);

        story.Package.ClosePullRequest(number);
        await story.HearAsync();

        Assert.Equal(PullRequestState.Closed, (await PullAsync(story)).State);
    }

    private static async Task RememberAsync(BuildStory story, int number)
    {
        var project = await story.Get<DistGitProjects>().IdOfAsync("hello", CancellationToken.None);
        await using var database = story.Get<IPackitDbFactory>().Create();
        database.Add(new SyncReleasePullRequest { ProjectId = project, PrId = number, TargetBranch = "f43", Url = "https://src.example/1", Title = "Update" });
        await database.SaveChangesAsync();
    }

    private static async Task<SyncReleasePullRequest> PullAsync(BuildStory story)
    {
        await using var database = story.Get<IPackitDbFactory>().Create();
        return await database.PullRequests.AsNoTracking().SingleAsync();
    }
}
