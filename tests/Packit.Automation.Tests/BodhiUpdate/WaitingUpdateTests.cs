using Microsoft.Extensions.DependencyInjection;
using Packit.Automation.BodhiUpdate;
using Packit.Automation.Engine;
using Packit.Automation.Storage;
using Packit.Automation.Tests.KojiBuild;
using Packit.Bodhi;
using Packit.Sandbox.Hosting;
using Packit.TestSupport;

namespace Packit.Automation.Tests.BodhiUpdate;

/// <summary>Whatever comes late or gets lost, and whoever works at the same time: a build gets one update.</summary>
public sealed class WaitingUpdateTests(PostgresServer server)
{
    [Fact]
    public async Task An_update_waits_for_the_message_that_tags_its_build()
    {
        await using var story = await UpdateSteps.BeginAsync(server);
        story.Koji.TagDelay = null;
        await story.CompleteAsync();
        var waiting = await story.UpdateAsync();
        Assert.Equal((BodhiUpdateStatus.Retry, "BUILD_NOT_TAGGED", "f43-updates-candidate"), (waiting.Status, waiting.FailureCode, waiting.CandidateTag));
        Assert.True(story.Koji.Tag(UpdateSteps.Nvr, "f43-override"));
        await story.HearAndWorkAsync();
        Assert.Equal(BodhiUpdateStatus.Retry, (await story.UpdateAsync()).Status);
        var before = story.Time.GetUtcNow();

        await story.Koji.TagNowAsync(story.Asked[^1].Id);
        await story.HearAndWorkAsync();

        Assert.InRange(story.Time.GetUtcNow() - before, TimeSpan.Zero, TimeSpan.FromSeconds(6));
        Assert.Equal((BodhiUpdateStatus.Success, story.Made().Alias), ((await story.UpdateAsync()).Status, (await story.UpdateAsync()).Alias));
        Assert.NotNull((await story.UpdateAsync()).TaggedAt);
    }

    [Fact]
    public async Task Nine_attempts_without_the_tag_are_an_error_that_is_reported()
    {
        await using var story = await UpdateSteps.BeginAsync(server);
        var issues = await story.ReportAsync();
        story.Koji.TagDelay = null;

        await story.CompleteAsync();
        await story.WaitAsync();

        var update = await story.UpdateAsync();
        Assert.Equal((BodhiUpdateStatus.Error, "BUILD_NOT_TAGGED", 9), (update.Status, update.FailureCode, update.Attempts));
        Assert.Empty(story.World.Bodhi.Updates);
        var issue = Assert.Single(issues.Issues());
        Assert.Equal("[packit] Fedora Bodhi update failed to be created: hello", issue.Title);
        Assert.StartsWith("Packit failed on creating Bodhi update in dist-git (", issue.Body, StringComparison.Ordinal);
        Assert.Contains($"Fedora Bodhi update was triggered by Koji build {UpdateSteps.Nvr}.", issue.Body, StringComparison.Ordinal);
        Assert.Contains("`/packit create-update`", issue.Body, StringComparison.Ordinal);
        Assert.Contains($"https://dash.example/jobs/bodhi/{update.Id}", issue.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tag_that_comes_after_all_attempts_still_brings_the_update_and_closes_the_issue()
    {
        await using var story = await UpdateSteps.BeginAsync(server);
        var issues = await story.ReportAsync();
        story.Koji.TagDelay = null;
        await story.CompleteAsync();
        await story.WaitAsync();
        Assert.Equal((BodhiUpdateStatus.Error, "BUILD_NOT_TAGGED", 9), await StateAsync(story));

        await story.Koji.TagNowAsync(story.Asked[^1].Id);
        await story.HearAndWorkAsync();

        Assert.Equal((BodhiUpdateStatus.Success, null, 10), await StateAsync(story));
        Assert.Equal("closed", Assert.Single(issues.Issues()).State);
    }

    [Fact]
    public async Task What_failed_for_another_reason_is_not_begun_again_by_a_tag()
    {
        await using var story = await UpdateSteps.BeginWithoutRightsAsync(server);
        await story.CompleteAsync();
        var failed = await story.UpdateAsync();
        Assert.Equal(BodhiUpdateStatus.Error, failed.Status);

        Assert.Empty(await story.Get<UpdateRows>().WakeAsync([UpdateSteps.Nvr], failed.CandidateTag, CancellationToken.None));

        Assert.Equal(BodhiUpdateStatus.Error, (await story.UpdateAsync()).Status);
    }

    [Fact]
    public async Task A_bodhi_that_stays_away_is_reported_once_and_the_issue_is_closed_by_the_next_update()
    {
        await using var story = await UpdateSteps.BeginAsync(server);
        var issues = await story.ReportAsync();
        var fault = new Fault { Server = Servers.Bodhi, Times = int.MaxValue, Kind = new FaultKind.Status(503) };
        story.World.Faults.Add(fault);

        await story.CompleteAsync();
        await story.WaitAsync();
        Assert.Equal((BodhiUpdateStatus.Retry, "REMOTE_AWAY", 11), await StateAsync(story));
        Assert.Empty(issues.Issues());
        story.Time.Advance(TimeSpan.FromHours(12));
        await story.WorkAsync();
        Assert.Equal((BodhiUpdateStatus.Error, "REMOTE_AWAY", 12), await StateAsync(story));
        Assert.Equal("open", Assert.Single(issues.Issues()).State);

        story.World.Faults.Clear();
        await story.CompleteAsync("1.2");

        Assert.Equal(["hello-1.2-1.fc43"], story.Made().Builds);
        var issue = Assert.Single(issues.Issues());
        Assert.Equal(("closed", 1), (issue.State, issue.Comments.Count));
    }

    [Fact]
    public async Task An_update_whose_answer_was_lost_is_found_when_bodhi_tells_of_it()
    {
        await using var story = await UpdateSteps.BeginAsync(server);
        story.World.Faults.Add(new Fault { Server = Servers.Bodhi, Method = "POST", PathContains = "/updates", Kind = new FaultKind.EffectThenCut() });

        await story.CompleteAsync();

        Assert.Equal((BodhiUpdateStatus.Success, null, 2), await StateAsync(story));
        Assert.Equal(story.Made().Alias, (await story.UpdateAsync()).Alias);
    }

    [Fact]
    public async Task An_update_whose_answer_was_lost_is_found_by_asking_and_counts_as_ours()
    {
        await using var story = await UpdateSteps.BeginAsync(server);
        story.World.Bus.Loses = message => message.Topic.Contains(".bodhi.", StringComparison.Ordinal);
        story.World.Faults.Add(new Fault { Server = Servers.Bodhi, Method = "POST", PathContains = "/updates", Kind = new FaultKind.EffectThenCut() });

        await story.CompleteAsync();
        Assert.Equal((BodhiUpdateStatus.Retry, "BODHI_ANSWER_LOST", 1), await StateAsync(story));
        story.Time.Advance(TimeSpan.FromMinutes(3));
        await story.WorkAsync();

        var update = await story.UpdateAsync();
        Assert.Equal((BodhiUpdateStatus.Success, story.Made().Alias), (update.Status, update.Alias));
    }

    [Fact]
    public async Task A_wish_that_never_arrived_is_repeated_when_it_cannot_arrive_any_more()
    {
        await using var story = await UpdateSteps.BeginAsync(server);
        story.World.Faults.Add(new Fault { Server = Servers.Bodhi, Method = "POST", PathContains = "/updates", Kind = new FaultKind.CutConnection() });

        await story.CompleteAsync();
        story.Time.Advance(TimeSpan.FromSeconds(90));
        await story.WorkAsync();
        Assert.Empty(story.World.Bodhi.Updates);
        story.Time.Advance(TimeSpan.FromMinutes(2));
        await story.WorkAsync();

        Assert.Equal((BodhiUpdateStatus.Success, story.Made().Alias), ((await story.UpdateAsync()).Status, (await story.UpdateAsync()).Alias));
    }

    [Fact]
    public async Task An_update_that_somebody_made_is_adopted_and_nothing_is_reported()
    {
        await using var story = await UpdateSteps.BeginAsync(server);
        var issues = await story.ReportAsync();
        story.Koji.TagDelay = null;
        await story.CompleteAsync();
        await story.Koji.TagNowAsync(story.Asked[^1].Id);
        await MakeByHandAsync(story);

        await story.HearAndWorkAsync();

        var update = await story.UpdateAsync();
        Assert.Equal((BodhiUpdateStatus.Skipped, story.Made().Alias, story.Made().Url), (update.Status, update.Alias, update.WebUrl));
        Assert.Equal(BodhiUpdateState.Pending, update.UpdateState);
        Assert.Empty(issues.Issues());
    }

    [Fact]
    public async Task What_bodhi_knows_and_does_not_show_is_adopted_too()
    {
        await using var story = await UpdateSteps.BeginAsync(server);
        story.Koji.TagDelay = null;
        await story.CompleteAsync();
        await story.Koji.TagNowAsync(story.Asked[^1].Id);
        await MakeByHandAsync(story);
        story.World.Faults.Add(new Fault
        {
            Server = Servers.Bodhi, Method = "GET", PathContains = "/updates/?builds", Kind = new FaultKind.Status(
                200, """{"updates": [], "page": 1, "pages": 0, "rows_per_page": 50, "total": 0}""",
                new Dictionary<string, string> { ["Content-Type"] = "application/json" }),
        });

        await story.HearAndWorkAsync();

        Assert.Equal((BodhiUpdateStatus.Skipped, story.Made().Alias), ((await story.UpdateAsync()).Status, (await story.UpdateAsync()).Alias));
    }

    [Fact]
    public async Task A_right_that_is_missing_is_named_with_who_has_to_grant_it()
    {
        await using var story = await UpdateSteps.BeginWithoutRightsAsync(server);
        var issues = await story.ReportAsync();

        await story.CompleteAsync();

        Assert.Equal((BodhiUpdateStatus.Error, "UPDATE_RIGHTS", 1), await StateAsync(story));
        Assert.Contains(
            $"An admin of the package has to give packit commit rights, under 'Users & Groups' of {story.World.DistGit}rpms/hello/settings.",
            (await story.UpdateAsync()).Message, StringComparison.Ordinal);
        Assert.Contains("packit does not have commit access to hello", Assert.Single(issues.Issues()).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_bodhi_refuses_is_reported_with_its_words()
    {
        await using var story = await UpdateSteps.BeginAsync(server, UpdateSteps.Jobs + "  bodhi_extra_params: {type: security}\n");

        await story.CompleteAsync();

        Assert.Equal((BodhiUpdateStatus.Error, "UPDATE_REFUSED", 1), await StateAsync(story));
        Assert.Contains("Must specify severity for a security update", (await story.UpdateAsync()).Message, StringComparison.Ordinal);
        Assert.Null((await story.UpdateAsync()).IntendedAt);
    }

    [Fact]
    public async Task A_build_whose_name_is_only_the_end_of_another_one_is_another_one()
    {
        await using var story = await UpdateSteps.BeginAsync(server, UpdateSteps.Jobs + "  allowed_builders: [jdoe]\n");
        story.Koji.TagDelay = null;

        await story.BuildByHandAsync("jdoe", "hello-1.1-1.fc43");
        await story.BuildByHandAsync("jdoe", "hello-1.1-1.fc43.1");

        Assert.Equal(
            [["hello-1.1-1.fc43"], ["hello-1.1-1.fc43.1"]],
            story.World.Bodhi.Updates.Select(update => update.Builds));
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task Two_nodes_at_one_row_make_one_update(DatabaseProvider provider)
    {
        await using var story = await UpdateSteps.BeginAsync(server, UpdateSteps.Jobs + "  allowed_builders: [jdoe]\n", provider);
        story.Koji.AddForeignBuild(
            UpdateSteps.Nvr, "jdoe", "f43-candidate", $"git+{story.World.DistGit}rpms/hello.git#{story.Package.Branches["f43"]}");
        await story.HearAsync();
        var id = (await story.UpdateAsync()).Id;
        await using var other = story.AnotherNode(new NotedQueue());

        await story.PatientlyAsync(Task.WhenAll(
            story.Handler(BodhiUpdateJob.Kind).RunAsync(id, CancellationToken.None),
            other.GetServices<IJobHandler>().Single(handler => handler.Kind == BodhiUpdateJob.Kind).RunAsync(id, CancellationToken.None)));

        Assert.Equal((BodhiUpdateStatus.Success, story.Made().Alias), ((await story.UpdateAsync()).Status, (await story.UpdateAsync()).Alias));
        Assert.Equal(1, (await story.UpdateAsync()).Attempts);
    }

    [Fact]
    public async Task What_a_worker_left_behind_is_taken_up_when_its_lease_is_over()
    {
        await using var story = await UpdateSteps.BeginAsync(server);
        story.Koji.TagDelay = null;
        await story.CompleteAsync();
        var id = (await story.UpdateAsync()).Id;
        story.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.True(await story.Get<UpdateRows>().TryBeginAsync(id, "the dead", CancellationToken.None));
        await story.Koji.TagNowAsync(story.Asked[^1].Id);
        await story.HearAndWorkAsync();
        Assert.Empty(story.World.Bodhi.Updates);

        story.Time.Advance(UpdateRows.Lease + TimeSpan.FromSeconds(1));
        await story.SweepAsync();

        Assert.Equal((BodhiUpdateStatus.Success, story.Made().Alias), ((await story.UpdateAsync()).Status, (await story.UpdateAsync()).Alias));
    }

    private static async Task<(BodhiUpdateStatus Status, string? Code, int Attempts)> StateAsync(BuildStory story)
    {
        var update = await story.UpdateAsync();
        return (update.Status, update.FailureCode, update.Attempts);
    }

    private static Task MakeByHandAsync(BuildStory story) => story.PatientlyAsync(story.Get<BodhiClient>().CreateUpdateAsync(
        new UpdateDraft { Builds = [UpdateSteps.Nvr], Notes = "By hand." }, CancellationToken.None));
}
