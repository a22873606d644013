using Microsoft.EntityFrameworkCore;
using Packit.Automation.Intake;
using Packit.Automation.Storage;
using Packit.Automation.Tests.BodhiUpdate;
using Packit.Automation.Tests.KojiBuild;
using Packit.Sandbox.Fasjson;
using Packit.Sandbox.Hosting;
using Packit.Sandbox.Pagure;
using Packit.TestSupport;

namespace Packit.Automation.Tests.Comments;

/// <summary>Comments in pull requests of dist-git: what counts as a command, once, and what is answered.</summary>
public sealed class PullRequestCommandTests(PostgresServer server)
{
    private const string Config = """
        jobs:
        - job: koji_build
          trigger: commit
          dist_git_branches: [f43]
          allowed_pr_authors: []
        - job: bodhi_update
          trigger: commit
          dist_git_branches: [f43]

        """;

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task Two_commands_of_one_comment_are_carried_out_and_answered_together(DatabaseProvider provider)
    {
        await using var story = await BeginAsync(provider);
        var number = await MergeAsync(story);
        await story.BuildByHandAsync("jdoe", "hello-1.0-1.fc43");

        await SayAsync(story, number, "maint", "Please:\n\n- /packit create-update\n- /packit koji-build\n");

        var update = await story.UpdateAsync();
        var build = await story.BuildAsync();
        var commands = await CommandsAsync(story);
        Assert.Equal([update.Group.CommandId, build.Group.CommandId], commands.Select(command => command.Id));
        Assert.Equal(["create-update", "koji-build"], commands.Select(command => command.Name));
        var answer = (await AnswersAsync(story))[0];
        Assert.StartsWith("**/packit create-update**\n\nThe task was accepted. The update of hello-1.0-1.fc43 is being made:", answer, StringComparison.Ordinal);
        Assert.Contains("\n\n**/packit koji-build**\n\nThe task was accepted. Commit ", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_is_accepted_and_later_done_or_failed()
    {
        await using var story = await BeginAsync();
        var number = await MergeAsync(story);
        await SayAsync(story, number, "maint", "/packit koji-build");
        Assert.Equal(CommandState.Accepted, (await CommandAsync(story)).State);

        await story.Koji.FailAsync(story.Asked[^1].Id);
        await story.HearAndWorkAsync();
        await SayAsync(story, number, "maint", "/packit koji-build");
        await story.Koji.FinishAsync(story.Asked[^1].Id);
        await story.HearAndWorkAsync();

        Assert.Equal([CommandState.Failed, CommandState.Done], (await CommandsAsync(story)).Select(command => command.State));
        Assert.Equal(4, (await AnswersAsync(story)).Count);
    }

    [Fact]
    public async Task Help_says_what_works_here()
    {
        await using var story = await BeginAsync();
        var number = await MergeAsync(story);

        await SayAsync(story, number, "stranger", "/packit help");

        var answer = Assert.Single(await AnswersAsync(story));
        Assert.StartsWith("```\nusage: /packit ", answer, StringComparison.Ordinal);
        Assert.Contains("`/packit-ci`", answer, StringComparison.Ordinal);
        Assert.Equal((CommandState.Done, "help"), ((await CommandAsync(story)).State, (await CommandAsync(story)).Name));
    }

    [Theory]
    [InlineData("/packit frobnicate", "There appears to be a syntax error in the command provided.")]
    [InlineData("/packit koji-build f43", "There appears to be a syntax error in the command provided.")]
    [InlineData("/packit propose-downstream", "The command `propose-downstream` does nothing here. It works in issues of the upstream project.")]
    [InlineData("/packit pull-from-upstream --res 1", "Nothing was started by `pull-from-upstream`.")]
    [InlineData("/packit koji-tag --all-branches", "Nothing was started by `koji-tag`.")]
    [InlineData("/packit koji\u200B-build", "\"/packit koji-build\": This line holds characters that nobody can see")]
    public async Task What_cannot_be_carried_out_is_answered_once_with_what_would_be_right(string comment, string answer)
    {
        await using var story = await BeginAsync();
        var number = await MergeAsync(story);
        story.World.Bus.Repeats = _ => 1;

        await SayAsync(story, number, "maint", comment);
        await SayAsync(story, number, "bob", "Thanks!");

        Assert.StartsWith(answer, Assert.Single(await AnswersAsync(story)), StringComparison.Ordinal);
        Assert.Empty(await story.BuildsAsync());
        Assert.Equal(CommandState.Refused, (await CommandAsync(story)).State);
    }

    [Theory]
    [InlineData("maint", "> /packit koji-build")]
    [InlineData("maint", "```\n/packit koji-build\n```")]
    [InlineData("maint", "    /packit koji-build")]
    [InlineData("maint", "![\n/packit koji-build\n](https://example.org/x.png)")]
    [InlineData("maint", "<!--\n/packit koji-build\n-->")]
    [InlineData("maint", "/packit-stg koji-build")]
    [InlineData("maint", "/packit-ci test")]
    [InlineData("maint", "/packit test")]
    [InlineData("packit", "/packit koji-build")]
    [InlineData("packit-stg", "/packit koji-build")]
    public async Task What_is_no_command_for_this_service_leaves_no_trace(string author, string comment)
    {
        await using var story = await BeginAsync();
        var number = await MergeAsync(story);

        await SayAsync(story, number, author, comment);

        Assert.Empty(await CommandsAsync(story));
        Assert.DoesNotContain(await CommentsAsync(story), said => said.Text.Contains("packit-service", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Of_a_thousand_commands_ten_are_answered_and_all_in_one_comment()
    {
        await using var story = await BeginAsync();
        var number = await MergeAsync(story);

        await SayAsync(story, number, "maint", string.Join('\n', Enumerable.Range(0, 1000).Select(i => $"/packit propose-downstream v{i}")));

        var answer = Assert.Single(await AnswersAsync(story));
        Assert.Contains("\n\nOnly 10 commands of a comment count. 990 more were not carried out", answer, StringComparison.Ordinal);
        Assert.Equal(11, (await CommandsAsync(story)).Count);
    }

    [Fact]
    public async Task An_edit_brings_only_what_is_new()
    {
        await using var story = await BeginAsync();
        var number = await MergeAsync(story);
        await SayAsync(story, number, "maint", "/packit help");

        await EditAsync(story, number, "maint", "/packit  help\nThanks!");
        Assert.Single(await AnswersAsync(story));
        await EditAsync(story, number, "maint", "Thanks!\n/packit help\n/packit koji-build");
        await EditAsync(story, number, "maint", "/packit koji-build");
        await EditAsync(story, number, "maint", "/packit help\n/packit help\n/packit koji-build\n/packit koji-build");

        Assert.Equal(["help", "koji-build"], (await CommandsAsync(story)).Select(command => command.Name));
        Assert.Single(await story.BuildsAsync());
        Assert.Equal(2, (await AnswersAsync(story)).Count);
    }

    [Fact]
    public async Task A_comment_that_is_edited_into_a_command_is_one()
    {
        await using var story = await BeginAsync();
        var number = await MergeAsync(story);
        await SayAsync(story, number, "maint", "Nice.");

        await EditAsync(story, number, "maint", "/packit koji-build");

        Assert.Single(await story.BuildsAsync());
    }

    [Fact]
    public async Task What_somebody_writes_into_the_comment_of_another_is_no_command()
    {
        await using var story = await BeginAsync();
        var number = await MergeAsync(story);
        await SayAsync(story, number, "maint", "Nice.");

        await EditAsync(story, number, "bob", "/packit koji-build", author: "maint");

        Assert.StartsWith("bob edited the comment of maint;", Assert.Single(await AnswersAsync(story)), StringComparison.Ordinal);
        Assert.Empty(await story.BuildsAsync());
    }

    [Fact]
    public async Task An_edit_of_a_comment_that_nobody_here_has_read_starts_nothing()
    {
        await using var story = await BeginAsync();
        var number = await story.ProposeAsync("1.1");
        story.Package.Comment(number, "maint", "/packit koji-build");
        story.World.Bus.Loses = message => !message.Topic.EndsWith("comment.edited", StringComparison.Ordinal);
        story.Time.Advance(TimeSpan.FromHours(1));

        await EditAsync(story, number, "maint", "Please:\n/packit koji-build");

        Assert.StartsWith("The comment was written before this service listened", Assert.Single(await AnswersAsync(story)), StringComparison.Ordinal);
        Assert.Empty(await story.BuildsAsync());
    }

    [Fact]
    public async Task An_answer_that_was_lost_on_its_way_is_not_given_twice()
    {
        await using var story = await BeginAsync();
        var number = await MergeAsync(story);
        story.World.Faults.Add(new Fault { Server = Servers.Pagure, Method = "POST", PathContains = "/comment", Kind = new FaultKind.EffectThenCut() });

        story.Package.Comment(number, "maint", "/packit koji-build\n/packit frobnicate");
        Assert.Contains(await story.HearAsync(), outcome => outcome is DeliveryOutcome.Later);
        await AgainAsync(story);

        Assert.Single(await AnswersAsync(story));
        Assert.Single(await story.BuildsAsync());
    }

    [Fact]
    public async Task While_one_command_waits_the_others_are_answered()
    {
        await using var story = await BeginAsync();
        var number = await MergeAsync(story);
        story.World.Faults.Add(new Fault { Server = Servers.Fasjson, Times = int.MaxValue, Kind = new FaultKind.Status(503) });

        story.Package.Comment(number, "maint", "/packit koji-build\n/packit frobnicate");
        Assert.Contains(await story.HearAsync(), outcome => outcome is DeliveryOutcome.Later);
        Assert.StartsWith("There appears to be a syntax error", Assert.Single(await AnswersAsync(story)), StringComparison.Ordinal);

        story.World.Faults.Clear();
        await AgainAsync(story);
        await AgainAsync(story);
        Assert.Equal(2, (await AnswersAsync(story)).Count);
        Assert.Single(await story.BuildsAsync());
    }

    [Fact]
    public async Task A_command_that_its_author_takes_back_while_it_waits_is_not_carried_out()
    {
        await using var story = await BeginAsync();
        var number = await MergeAsync(story);
        story.World.Faults.Add(new Fault { Server = Servers.Fasjson, Times = int.MaxValue, Kind = new FaultKind.Status(503) });
        story.Package.Comment(number, "maint", "/packit koji-build");
        await story.HearAsync();
        var waiting = story.World.Bus.History[^1];
        story.World.Faults.Clear();

        await EditAsync(story, number, "maint", "Never mind.");
        await story.ReadAsync(await story.StoreAsync(waiting.Id, waiting.Topic, []));

        Assert.Empty(await story.BuildsAsync());
        Assert.Equal("The comment does not hold the command any more, so it was not carried out.", Assert.Single(await AnswersAsync(story)));
    }

    [Fact]
    public async Task A_stranger_cannot_make_the_service_talk_endlessly()
    {
        await using var story = await BeginAsync();
        var number = await MergeAsync(story);

        for (var i = 0; i < 6; i++)
        {
            await SayAsync(story, number, "mallory", $"/packit frobnicate{i}");
        }

        Assert.Equal(3, (await AnswersAsync(story)).Count);
        Assert.Contains(await story.ReasonsAsync(), reason => reason.StartsWith("Not answered and not carried out: mallory", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task What_was_given_up_is_told_once(DatabaseProvider provider)
    {
        await using var story = await BeginAsync(provider);
        var number = await MergeAsync(story);
        story.World.Faults.Add(new Fault { Server = Servers.Fasjson, Times = int.MaxValue, Kind = new FaultKind.Status(503) });
        story.Package.Comment(number, "maint", "/packit koji-build");
        await story.HearAsync();
        await story.SweepAsync();
        Assert.Equal(CommandState.Received, (await CommandAsync(story)).State);

        await GiveUpAsync(story);
        await story.SweepAsync();
        await story.SweepAsync();

        Assert.StartsWith("The command could not be carried out and is not tried again;", Assert.Single(await AnswersAsync(story)), StringComparison.Ordinal);
        Assert.Equal(CommandState.Failed, (await CommandAsync(story)).State);
        Assert.Contains(await story.ReasonsAsync(), reason => reason.StartsWith("The command could not be carried out and is not tried again;", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Beyond_the_limit_also_what_was_given_up_is_not_spoken_of()
    {
        await using var story = await BeginAsync();
        var number = await MergeAsync(story);
        for (var i = 0; i < 3; i++)
        {
            await SayAsync(story, number, "mallory", $"/packit frobnicate{i}");
        }

        story.World.Faults.Add(new Fault { Server = Servers.Fasjson, Times = int.MaxValue, Kind = new FaultKind.Status(503) });
        story.Package.Comment(number, "mallory", "/packit koji-build");
        await story.HearAsync();
        Assert.Equal(CommandState.Received, (await CommandsAsync(story))[^1].State);
        await GiveUpAsync(story);
        story.World.Faults.Clear();
        await story.SweepAsync();

        Assert.Equal(3, (await AnswersAsync(story)).Count);
        Assert.Equal(CommandState.Refused, (await CommandsAsync(story))[^1].State);
    }

    [Fact]
    public async Task Two_comments_that_one_message_tells_of_have_builds_of_their_own()
    {
        await using var story = await BeginAsync();
        story.World.Fasjson.AddToGroup("bob", FasjsonStandIn.Packagers);
        var number = await MergeAsync(story);
        var lost = 1;
        story.World.Bus.Loses = message => message.Topic.EndsWith("comment.added", StringComparison.Ordinal) && lost-- > 0;

        story.Package.Comment(number, "maint", "/packit koji-build");
        story.Package.Comment(number, "bob", "/packit koji-build");
        await story.HearAndWorkAsync();

        var builds = await story.BuildsAsync();
        Assert.Equal(["maint", "bob"], builds.Select(build => build.Group.RequestedBy));
        Assert.Single(builds.Select(build => build.Group.DeliveryId).Distinct());
        Assert.Single(story.Asked);
        Assert.Equal(KojiBuildStatus.Skipped, builds[1].Status);
    }

    private Task<BuildStory> BeginAsync(DatabaseProvider provider = DatabaseProvider.Sqlite) => UpdateSteps.BeginAsync(server, Config, provider);

    private static async Task<int> MergeAsync(BuildStory story) => (await story.MergeAsync("1.1")).Number;

    private static Task SayAsync(BuildStory story, int pullRequest, string person, string text)
    {
        story.Package.Comment(pullRequest, person, text);
        return story.HearAndWorkAsync();
    }

    /// <summary>Somebody edits the last comment of a person.</summary>
    private static async Task EditAsync(BuildStory story, int pullRequest, string editor, string text, string? author = null)
    {
        var comment = (await CommentsAsync(story)).Last(said => said.Author == (author ?? editor) && !said.Notification);
        story.Package.EditComment(pullRequest, comment.Id, editor, text);
        await story.HearAndWorkAsync();
    }

    /// <summary>The last message is read again, as after a failed attempt.</summary>
    private static async Task AgainAsync(BuildStory story)
    {
        var message = story.World.Bus.History.Last(message => message.Body.Contains("frobnicate", StringComparison.Ordinal) && !message.Body.Contains("syntax error", StringComparison.Ordinal));
        await story.ReadAsync(await story.StoreAsync(message.Id, message.Topic, []));
        await story.WorkAsync();
    }

    /// <summary>The deliveries of commands that are still open are given up.</summary>
    private static async Task GiveUpAsync(BuildStory story)
    {
        await using var database = story.Get<IPackitDbFactory>().Create();
        await database.Deliveries.Where(row => database.CommentCommands.Any(command => command.DeliveryId == row.Id && command.State == CommandState.Received))
            .ExecuteUpdateAsync(change => change.SetProperty(row => row.State, DeliveryState.Failed));
    }

    private static async Task<IReadOnlyList<PullRequestComment>> CommentsAsync(BuildStory story) => (await story.Package.PullRequestsAsync())[0].Comments;

    private static async Task<List<string>> AnswersAsync(BuildStory story) =>
        [.. (await CommentsAsync(story)).Where(comment => comment is { Author: "packit", Notification: false }).Select(comment => comment.Text.Split("\n\n<!--")[0])];

    private static async Task<List<CommentCommand>> CommandsAsync(BuildStory story)
    {
        await using var database = story.Get<IPackitDbFactory>().Create();
        return await database.CommentCommands.AsNoTracking().OrderBy(row => row.Id).ToListAsync();
    }

    private static async Task<CommentCommand> CommandAsync(BuildStory story) => Assert.Single(await CommandsAsync(story));
}
