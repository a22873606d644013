using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Packit.Automation.Agreements;
using Packit.Automation.Comments;
using Packit.Automation.Failures;
using Packit.Sandbox;
using Packit.Sandbox.GitHub;
using Packit.Sandbox.Hosting;
using Packit.Scenarios.Telling;
using Packit.TestSupport;

namespace Packit.Scenarios.Stories;

/// <summary>Branches that wait for their packagers: what is said of them meanwhile, and what their waiting costs.</summary>
public sealed class AgreementWaitStories(PostgresServer server)
{
    [Fact]
    public async Task Who_commands_a_release_that_waits_for_its_packagers_is_told_what_is_awaited_where_and_what_to_do()
    {
        await using var story = await Story.BeginAsync(server, Asking.Strangers);
        await story.ReleaseAsync();
        var question = await Asking.QuestionAsync(story);
        var day = $"{(await story.TargetAsync("f43")).NextAttemptAt:yyyy-MM-dd}";

        var talk = await Talk.BeginAsync(story, "/packit propose-downstream");

        Assert.Equal(
            $"""
            Release v1.2.3 was asked for already, and waits for the packagers; nothing new was started:

            - `rawhide`: Waits for a packager of hello to agree in {question.Url} until {day}.
            - `f43`: Waits for a packager of hello to agree in {question.Url} until {day}.
            - `f42`: Waits for a packager of hello to agree in {question.Url} until {day}.

            Ask somebody with commit rights on the package to write the comment `/packit allow-upstream` in that pull request. The branches go on by themselves then; this command need not be given again.
            """.ReplaceLineEndings("\n"),
            talk.Answer);
        Assert.Equal(question.Id, (await Asking.QuestionAsync(story)).Id);
        Assert.Empty(story.World.Lookaside.Files(Story.Name));
        Assert.Single(await story.RunsAsync());
    }

    [Fact]
    public async Task Who_has_the_name_of_a_project_that_was_agreed_to_waits_for_its_turn_without_being_woken_again_and_again()
    {
        await using var story = await Story.BeginAsync(server, Asking.Strangers);
        await story.ReleaseAsync();
        await using (var database = story.Database())
        {
            // What is asked and agreed to is of the repository that had the name before; the first branch cannot go on for hours.
            await story.Service.AgreeAsync(story.Project, Story.Name);
            await database.Agreements.ExecuteUpdateAsync(change => change.SetProperty(row => row.RepositoryId, story.Project.Id + 1_000_000));
            await database.AgreementAsks.ExecuteUpdateAsync(change => change.SetProperty(row => row.RepositoryId, story.Project.Id + 1_000_000));
            var later = story.Time.GetUtcNow() + TimeSpan.FromHours(5);
            await database.Targets.Where(row => row.Branch == "rawhide").ExecuteUpdateAsync(
                change => change.SetProperty(row => row.FailureCode, FailureCodes.RemoteAway).SetProperty(row => row.NextAttemptAt, later));
        }

        var before = (await story.TargetsAsync()).Sum(target => target.Attempts);
        var asked = story.World.Requests.Count(Servers.Pagure);
        await story.Service.Services.GetRequiredService<WaitingTargets>()
            .LookAfterAsync(Story.Name, await ProjectIdAsync(story), CancellationToken.None);
        await story.SettleAsync().WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        for (var minute = 0; minute < 5; minute++)
        {
            await story.ForwardAsync(TimeSpan.FromMinutes(1));
        }

        Assert.InRange((await story.TargetsAsync()).Sum(target => target.Attempts) - before, 2, 4);
        Assert.InRange(story.World.Requests.Count(Servers.Pagure) - asked, 1, 100);
        Assert.Equal("Waits for the pull request in which the packagers of hello are asked whether they agree.", story.Check("f43").Title);

        await story.ForwardAsync(TimeSpan.FromHours(5));
        await Asking.AssertOnlyAskedAsync(story);
        Assert.StartsWith("Waits for a packager of hello to agree in ", story.Check("f43").Title, StringComparison.Ordinal);
        await Asking.SayAsync(story, (await Asking.QuestionAsync(story)).Id, Asking.Allow);
        await Asking.AssertProposedAsync(story);
    }

    [Fact]
    public async Task The_answer_to_a_command_says_where_is_asked_as_soon_as_another_release_asks()
    {
        await using var story = await Story.BeginAsync(server, Asking.Strangers with { Branches = ["rawhide", "f43"], ConfiguredBranches = "[rawhide, f43]" });
        story.World.WebhookTarget = null;
        await story.Project.PublishReleaseAsync(new ReleaseDraft { Tag = "v1.2.3", PublishArchive = false });
        story.World.WebhookTarget = story.Service.Webhook;
        story.World.Faults.Add(new Fault { Server = Servers.Pagure, PathContains = "/pull-request/new", Times = int.MaxValue, Kind = new FaultKind.Status(503) });
        var talk = await Talk.BeginAsync(story, "/packit propose-downstream");
        story.Time.Forward(AnswerJob.Spacing + TimeSpan.FromSeconds(1));
        await story.SettleAsync();
        talk = talk.Again(story);
        Assert.Contains("`f43`: Waits for the pull request in which the packagers of hello are asked whether they agree.", talk.Answer, StringComparison.Ordinal);
        Assert.Empty(await story.OpenPullRequestsAsync());
        story.World.Faults.Clear();

        await story.Project.CommitAsync(new FileSet { ["hello.c"] = "int main(void) { return 1; }\n" }, "Work on");
        await story.ReleaseAsync("v1.3.0");
        var question = await Asking.QuestionAsync(story);
        story.Time.Forward(AnswerJob.Spacing + TimeSpan.FromSeconds(1));
        await story.SettleAsync();

        Assert.Contains($"`f43`: Waits for a packager of hello to agree in {question.Url} until ", talk.Again(story).Answer, StringComparison.Ordinal);
    }

    private static async Task<int> ProjectIdAsync(Story story)
    {
        await using var database = story.Database();
        return (await database.AgreementAsks.SingleAsync()).ProjectId;
    }
}
