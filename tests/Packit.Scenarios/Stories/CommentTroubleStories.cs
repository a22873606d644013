using Packit.Automation.Storage;
using Packit.Sandbox.Hosting;
using Packit.Scenarios.Telling;
using Packit.TestSupport;

namespace Packit.Scenarios.Stories;

/// <summary>Comments that change, vanish or cannot be answered, and answers that get lost on their way.</summary>
public sealed class CommentTroubleStories(PostgresServer server)
{
    private const string Command = "/packit propose-downstream";

    private static readonly StoryOptions OneBranch = new() { Branches = ["rawhide"], ConfiguredBranches = "rawhide" };

    [Fact]
    public async Task GitHub_is_asked_nothing_about_a_comment_without_a_command()
    {
        await using var story = await BeginAsync();
        var asked = story.World.Requests.Count(Servers.GitHubApi);

        await Talk.BeginAsync(story, "It is at https://example.org/packit/hello, and/or /packit-stg propose-downstream helps.\n\n/packit copr-build");

        Assert.Equal(asked, story.World.Requests.Count(Servers.GitHubApi));
    }

    [Fact]
    public async Task An_edit_that_adds_a_command_gives_it_and_one_that_adds_none_gives_nothing()
    {
        await using var story = await BeginAsync();
        var talk = await Talk.BeginAsync(story, "Could somebody propose this? /packit can.");
        Assert.Null(talk.Answer);

        await story.Project.EditCommentAsync(talk.Said.Id, $"Could somebody propose this?\n\n{Command}");
        await story.SettleAsync();
        talk = talk.Again(story);
        Assert.StartsWith("Release v1.2.3 was proposed:", talk.Answer, StringComparison.Ordinal);
        Assert.Equal([(story.Bot, "eyes")], talk.Reactions);

        await story.Project.EditCommentAsync(talk.Said.Id, $"Could somebody propose this, please?\n\n{Command}");
        await story.SettleAsync();
        Assert.Single(await story.RunsAsync());
        Assert.Equal(talk.Answer, talk.Again(story).Answer);

        await story.Project.EditCommentAsync(talk.Said.Id, $"Could somebody propose this, please?\n\n{Command}\n\n/packit frobnicate");
        await story.SettleAsync();
        Assert.Single(await story.RunsAsync());
        var parts = talk.Again(story).Answer!.Split("**/packit ").Skip(1).ToList();
        Assert.Equal(["propose-downstream**", "frobnicate**"], parts.Select(part => part.Split('\n')[0]));
    }

    [Fact]
    public async Task What_somebody_writes_into_the_comment_of_another_is_no_command()
    {
        await using var story = await BeginAsync();
        var talk = await Talk.BeginAsync(story, "Thank you!");

        await story.Project.EditCommentAsync(talk.Said.Id, Command, login: "upstream");
        await story.SettleAsync();

        Assert.Empty(await story.RunsAsync());
        Assert.Empty(talk.Again(story).Reactions);
        Assert.Equal(
            "upstream edited the comment of maintainer; what somebody writes in the name of another is no command. Give it in a comment of your own.",
            await ReasonAsync(story));
    }

    [Fact]
    public async Task A_command_that_was_taken_back_before_it_was_read_is_not_carried_out()
    {
        await using var story = await BeginAsync();
        var (comment, delivery) = await UnheardAsync(story);
        await story.Project.EditCommentAsync(comment, "Never mind.");
        await HearAsync(story, delivery);

        Assert.Empty(await story.RunsAsync());
        Assert.Equal("The comment does not hold the command any more, so it was not carried out.", await ReasonAsync(story));
    }

    [Fact]
    public async Task A_deleted_comment_gives_no_command()
    {
        await using var story = await BeginAsync();
        var (comment, delivery) = await UnheardAsync(story);
        await story.Project.DeleteCommentAsync(comment);
        await HearAsync(story, delivery);

        Assert.Empty(await story.RunsAsync());
        Assert.Empty(Assert.Single(story.Project.Issues()).Comments);
        Assert.Equal("GitHub does not have the comment any more, so nothing was carried out.", await ReasonAsync(story));
    }

    [Fact]
    public async Task A_command_that_was_taken_back_before_its_delivery_was_sent_again_is_not_carried_out()
    {
        await using var story = await Story.BeginAsync(server, OneBranch with { Stepped = true });
        await story.Project.PublishReleaseAsync("v1.2.3");
        await story.SettleAsync();
        var runs = (await story.RunsAsync()).Count;
        story.World.Faults.Add(new Fault
        {
            Server = Servers.GitHubApi, PathContains = "/permission", Times = 1, Kind = new FaultKind.Status(403, "{\"message\":\"Not now\"}"),
        });
        var issue = await story.Project.OpenIssueAsync("maintainer", "Please");
        var (comment, delivery) = await story.Project.CommentAsync(issue, "maintainer", Command + " v1.2.3 --all");
        await story.SettleAsync();
        story.World.WebhookTarget = null;
        await story.Project.EditCommentAsync(comment, "/packit help");
        await HearAsync(story, delivery!);

        Assert.Equal(runs, (await story.RunsAsync()).Count);
        await using var database = story.Database();
        Assert.Equal(CommandState.Refused, Assert.Single(database.CommentCommands).State);
        Assert.Equal((1, DeliveryState.Handled), Assert.Single(database.Deliveries, row => row.DeliveryId == delivery) is var row ? (row.Attempts, row.State) : default);
    }

    [Fact]
    public async Task A_deleted_issue_takes_its_commands_with_it()
    {
        await using var story = await BeginAsync();
        var (_, delivery) = await UnheardAsync(story);
        story.Project.DeleteIssue(1);
        await HearAsync(story, delivery);

        Assert.Empty(await story.RunsAsync());
        Assert.Equal("GitHub does not have the comment any more, so nothing was carried out.", await ReasonAsync(story));
    }

    [Fact]
    public async Task An_account_that_vanished_gives_no_command()
    {
        await using var story = await BeginAsync();
        var (_, delivery) = await UnheardAsync(story);
        story.World.GitHub.RemoveAccount("maintainer");
        await HearAsync(story, delivery);

        Assert.Empty(await story.RunsAsync());
        Assert.Equal("The account that wrote the comment is gone, so nothing was carried out.", await ReasonAsync(story));
    }

    [Theory]
    [InlineData("packit-as-a-service[bot]", "The service wrote the comment itself.")]
    [InlineData("packit-as-a-service-stg[bot]", "The service wrote the comment itself.")]
    [InlineData("helper[bot]", "The program helper[bot] wrote the comment; commands are for people.")]
    public async Task What_programs_write_is_no_command(string login, string reason)
    {
        await using var story = await BeginAsync();
        story.World.GitHub.AddAccount(login, "Bot");
        story.Project.SetPermission(login, "admin");

        var talk = await Talk.BeginAsync(story, Command, login);

        Assert.Empty(talk.Reactions);
        Assert.Empty(await story.RunsAsync());
        Assert.Equal(reason, await ReasonAsync(story));
    }

    [Theory]
    [InlineData(true, "Unable to create comment because issue is locked.")]
    [InlineData(false, "it has been converted to a discussion")]
    public async Task Where_nothing_can_be_answered_the_command_is_carried_out_and_the_answer_is_kept(bool isLocked, string reason)
    {
        await using var story = await BeginAsync();
        var issue = await story.Project.OpenIssueAsync("maintainer", "Please");
        if (isLocked)
        {
            story.Project.SetLocked(issue, isLocked: true);
        }
        else
        {
            story.Project.ConvertToDiscussion(issue);
        }

        var talk = await Talk.BeginAsync(story, Command, issue: issue);

        Assert.Null(talk.Answer);
        Assert.Empty(talk.Reactions);
        Assert.Equal("Update rawhide to upstream release 1.2.3", Assert.Single(await story.OpenPullRequestsAsync()).Title);
        await using var database = story.Database();
        var decision = Assert.Single(database.Decisions, decision => decision.Job == "answer");
        Assert.StartsWith("The answer could not be written as a comment: GitHub", decision.Reason, StringComparison.Ordinal);
        Assert.Contains(reason, decision.Reason, StringComparison.Ordinal);
        Assert.Contains("proposed", Assert.Single(database.CommentCommands).Answer, StringComparison.Ordinal);
        Assert.InRange(Tried(story).Count(request => request.Status == 403), 1, 2);
    }

    [Fact]
    public async Task An_answer_that_somebody_deleted_is_not_written_again()
    {
        await using var story = await BeginAsync();
        var talk = await Talk.BeginAsync(story, "/packit frobnicate");
        await story.Project.DeleteCommentAsync(talk.Issue.Comments[^1].Id);

        await story.Project.EditCommentAsync(talk.Said.Id, "/packit frobnicate\n\n/packit help");
        await story.SettleAsync();

        Assert.Null(talk.Again(story).Answer);
        Assert.Single(Assert.Single(story.Project.Issues()).Comments);
    }

    [Fact]
    public async Task However_often_a_comment_is_told_of_it_is_carried_out_and_answered_once()
    {
        await using var story = await BeginAsync();
        var talk = await Talk.BeginAsync(story, Command);
        var delivery = story.World.GitHub.Deliveries[^1];

        await story.World.GitHub.RedeliverAsync(delivery.DeliveryId);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => new RawDelivery("issue_comment", delivery.Payload).SendAsync(story)));
        await story.SettleAsync();

        Assert.Single(await story.RunsAsync());
        Assert.Equal(talk.Answer, talk.Again(story).Answer);
        Assert.Equal(2, Assert.Single(story.Project.Issues()).Comments.Count);
    }

    [Fact]
    public async Task A_service_that_ends_before_it_knows_of_its_answer_does_not_answer_again()
    {
        await using var story = await BeginAsync(stepped: true);
        story.World.Faults.Add(new Fault
        {
            Server = Servers.GitHubApi, Method = "POST", When = request => request.Path.Value!.EndsWith("/comments", StringComparison.Ordinal),
            Kind = new FaultKind.EffectThenCut(),
        });
        var issue = await story.Project.OpenIssueAsync("maintainer", "Please");
        await story.Project.CommentAsync(issue, "maintainer", Command);
        await story.SettleAsync();

        await story.RestartAsync();
        await story.ForwardAsync(TimeSpan.FromMinutes(2));

        var talk = Talk.Of(story, issue, Assert.Single(story.Project.Issues()).Comments[0].Id);
        Assert.StartsWith("Release v1.2.3 was proposed:", talk.Answer, StringComparison.Ordinal);
        Assert.Single(talk.Answers);
        Assert.Single(await story.RunsAsync());
    }

    [Fact]
    public async Task An_outage_in_the_middle_is_told_and_the_command_goes_on_after_it()
    {
        await using var story = await BeginAsync(stepped: true);
        story.World.Faults.Add(new Fault { Server = Servers.Pagure, Method = "GET", Kind = new FaultKind.Status(503), Times = int.MaxValue });

        var talk = await Talk.BeginAsync(story, $"{Command}\n\n/packit help");

        Assert.Equal([(story.Bot, "eyes")], talk.Reactions);
        Assert.Contains("The command is tried again by itself; there is nothing to do.", talk.Answer, StringComparison.Ordinal);
        Assert.Contains("usage: /packit", talk.Answer, StringComparison.Ordinal);
        Assert.Empty(await story.RunsAsync());

        story.World.Faults.Clear();
        await story.ForwardAsync(TimeSpan.FromMinutes(2));

        talk = talk.Again(story);
        Assert.Contains("Release v1.2.3 was proposed:", talk.Answer, StringComparison.Ordinal);
        Assert.DoesNotContain("tried again", talk.Answer, StringComparison.Ordinal);
        Assert.Single(talk.Answers);
        Assert.Single(await story.RunsAsync());
    }

    [Fact]
    public async Task After_days_of_an_outage_the_answer_says_that_nothing_more_is_tried()
    {
        await using var story = await BeginAsync(stepped: true);
        story.World.Faults.Add(new Fault { Server = Servers.Pagure, Method = "GET", Kind = new FaultKind.Status(503), Times = int.MaxValue });
        var talk = await Talk.BeginAsync(story, Command);

        await story.ForwardAsync(TimeSpan.FromDays(3) + TimeSpan.FromHours(1));
        await story.ForwardAsync(TimeSpan.FromMinutes(2));
        story.World.Faults.Clear();
        await story.ForwardAsync(TimeSpan.FromHours(1));

        talk = talk.Again(story);
        Assert.StartsWith("The command could not be carried out and is not tried again; give it once more in a new comment", talk.Answer, StringComparison.Ordinal);
        Assert.DoesNotContain("tried again by itself", talk.Answer, StringComparison.Ordinal);
        Assert.Empty(await story.RunsAsync());
    }

    [Fact]
    public async Task Much_that_moves_changes_the_answer_seldom()
    {
        await using var story = await BeginAsync(options: new StoryOptions { Branches = ["rawhide", "f43", "f42", "f41"], ConfiguredBranches = "[rawhide, f43, f42, f41]" });

        var talk = await Talk.BeginAsync(story, Command);

        Assert.Equal(4, talk.Answer!.Split("/pull-request/").Length - 1);
        Assert.InRange(story.World.Requests.Count(Servers.GitHubApi, "PATCH", "/issues/comments/"), 0, 2);
    }

    private async Task<Story> BeginAsync(bool stepped = false, StoryOptions? options = null)
    {
        var story = await Story.BeginAsync(server, (options ?? OneBranch) with { Stepped = stepped });
        story.World.WebhookTarget = null;
        await story.Project.PublishReleaseAsync("v1.2.3");
        story.World.WebhookTarget = story.Service.Webhook;
        return story;
    }

    /// <summary>Somebody gives a command while nobody listens.</summary>
    private static async Task<(long Comment, string Delivery)> UnheardAsync(Story story)
    {
        story.World.WebhookTarget = null;
        var issue = await story.Project.OpenIssueAsync("maintainer", "Please");
        var (comment, delivery) = await story.Project.CommentAsync(issue, "maintainer", Command);
        return (comment, delivery!);
    }

    /// <summary>What was told while nobody listened is told again.</summary>
    private static async Task HearAsync(Story story, string delivery)
    {
        story.World.WebhookTarget = story.Service.Webhook;
        await story.World.GitHub.RedeliverAsync(delivery);
        await story.SettleAsync();
    }

    private static async Task<string> ReasonAsync(Story story)
    {
        await using var database = story.Database();
        return Assert.Single(database.Decisions, decision => decision.Job == "comment").Reason;
    }

    private static IEnumerable<RequestRecord> Tried(Story story) => story.World.Requests.Find(Servers.GitHubApi, "POST", "/comments")
        .Where(request => request.Path.EndsWith("/comments", StringComparison.Ordinal));
}
