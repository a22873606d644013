using Packit.Automation.Storage;
using Packit.Sandbox;
using Packit.Scenarios.Telling;
using Packit.TestSupport;

namespace Packit.Scenarios.Stories;

/// <summary><c>/packit koji-build</c> and <c>/packit create-update</c> in the issues that tell of failed builds and updates.</summary>
public sealed class FailedBuildCommandStories(PostgresServer server)
{
    private const string Build = "/packit koji-build";
    private const string Update = "/packit create-update";

    [Fact]
    public async Task A_failed_build_is_built_again_from_its_issue_and_the_answer_follows_it()
    {
        await using var story = await BeginAsync();
        var issue = await FailAsync(story);

        var talk = await Talk.BeginAsync(story, Build, issue: issue);

        Assert.Equal([(story.Bot, "eyes")], talk.Reactions);
        Assert.Equal(2, Chain.Tasks(story).Count);
        var again = (await story.BuildsAsync())[^1];
        Assert.Equal((await story.BuildsAsync())[0].CommitSha, again.CommitSha);
        Assert.StartsWith("The task was accepted. These branches are being built:\n\n- `f43`: ", talk.Answer, StringComparison.Ordinal);
        Assert.EndsWith($" See {story.Service.Address}jobs/koji/{again.Id}", talk.Answer, StringComparison.Ordinal);

        await story.World.Koji.FinishAsync(Chain.Tasks(story)[^1].Id);
        await story.SettleAsync();

        talk = talk.Again(story);
        Assert.StartsWith($"The builds have ended:\n\n- `f43`: {Chain.Nvr} was built.", talk.Answer, StringComparison.Ordinal);
        Assert.Equal("closed", talk.Issue.State);
    }

    [Fact]
    public async Task A_build_that_is_on_its_way_is_not_asked_for_twice()
    {
        await using var story = await BeginAsync();
        var issue = await FailAsync(story);
        await Talk.BeginAsync(story, Build, issue: issue);

        var again = await Talk.BeginAsync(story, Build, issue: issue);

        Assert.Equal("The newest build of each branch of hello succeeded or is on its way; nothing was started.", again.Answer);
        Assert.Equal(2, Chain.Tasks(story).Count);
    }

    [Theory]
    [InlineData("Packit failed on creating Koji build in dist-git ({0}rpms/hello.git):\n\n| dist-git branch | error |\n| --------------- | ----- |\n| `f43` | See https://dashboard.example/1 |\n")]
    [InlineData("Packit failed on creating Koji build in dist-git ({0}rpms/hello.git):\n\n<table><tr><th>dist-git branch</th><th>error</th></tr><tr><td><code>f43</code></td><td>See it</td></tr>\n</table>\n")]
    public async Task An_issue_of_old_is_understood_by_its_text(string body)
    {
        await using var story = await BeginAsync();
        var issue = await FailAsync(story);
        await using (var database = story.Database())
        {
            database.FailureIssues.RemoveRange(database.FailureIssues);
            await database.SaveChangesAsync();
        }

        var old = await story.Project.OpenIssueAsync(
            story.Bot, "[packit] Fedora Koji build failed to be triggered",
            body.Replace("{0}", story.World.DistGit.AbsoluteUri, StringComparison.Ordinal));
        var foreign = await story.Project.OpenIssueAsync(
            "maintainer", "[packit] Fedora Koji build failed to be triggered",
            body.Replace("{0}", story.World.DistGit.AbsoluteUri, StringComparison.Ordinal));

        Assert.Contains("This is neither; nothing was started.", (await Talk.BeginAsync(story, Build, issue: foreign)).Answer, StringComparison.Ordinal);
        Assert.StartsWith("The task was accepted.", (await Talk.BeginAsync(story, Build, issue: old)).Answer, StringComparison.Ordinal);
        Assert.Equal(2, Chain.Tasks(story).Count);
        Assert.NotEqual(issue, old);
    }

    [Fact]
    public async Task Whose_repository_the_package_does_not_name_decides_nothing_about_it()
    {
        await using var story = await BeginAsync();
        await FailAsync(story);
        var other = await story.World.CreateUpstreamAsync(Story.Owner, "other", new FileSet { ["README"] = "" });
        other.SetPermission("maintainer", "admin");
        var issue = await other.OpenIssueAsync(
            story.Bot, "[packit] Fedora Koji build failed: hello", $"A Koji build failed for dist-git ({story.World.DistGit}rpms/hello.git):\n\n| `f43` |\n");

        await other.CommentAsync(issue, "maintainer", Build);
        await story.SettleAsync();

        Assert.StartsWith(
            "The package config of hello does not name this repository as its `issue_repository`",
            other.Issues().Single().Comments[^1].Body, StringComparison.Ordinal);
        Assert.Single(Chain.Tasks(story));
    }

    [Theory]
    [InlineData(Build)]
    [InlineData(Update)]
    public async Task Elsewhere_it_is_said_where_the_command_works(string command)
    {
        await using var story = await BeginAsync();

        var talk = await Talk.BeginAsync(story, command);

        Assert.StartsWith($"The command `{command.Split(' ')[1]}` works in pull requests of dist-git, and in the issue that", talk.Answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_may_not_write_starts_no_build()
    {
        await using var story = await BeginAsync();
        var issue = await FailAsync(story);

        var talk = await Talk.BeginAsync(story, Build, "visitor", issue);

        Assert.StartsWith("Account visitor has no write access!", talk.Answer, StringComparison.Ordinal);
        Assert.Single(Chain.Tasks(story));
    }

    [Fact]
    public async Task An_update_that_could_not_be_made_is_made_from_its_issue()
    {
        await using var story = await BeginAsync(mayUpdate: false);
        await story.World.Koji.FinishAsync((await Chain.BuildAsync(story)).Id);
        await story.SettleAsync();
        var issue = Assert.Single(story.Project.Issues());
        Assert.Equal("[packit] Fedora Bodhi update failed to be created: hello", issue.Title);
        story.Package.SetAccess(story.World.ServiceUser, "commit");

        var talk = await Talk.BeginAsync(story, Update, issue: issue.Number);

        var made = Assert.Single(story.World.Bodhi.Updates);
        Assert.StartsWith($"The updates stand:\n\n- `f43`: {Chain.Nvr} is in ", talk.Answer, StringComparison.Ordinal);
        Assert.Contains(made.Alias, talk.Answer, StringComparison.Ordinal);
        Assert.Equal("closed", talk.Issue.State);
    }

    private async Task<Story> BeginAsync(bool mayUpdate = true)
    {
        var story = await Story.BeginAsync(server, Chain.OneBranch);
        if (mayUpdate)
        {
            story.Package.SetAccess(story.World.ServiceUser, "commit");
        }

        await story.Project.CommitAsync(
            new FileSet { [".packit.yaml"] = Chain.Config("f43", $"issue_repository: {story.Project.Url}") }, "Report failures here");
        return story;
    }

    /// <summary>A release is merged, and its build fails.</summary>
    /// <returns>The number of the issue that tells of it.</returns>
    private static async Task<int> FailAsync(Story story)
    {
        await story.World.Koji.FailAsync((await Chain.BuildAsync(story)).Id);
        await story.SettleAsync();
        Assert.Equal(KojiBuildStatus.Failure, Assert.Single(await story.BuildsAsync()).Status);
        return Assert.Single(story.Project.Issues()).Number;
    }
}
