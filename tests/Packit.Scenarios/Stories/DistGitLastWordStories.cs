using Microsoft.EntityFrameworkCore;
using Packit.Automation.Storage;
using Packit.Sandbox.Fasjson;
using Packit.Sandbox.Hosting;
using Packit.Scenarios.Telling;
using Packit.TestSupport;

namespace Packit.Scenarios.Stories;

/// <summary>Commands in dist-git that cannot be carried out for long, or at all: each gets its last word, once.</summary>
public sealed class DistGitLastWordStories(PostgresServer server)
{
    private const string GivenUp = "The command could not be carried out and is not tried again; give it once more";

    private static readonly TimeSpan TooLong = TimeSpan.FromDays(3) + TimeSpan.FromHours(1);

    [Fact]
    public async Task After_three_days_without_the_account_system_the_command_is_given_up_with_one_word()
    {
        await using var story = await Pulls.BeginAsync(server);
        var pull = await Pulls.OpenAsync(story);
        Away(story, Servers.Fasjson);

        await Pulls.SayAsync(story, pull, "packager", "/packit koji-build\n/packit help");
        Assert.StartsWith("```\nusage: /packit", Assert.Single(await Pulls.AnswersAsync(story, pull)), StringComparison.Ordinal);
        await story.ForwardAsync(TimeSpan.FromHours(1));
        var waiting = Assert.Single((await Pulls.AnswersAsync(story, pull)).Skip(1));
        Assert.EndsWith("The command is tried again by itself; there is nothing to do.", waiting, StringComparison.Ordinal);
        await story.ForwardAsync(TimeSpan.FromHours(5));
        Assert.Equal(2, (await Pulls.AnswersAsync(story, pull)).Count);

        await story.ForwardAsync(TooLong);
        story.World.Faults.Clear();
        await story.RestartAsync();
        await story.ForwardAsync(TimeSpan.FromHours(1));

        var last = Assert.Single((await Pulls.AnswersAsync(story, pull)).Skip(2));
        Assert.StartsWith(GivenUp, last, StringComparison.Ordinal);
        Assert.DoesNotContain("tried again by itself", last, StringComparison.Ordinal);
        Assert.Empty(Chain.Tasks(story));
        Assert.Equal([CommandState.Failed, CommandState.Done], (await Pulls.CommandsAsync(story)).Select(command => command.State));
    }

    [Fact]
    public async Task After_hours_without_dist_git_the_command_is_carried_out()
    {
        await using var story = await Pulls.BeginAsync(server);
        var pull = await Pulls.OpenAsync(story);
        Away(story, Servers.Pagure, "/api/0/");

        await Pulls.SayAsync(story, pull, "packager", "/packit koji-build");
        await story.ForwardAsync(TimeSpan.FromMinutes(10));
        await story.ForwardAsync(TimeSpan.FromHours(5));
        Assert.Empty(await Pulls.AnswersAsync(story, pull));
        story.World.Faults.Clear();
        await story.ForwardAsync(TimeSpan.FromHours(1));

        Chain.Task(story);
        Assert.StartsWith("The task was accepted.", Assert.Single(await Pulls.AnswersAsync(story, pull)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task When_dist_git_is_away_for_five_days_the_last_word_is_said_once_it_is_back(bool wasRead)
    {
        await using var story = await Pulls.BeginAsync(server);
        var pull = await Pulls.OpenAsync(story);
        if (wasRead)
        {
            Away(story, Servers.Fasjson);
            await Pulls.SayAsync(story, pull, "packager", "/packit koji-build");
            story.World.Faults.Clear();
            Away(story, Servers.Pagure, "/api/0/");
        }
        else
        {
            Away(story, Servers.Pagure, "/api/0/");
            await Pulls.SayAsync(story, pull, "packager", "/packit koji-build");
        }

        for (var day = 0; day < 5; day++)
        {
            await story.ForwardAsync(TimeSpan.FromDays(1));
            Assert.Empty(await Pulls.AnswersAsync(story, pull));
        }

        story.World.Faults.Clear();
        await story.ForwardAsync(TimeSpan.FromHours(1));
        await story.ForwardAsync(TimeSpan.FromDays(1));

        Assert.StartsWith(GivenUp, Assert.Single(await Pulls.AnswersAsync(story, pull)), StringComparison.Ordinal);
        Assert.Empty(Chain.Tasks(story));
        Assert.Equal(CommandState.Failed, Assert.Single(await Pulls.CommandsAsync(story)).State);
    }

    [Fact]
    public async Task What_dist_git_takes_no_comments_about_for_days_is_said_later()
    {
        await using var story = await Pulls.BeginAsync(server);
        var pull = await Pulls.OpenAsync(story);
        Away(story, Servers.Pagure, "/comment", "POST");

        await Pulls.SayAsync(story, pull, "packager", "/packit help");
        for (var day = 0; day < 5; day++)
        {
            await story.ForwardAsync(TimeSpan.FromDays(1));
        }

        story.World.Faults.Clear();
        await story.ForwardAsync(TimeSpan.FromHours(1));
        await story.ForwardAsync(TimeSpan.FromHours(1));

        Assert.StartsWith("```\nusage: /packit", Assert.Single(await Pulls.AnswersAsync(story, pull)), StringComparison.Ordinal);
        Assert.Equal(CommandState.Done, Assert.Single(await Pulls.CommandsAsync(story)).State);
    }

    [Fact]
    public async Task How_a_build_ended_is_said_after_days_without_dist_git()
    {
        await using var story = await Pulls.BeginAsync(server);
        var pull = await Pulls.OpenAsync(story);
        await Pulls.SayAsync(story, pull, "packager", "/packit koji-build");
        Away(story, Servers.Pagure, "/api/0/");

        await story.World.Koji.FinishAsync(Chain.Task(story).Id);
        while ((await story.BuildsAsync())[0].FinishedTime is null)
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        story.Time.Forward(TimeSpan.FromDays(5));
        await story.RestartAsync();
        story.World.Faults.Clear();
        await story.ForwardAsync(TimeSpan.FromMinutes(2));

        Assert.Contains(" was built.", Assert.Single((await Pulls.AnswersAsync(story, pull)).Skip(1)), StringComparison.Ordinal);
        Assert.Equal(CommandState.Done, Assert.Single(await Pulls.CommandsAsync(story)).State);
    }

    [Fact]
    public async Task A_command_that_meets_a_bug_four_times_is_given_up_and_the_other_one_is_answered()
    {
        await using var story = await Pulls.BeginAsync(server);
        var pull = await Pulls.OpenAsync(story);
        await BreakAsync(story);

        await Pulls.SayAsync(story, pull, "packager", "/packit koji-build\n/packit propose-downstream");
        Assert.StartsWith("The command `propose-downstream` does nothing here.", Assert.Single(await Pulls.AnswersAsync(story, pull)), StringComparison.Ordinal);
        for (var i = 0; i < 5; i++)
        {
            await story.ForwardAsync(TimeSpan.FromMinutes(2));
        }

        await story.RestartAsync();
        await story.ForwardAsync(TimeSpan.FromMinutes(2));

        var answers = await Pulls.AnswersAsync(story, pull);
        Assert.StartsWith(GivenUp, Assert.Single(answers.Skip(1)), StringComparison.Ordinal);
        await using var database = story.Database();
        Assert.Equal(DeliveryState.Failed, (await database.Deliveries.SingleAsync(row => row.Id == database.CommentCommands.First().DeliveryId)).State);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_service_that_ends_between_giving_up_and_saying_so_says_it_once(bool wasSaid)
    {
        await using var story = await Pulls.BeginAsync(server);
        var pull = await Pulls.OpenAsync(story);
        await BreakAsync(story);
        await Pulls.SayAsync(story, pull, "packager", "/packit koji-build");
        story.World.Faults.Add(new Fault
        {
            Server = Servers.Pagure, Method = "POST", PathContains = "/comment", Kind = wasSaid ? new FaultKind.EffectThenCut() : new FaultKind.CutConnection(), Times = 20,
        });
        for (var i = 0; i < 4; i++)
        {
            await story.ForwardAsync(TimeSpan.FromSeconds(50));
        }

        Assert.Equal(CommandState.Failed, Assert.Single(await Pulls.CommandsAsync(story)).State);
        Assert.Null(Assert.Single(await Pulls.CommandsAsync(story)).AnsweredAt);
        await story.RestartAsync();
        story.World.Faults.Clear();
        await story.ForwardAsync(TimeSpan.FromMinutes(2));
        await story.ForwardAsync(TimeSpan.FromMinutes(2));

        Assert.StartsWith(GivenUp, Assert.Single(await Pulls.AnswersAsync(story, pull)), StringComparison.Ordinal);
        Assert.NotNull(Assert.Single(await Pulls.CommandsAsync(story)).AnsweredAt);
    }

    [Fact]
    public async Task Where_dist_git_takes_no_answer_for_good_the_page_of_the_delivery_has_it()
    {
        await using var story = await Pulls.BeginAsync(server);
        var pull = await Pulls.OpenAsync(story);
        story.World.Faults.Add(new Fault
        {
            Server = Servers.Pagure, Method = "POST", PathContains = "/comment", Times = int.MaxValue,
            Kind = new FaultKind.Status(404, """{"error":"Pull-Request have been deactivated for this project","error_code":"EPULLREQUESTSDISABLED"}"""),
        });

        await Pulls.SayAsync(story, pull, "packager", "/packit frobnicate");
        await story.ForwardAsync(TimeSpan.FromHours(1));

        await using var database = story.Database();
        var kept = Assert.Single(database.Decisions, decision => decision.Job == "answer");
        Assert.StartsWith("The answer could not be written as a comment: ", kept.Reason, StringComparison.Ordinal);
        Assert.Contains("There appears to be a syntax error", kept.Reason, StringComparison.Ordinal);
        Assert.Single(story.World.Requests.Find(Servers.Pagure, "POST", "/comment"));
    }

    [Fact]
    public async Task Who_is_no_packager_any_more_when_the_command_can_be_carried_out_is_refused()
    {
        await using var story = await Pulls.BeginAsync(server);
        var pull = await Pulls.OpenAsync(story);
        Away(story, Servers.Fasjson);
        await Pulls.SayAsync(story, pull, "packager", "/packit koji-build");

        story.World.Fasjson.RemoveFromGroup("packager", FasjsonStandIn.Packagers);
        story.World.Faults.Clear();
        await story.ForwardAsync(TimeSpan.FromMinutes(5));

        Assert.StartsWith("Only packagers can give this command here, and packager is not", Assert.Single(await Pulls.AnswersAsync(story, pull)), StringComparison.Ordinal);
        Assert.Empty(Chain.Tasks(story));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_pull_request_that_ends_while_a_command_waits_is_answered_all_the_same(bool isMerged)
    {
        await using var story = await Pulls.BeginAsync(server);
        var pull = await Pulls.OpenAsync(story);
        Away(story, Servers.Fasjson);
        await Pulls.SayAsync(story, pull, "packager", "/packit koji-build");

        if (isMerged)
        {
            await story.Package.MergePullRequestAsync(pull);
        }
        else
        {
            story.Package.ClosePullRequest(pull);
        }

        story.World.Faults.Clear();
        await story.ForwardAsync(TimeSpan.FromMinutes(5));

        // Merging builds, too: of the two one submits.
        var answer = (await Pulls.AnswersAsync(story, pull))[0];
        Assert.StartsWith($"The task was accepted. Commit {story.Package.Branches["f43"]} of `f43` is being built:", answer, StringComparison.Ordinal);
        Chain.Task(story);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_comment_that_is_deleted_or_edited_while_its_command_waits_carries_nothing_out_and_is_answered(bool isDeleted)
    {
        await using var story = await Pulls.BeginAsync(server);
        var pull = await Pulls.OpenAsync(story);
        Away(story, Servers.Fasjson);
        await Pulls.SayAsync(story, pull, "packager", "/packit koji-build");

        var comment = await Pulls.LastCommentAsync(story, pull, "packager");
        if (isDeleted)
        {
            story.Package.DeleteComment(pull, comment);
        }
        else
        {
            story.Package.EditComment(pull, comment, "packager", "Never mind.");
        }

        story.World.Faults.Clear();
        await story.ForwardAsync(TimeSpan.FromMinutes(5));

        Assert.Equal(
            isDeleted
                ? "A comment of packager with this command was deleted before the command was carried out, so it was not. Give it in a new comment if it is still wanted."
                : "The comment does not hold the command any more, so it was not carried out.",
            Assert.Single(await Pulls.AnswersAsync(story, pull)));
        Assert.Empty(Chain.Tasks(story));
    }

    [Fact]
    public async Task A_comment_that_is_deleted_before_it_is_read_leaves_a_reason_and_no_word()
    {
        await using var story = await Pulls.BeginAsync(server);
        var pull = await Pulls.OpenAsync(story);
        Away(story, Servers.Pagure, "/api/0/");
        await Pulls.SayAsync(story, pull, "packager", "/packit koji-build");

        story.Package.DeleteComment(pull, await Pulls.LastCommentAsync(story, pull, "packager"));
        story.World.Faults.Clear();
        await story.ForwardAsync(TimeSpan.FromMinutes(5));

        Assert.Empty(await Pulls.AnswersAsync(story, pull));
        Assert.Empty(await Pulls.CommandsAsync(story));
        await using var database = story.Database();
        Assert.Equal("dist-git does not have the comment any more, so nothing was carried out.", Assert.Single(database.Decisions, decision => decision.Job == "comment").Reason);
    }

    [Fact]
    public async Task Of_several_commands_one_fails_for_good_and_the_others_are_carried_out()
    {
        await using var story = await Pulls.BeginAsync(server);
        var pull = await Pulls.OpenAsync(story);
        story.World.Faults.Add(new Fault { Server = Servers.Koji, Call = "getBuildTarget", Kind = new FaultKind.Status(403, "Forbidden"), Times = int.MaxValue });

        await Pulls.SayAsync(story, pull, "packager", "/packit create-update\n/packit help");

        var answer = Assert.Single(await Pulls.AnswersAsync(story, pull));
        Assert.Contains("**/packit create-update**\n\nThe command could not be carried out: ", answer, StringComparison.Ordinal);
        Assert.Contains("**/packit help**\n\n```\nusage: /packit", answer, StringComparison.Ordinal);
        Assert.Equal([CommandState.Failed, CommandState.Done], (await Pulls.CommandsAsync(story)).Select(command => command.State));
    }

    private static void Away(Story story, string remote, string? path = null, string? method = null) => story.World.Faults.Add(
        new Fault { Server = remote, PathContains = path, Method = method, Times = int.MaxValue, Kind = new FaultKind.Status(503) });

    /// <summary>No build can be stored any more: to the service that is a bug.</summary>
    private static async Task BreakAsync(Story story)
    {
        await using var database = story.Database();
        await database.Database.ExecuteSqlRawAsync(
            """
            CREATE FUNCTION broken() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''broken''; END';
            CREATE TRIGGER broken BEFORE INSERT ON koji_build_groups FOR EACH ROW EXECUTE FUNCTION broken();
            """);
    }
}
