using Microsoft.EntityFrameworkCore;
using Packit.Automation.Comments;
using Packit.Automation.Comments.Grammar;
using Packit.Automation.Events;
using Packit.Automation.Intake;
using Packit.Automation.Storage;
using Packit.GitHub;
using Packit.Sandbox;
using Packit.Sandbox.Hosting;
using Packit.TestSupport;

namespace Packit.Automation.Tests.Comments;

public sealed class IssueCommentsTests(PostgresServer server)
{
    private const string Propose = "/packit propose-downstream";

    [Fact]
    public async Task A_command_that_nobody_knows_is_answered_once_however_often_it_is_read()
    {
        await using var story = await BeginAsync();

        await CommentAsync(story, "ada", "/packit frobnicate", times: 2);

        Assert.StartsWith(
            "There appears to be a syntax error in the command provided. Please refer to the [Packit documentation](https://packit.dev/docs/retriggering) or use the `/packit help` command.\n\n",
            Assert.Single(Answers(story)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_was_lost_on_its_way_is_not_given_twice()
    {
        await using var story = await BeginAsync();
        story.World.Faults.Add(new Fault
        {
            Server = Servers.GitHubApi, Method = "POST", When = request => request.Path.Value!.EndsWith("/comments", StringComparison.Ordinal),
            Kind = new FaultKind.EffectThenCut(),
        });
        await Assert.ThrowsAnyAsync<Packit.Http.RemoteException>(() => CommentAsync(story, "ada", "/packit frobnicate"));

        await AnswerAsync(story);

        Assert.Single(Answers(story));
    }

    [Theory]
    [InlineData("/packit-stg propose-downstream")]
    [InlineData("Thank you!")]
    [InlineData("/packit copr-build")]
    public async Task What_is_not_for_this_service_is_left_alone(string text)
    {
        await using var story = await BeginAsync();

        Assert.IsType<DeliveryOutcome.Handled>(await CommentAsync(story, "ada", text));

        Assert.Empty(Answers(story));
        Assert.Empty(story.Upstream.Issues()[0].Comments[0].Reactions);
    }

    [Fact]
    public async Task Who_may_not_write_is_seen_and_told()
    {
        await using var story = await BeginAsync(("github", AllowlistStatus.ApprovedManually));
        story.Upstream.SetPermission("mallory", "read");

        await CommentAsync(story, "mallory", Propose);

        Assert.StartsWith("Account mallory has no write access!", Assert.Single(Answers(story)), StringComparison.Ordinal);
        Assert.Equal("eyes", Assert.Single(story.Upstream.Issues()[0].Comments[0].Reactions).Content);
        Assert.DoesNotContain(story.Queue.Jobs, job => job.Kind != AnswerJob.KindName);
        await using var database = story.Databases.Create();
        var decision = await database.Decisions.SingleAsync();
        Assert.Equal(("propose-downstream", false), (decision.Job, decision.Matched));
        Assert.StartsWith("Account mallory has no write access!", decision.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_project_without_approval_is_told_so()
    {
        await using var story = await BeginAsync();

        await CommentAsync(story, "octo", Propose);

        Assert.StartsWith("Project 127.0.0.1/octo/hello.git is not on our allowlist!", Assert.Single(Answers(story)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_maintainer_starts_the_branches_of_the_latest_release()
    {
        await using var story = await BeginAsync(("github", AllowlistStatus.ApprovedManually));

        await CommentAsync(story, "octo", Propose, times: 2);

        Assert.Equal(["hello@f43", "hello@rawhide"], Work(story).Select(job => job.ExclusiveKey).Distinct().Order());
        Assert.Equal(["queued", "queued"], story.Upstream.CheckRuns().Select(run => run.Status));
        Assert.StartsWith("The task was accepted. Release v1.2.3 is being proposed:\n\n- `rawhide`: waits for its turn", Assert.Single(Answers(story)), StringComparison.Ordinal);
        await using var database = story.Databases.Create();
        Assert.Equal(2, await database.Targets.CountAsync());
    }

    [Fact]
    public async Task A_second_request_while_the_first_is_worked_on_starts_nothing()
    {
        await using var story = await BeginAsync(("github", AllowlistStatus.ApprovedManually));
        await CommentAsync(story, "octo", Propose);

        await CommentAsync(story, "octo", Propose);

        Assert.Equal("Release v1.2.3 is being worked on already; its checks show how far it is.", Answers(story)[1]);
        Assert.Equal(2, Work(story).Count);
    }

    [Fact]
    public async Task An_administrator_of_the_service_needs_no_approval_of_the_project()
    {
        await using var story = await BeginAsync();

        await CommentAsync(story, "Root", Propose);

        Assert.StartsWith("The task was accepted.", Assert.Single(Answers(story)), StringComparison.Ordinal);
        Assert.Equal(2, Work(story).Count);
    }

    [Fact]
    public async Task A_denied_account_is_told_so()
    {
        await using var story = await BeginAsync(("octo-account", AllowlistStatus.Denied), ("github", AllowlistStatus.ApprovedManually));

        await CommentAsync(story, "octo", Propose);

        Assert.StartsWith("User namespace octo denied!", Assert.Single(Answers(story)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_whose_delivery_was_given_up_is_told_so()
    {
        await using var story = await BeginAsync(("github", AllowlistStatus.ApprovedManually));
        story.World.Faults.Add(new Fault { Server = Servers.GitHubApi, PathContains = "/permission", Kind = new FaultKind.Status(503), Times = int.MaxValue });
        await Assert.ThrowsAnyAsync<Packit.Http.RemoteException>(() => CommentAsync(story, "octo", Propose));
        Assert.Empty(Answers(story));
        await using (var database = story.Databases.Create())
        {
            await database.Deliveries.ExecuteUpdateAsync(change => change.SetProperty(row => row.State, DeliveryState.Failed));
        }

        story.Time.Advance(TimeSpan.FromMinutes(2));
        var orphan = Assert.Single(await story.Handler(AnswerJob.KindName).FindOrphansAsync(CancellationToken.None));
        await story.Handler(AnswerJob.KindName).RunAsync(orphan.RowId, CancellationToken.None);

        Assert.StartsWith("The command could not be carried out and is not tried again;", Assert.Single(Answers(story)), StringComparison.Ordinal);
        Assert.Empty(await story.Handler(AnswerJob.KindName).FindOrphansAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_delivery_that_is_put_back_into_the_inbox_carries_out_what_the_comment_still_holds()
    {
        await using var story = await BeginAsync(("github", AllowlistStatus.ApprovedManually));
        var text = $"{Propose}\n\n{Propose} --branch f43";
        var (comment, _) = await story.Upstream.CommentAsync(story.Upstream.Issues()[0].Number, "octo", text);
        var delivery = await story.Rows.DeliveryAsync();
        await story.Get<CommandRows>().TakeAsync(await PlaceAsync(story, delivery, comment), CommentReader.Read(text, "/packit"), CancellationToken.None);

        await story.Upstream.EditCommentAsync(comment, $"{Propose} --branch f43");
        Assert.IsType<DeliveryOutcome.Handled>(await ReadAsync(story, "octo", text, comment, delivery: delivery));

        Assert.Equal(["hello@f43"], Work(story).Select(job => job.ExclusiveKey));
        await using var database = story.Databases.Create();
        Assert.Equal([CommandState.Refused, CommandState.Accepted], await database.CommentCommands.OrderBy(row => row.Position).Select(row => row.State).ToListAsync());
    }

    [Fact]
    public async Task A_command_whose_line_is_gone_when_it_is_its_turn_is_answered_and_not_carried_out()
    {
        await using var story = await BeginAsync(("github", AllowlistStatus.ApprovedManually));
        var (comment, _) = await story.Upstream.CommentAsync(story.Upstream.Issues()[0].Number, "octo", Propose);
        var taken = await story.Get<CommandRows>().TakeAsync(
            await PlaceAsync(story, await story.Rows.DeliveryAsync(), comment), CommentReader.Read($"{Propose}\n/packit help", "/packit"), CancellationToken.None);

        var outcome = await story.Get<IssueCommandRuns>().CarryOutAsync(
            taken!, story.Forge, CommentReader.Read("/packit help", "/packit"), CancellationToken.None);
        await AnswerAsync(story);

        Assert.Equal("Read for octo: /packit help", Assert.IsType<DeliveryOutcome.Handled>(outcome).Text);
        Assert.Empty(Work(story));
        Assert.Contains("The comment does not hold the command any more, so it was not carried out.", Assert.Single(Answers(story)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_moves_is_changed_every_ten_seconds_at_most_and_its_last_word_at_once()
    {
        await using var story = await BeginAsync(("github", AllowlistStatus.ApprovedManually));
        await CommentAsync(story, "octo", Propose);
        await using var database = story.Databases.Create();
        await database.Targets.Where(row => row.Branch == "f43").ExecuteUpdateAsync(change => change.SetProperty(row => row.Status, SyncReleaseTargetStatus.Running));

        await story.Get<AnswerQueue>().ChangedAsync(1, CancellationToken.None);
        await AnswerAsync(story);
        Assert.DoesNotContain("is being worked on", Assert.Single(Answers(story)), StringComparison.Ordinal);
        Assert.Contains(story.Queue.Jobs, job => job.Kind == AnswerJob.KindName && job.NotBefore == story.Time.GetUtcNow() + AnswerJob.Spacing);

        story.Time.Advance(AnswerJob.Spacing);
        await AnswerAsync(story);
        Assert.Contains("`f43`: is being worked on", Assert.Single(Answers(story)), StringComparison.Ordinal);

        await database.Targets.ExecuteUpdateAsync(change => change.SetProperty(row => row.Status, SyncReleaseTargetStatus.Skipped));
        await AnswerAsync(story);
        Assert.Contains("`f43`: left alone", Assert.Single(Answers(story)), StringComparison.Ordinal);
    }

    private async Task<ForgeStory> BeginAsync(params (string Who, AllowlistStatus Status)[] entries)
    {
        var story = await ForgeStory.BeginAsync(server, ("Service:Admins:0", "root"));
        await story.World.CreatePackageAsync("hello", ["rawhide", "f43"], new FileSet { ["hello.spec"] = "Name: hello\n" });
        await story.Upstream.PublishReleaseAsync("v1.2.3");
        await story.Upstream.OpenIssueAsync("ada", "Please");
        await using var database = story.Databases.Create();
        database.Allowlist.AddRange(entries.Select(entry => new AllowlistEntry
        {
            Namespace = entry.Who == "github" ? "127.0.0.1" : "127.0.0.1/octo", Status = entry.Status,
        }));
        await database.SaveChangesAsync();
        return story;
    }

    private static async Task<DeliveryOutcome> CommentAsync(ForgeStory story, string author, string text, int times = 1)
    {
        var (comment, _) = await story.Upstream.CommentAsync(story.Upstream.Issues()[0].Number, author, text);
        return await ReadAsync(story, author, text, comment, times);
    }

    private static async Task<CommentPlace> PlaceAsync(ForgeStory story, long delivery, long comment) =>
        new(delivery, await UpstreamAsync(story), CommandPlace.UpstreamIssue, story.Upstream.Issues()[0].Number, comment, new GitHubAccount("octo", 1));

    private static async Task<UpstreamRepository> UpstreamAsync(ForgeStory story) => new(
        story.Upstream.Url.Host, story.Forge.Name, story.Upstream.Url.AbsoluteUri, IsPrivate: false,
        (await story.Get<GitHubClient>().FindInstallationAsync(story.Forge.Name, CancellationToken.None))!.Value);

    private static async Task<DeliveryOutcome> ReadAsync(ForgeStory story, string author, string text, long comment, int times = 1, long? delivery = null)
    {
        var upstream = await UpstreamAsync(story);
        var id = delivery ?? await story.Rows.DeliveryAsync();
        await using var database = story.Databases.Create();
        var told = await database.Deliveries.AsNoTracking().SingleAsync(row => row.Id == id);
        DeliveryOutcome outcome;
        do
        {
            outcome = await story.Get<IssueComments>().HandleAsync(
                told, new ServiceEvent.IssueCommented(upstream, story.Upstream.Issues()[0].Number, comment, author, text), CancellationToken.None);
        }
        while (--times > 0);

        await AnswerAsync(story);
        return outcome;
    }

    private static async Task AnswerAsync(ForgeStory story)
    {
        foreach (var comment in story.Queue.Jobs.Where(job => job.Kind == AnswerJob.KindName).Select(job => job.RowId).Distinct())
        {
            await story.Handler(AnswerJob.KindName).RunAsync(comment, CancellationToken.None);
        }
    }

    private static IReadOnlyList<Packit.Automation.Engine.QueuedJob> Work(ForgeStory story) => [.. story.Queue.Jobs.Where(job => job.Kind != AnswerJob.KindName)];

    /// <summary>What the service said, without hidden lines.</summary>
    private static IReadOnlyList<string> Answers(ForgeStory story) =>
        [.. story.Upstream.Issues()[0].Comments.Where(comment => comment.Author.EndsWith("[bot]", StringComparison.Ordinal)).Select(comment => comment.Body.Split("\n<!--")[0])];
}
