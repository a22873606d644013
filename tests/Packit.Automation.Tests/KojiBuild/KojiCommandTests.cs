using System.Globalization;
using System.Text;
using Packit.Automation.Intake;
using Packit.Automation.Storage;
using Packit.Sandbox.Hosting;
using Packit.TestSupport;

namespace Packit.Automation.Tests.KojiBuild;

/// <summary><c>/packit koji-build</c> in a pull request of dist-git.</summary>
public sealed class KojiCommandTests(PostgresServer server)
{
    private const string Config = """
        jobs:
        - job: koji_build
          trigger: commit
          dist_git_branches: [f43]
          allowed_pr_authors: []
        """;

    [Fact]
    public async Task A_packager_gets_the_head_of_the_branch_built_and_is_told_how_it_ended()
    {
        await using var story = await BuildStory.BeginAsync(server, Config);
        var (number, head) = await story.MergeAsync("1.1");

        story.Package.Comment(number, "maint", "/packit koji-build");
        await story.HearAsync();
        await story.WorkAsync();

        var build = await story.BuildAsync();
        Assert.Equal((head, "maint", ProjectEventType.PullRequest), (build.CommitSha, build.Group.RequestedBy, build.Group.ProjectEvent.Type));
        Assert.StartsWith($"The task was accepted. Commit {head} of `f43` is being built: https://dash.example/jobs/koji/{build.Id}", (await AnswersAsync(story))[0], StringComparison.Ordinal);
        await story.Koji.FinishAsync(Assert.Single(story.Asked).Id);
        await story.HearAsync();
        await story.WorkAsync();
        Assert.StartsWith("hello-1.1-1.fc43 was built.", (await AnswersAsync(story))[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_no_packager_is_told_once_and_nothing_is_built()
    {
        await using var story = await BuildStory.BeginAsync(server, Config);
        var (number, _) = await story.MergeAsync("1.1");

        story.Package.Comment(number, "mallory", "/packit koji-build");
        story.World.Bus.Repeats = _ => 1;
        await story.HearAsync();
        await story.HearAsync();

        Assert.StartsWith("Only packagers can give this command here, and mallory is not", Assert.Single(await AnswersAsync(story)), StringComparison.Ordinal);
        Assert.Empty(await story.BuildsAsync());
    }

    [Fact]
    public async Task While_the_account_system_is_away_nobody_is_refused()
    {
        await using var story = await BuildStory.BeginAsync(server, Config);
        var (number, _) = await story.MergeAsync("1.1");
        story.World.Faults.Add(new Fault { Server = Servers.Fasjson, Times = int.MaxValue, Kind = new FaultKind.Status(503) });

        story.Package.Comment(number, "maint", "/packit koji-build");
        var outcomes = await story.HearAsync();
        Assert.IsType<DeliveryOutcome.Later>(outcomes[^1]);
        Assert.Empty(await AnswersAsync(story));

        story.World.Faults.Clear();
        var message = story.World.Bus.History[^1];
        await story.ReadAsync(await story.StoreAsync(message.Id, message.Topic, []));
        Assert.Single(await story.BuildsAsync());
    }

    [Theory]
    [InlineData("maint", "/packit-stg koji-build")]
    [InlineData("maint", "> /packit koji-build")]
    [InlineData("maint", "/packit copr-build")]
    [InlineData("packit-stg", "/packit koji-build")]
    [InlineData("packit", "/packit koji-build")]
    public async Task What_is_no_command_for_this_service_is_left_alone(string author, string text)
    {
        await using var story = await BuildStory.BeginAsync(server, Config);
        var (number, _) = await story.MergeAsync("1.1");

        story.Package.Comment(number, author, text);
        await story.HearAsync();

        Assert.Empty(await story.BuildsAsync());
        Assert.DoesNotContain((await story.Package.PullRequestsAsync())[0].Comments, comment => comment.Text.Contains("packit-service", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_branch_that_no_job_is_for_is_refused_with_the_reason()
    {
        await using var story = await BuildStory.BeginAsync(server, Config);
        var (number, _) = await story.MergeAsync("1.1", "rawhide");

        story.Package.Comment(number, "maint", "/packit koji-build");
        await story.HearAsync();

        var answer = Assert.Single(await AnswersAsync(story));
        Assert.Contains("The branch rawhide is not among its 'dist\\_git\\_branches': f43.".Replace("\\_", "_", StringComparison.Ordinal), answer, StringComparison.Ordinal);
        Assert.Empty(await story.BuildsAsync());
    }

    [Fact]
    public async Task Of_two_comments_in_quick_succession_none_is_overlooked()
    {
        await using var story = await BuildStory.BeginAsync(server, Config);
        var (number, _) = await story.MergeAsync("1.1");
        story.World.Bus.Loses = message => message.Body.Contains("koji-build", StringComparison.Ordinal) && !message.Body.Contains("Thanks!", StringComparison.Ordinal);

        story.Package.Comment(number, "maint", "/packit koji-build");
        story.Package.Comment(number, "bob", "Thanks!");
        await story.HearAsync();

        Assert.Single(await story.BuildsAsync());
    }

    [Fact]
    public async Task A_message_that_makes_its_comment_older_brings_no_old_command_back()
    {
        await using var story = await BuildStory.BeginAsync(server, Config);
        var (number, _) = await story.MergeAsync("1.1");
        story.World.Bus.Loses = message => message.Topic.Contains("comment", StringComparison.Ordinal);
        story.Package.Comment(number, "maint", "/packit koji-build");
        story.Time.Advance(TimeSpan.FromHours(1));
        story.Package.Comment(number, "bob", "Thanks!");
        await story.HearAsync();
        var message = story.World.Bus.History.Last(message => message.Body.Contains("Thanks!", StringComparison.Ordinal));
        var date = story.Time.GetUtcNow().ToUnixTimeSeconds();
        var lie = message.Body.Replace(date.ToString(CultureInfo.InvariantCulture), (date - 3600).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        Assert.NotEqual(message.Body, lie);

        await story.ReadAsync(await story.StoreAsync("a lie", message.Topic, Encoding.UTF8.GetBytes(lie)));

        Assert.Empty(await story.BuildsAsync());
    }

    private static async Task<List<string>> AnswersAsync(BuildStory story) =>
        [.. (await story.Package.PullRequestsAsync())[0].Comments.Where(comment => comment is { Author: "packit", Notification: false }).Select(comment => comment.Text)];
}
