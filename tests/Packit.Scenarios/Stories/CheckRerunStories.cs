using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Packit.Automation.Events;
using Packit.Automation.Reporting;
using Packit.Automation.Storage;
using Packit.Sandbox;
using Packit.Sandbox.GitHub;
using Packit.Sandbox.Hosting;
using Packit.Scenarios.Telling;
using Packit.TestSupport;

namespace Packit.Scenarios.Stories;

/// <summary>Somebody presses <i>Re-run</i> on GitHub: at one check, or at all of a commit.</summary>
public sealed class CheckRerunStories(PostgresServer server)
{
    private const string NotDone = "**Not run again**, as ";

    /// <summary>The package has no branch f43 to begin with.</summary>
    private static readonly StoryOptions Lacking = new() { Stepped = true, Branches = ["rawhide", "f42"] };

    [Fact]
    public async Task A_re_run_of_one_branch_proposes_that_branch_and_no_other()
    {
        await using var story = await Story.BeginAsync(server, Lacking);
        var commit = await FailAsync(story);
        var others = (story.Check("rawhide").History.Count, story.Check("f42").History.Count);

        await story.Project.RerequestCheckAsync("propose-downstream:f43", "maintainer");
        await story.SettleAsync();

        var runs = await story.RunsAsync();
        Assert.Equal([RunTrigger.Release, RunTrigger.CheckRerun], runs.Select(run => run.Trigger));
        Assert.Equal(["f43"], (await story.TargetsAsync()).Where(target => target.RunId == runs[1].Id).Select(target => target.Branch));
        Assert.Equal("success", story.Check("f43").Conclusion);
        Assert.Equal(("completed", "success"), story.Project.CheckSuiteState(commit));
        Assert.Equal(others, (story.Check("rawhide").History.Count, story.Check("f42").History.Count));
        Assert.Equal(["f42", "f43", "rawhide"], (await story.OpenPullRequestsAsync()).Select(pull => pull.Branch).Order());
        Assert.Equal("closed", Assert.Single(story.Project.Issues()).State);
    }

    [Fact]
    public async Task A_re_run_that_is_delivered_again_and_again_is_done_once()
    {
        await using var story = await Story.BeginAsync(server, Lacking);
        await FailAsync(story);

        var delivery = await story.Project.RerequestCheckAsync("propose-downstream:f43", "maintainer");
        await story.World.GitHub.RedeliverAsync(delivery!);
        await story.SettleAsync();
        await story.World.GitHub.RedeliverAsync(delivery!);
        await story.SettleAsync();

        Assert.Equal(2, (await story.RunsAsync()).Count);
        Assert.Equal(3, (await story.OpenPullRequestsAsync()).Count);
    }

    [Fact]
    public async Task A_re_run_that_is_read_again_after_a_crash_starts_nothing_twice()
    {
        await using var story = await Story.BeginAsync(server, Lacking);
        await FailAsync(story);
        await story.Project.RerequestCheckAsync("propose-downstream:f43", "maintainer");
        await story.SettleAsync();
        var world = await Snapshot.TakeAsync(story);
        await using var database = story.Database();
        var delivery = await database.Deliveries.AsNoTracking().SingleAsync(row => row.EventType == "check_run");
        var rerun = Assert.IsType<ServiceEvent.CheckRerequested>(GitHubEvents.Read(delivery));

        await story.Service.Services.GetRequiredService<CheckReruns>().HandleAsync(delivery, rerun, CancellationToken.None);
        await story.SettleAsync();

        Assert.Equal(2, (await story.RunsAsync()).Count);
        Assert.Equal(world, await Snapshot.TakeAsync(story));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_two_jobs_for_one_branch_the_one_that_cannot_start_leaves_no_check_open(bool haveOwnChecks)
    {
        var (first, second) = haveOwnChecks ? ("identifier: one", "identifier: two") : ("update_release: true", "update_release: true");
        await using var story = await Story.BeginAsync(server, new StoryOptions
        {
            Stepped = true, Branches = ["main"],
            Config = $"""
                specfile_path: hello.spec
                downstream_package_name: hello
                upstream_tag_template: v{"{version}"}
                jobs:
                  - {"{"}job: propose_downstream, trigger: release, dist_git_branches: [main], {first}{"}"}
                  - {"{"}job: propose_downstream, trigger: release, {second}{"}"}
                """,
        });
        var commit = await story.ReleaseAsync();
        Assert.Equal(2, (await story.TargetsAsync()).Count(target => target.Branch == "main"));

        // The default branch, which the second job goes to, has another name from now on.
        await story.Package.CreateBranchAsync("rawhide", from: "main");
        await story.ForwardAsync(TimeSpan.FromMinutes(10));
        await story.Project.RerequestAllChecksAsync(commit, "maintainer");
        await story.SettleAsync();

        var runs = await story.RunsAsync();
        Assert.Equal([RunTrigger.Release, RunTrigger.Release, RunTrigger.CheckRerun], runs.Select(run => run.Trigger));
        Assert.Equal("completed", story.Project.CheckSuiteState(commit).Status);
        Assert.All(story.Project.CheckRuns(), check => Assert.Equal("completed", check.Status));
        var refused = story.Project.CheckRuns().Where(check => check.Summary?.Contains(NotDone, StringComparison.Ordinal) == true).ToList();
        if (haveOwnChecks)
        {
            Assert.Equal("propose-downstream:main:two", Assert.Single(refused).Name);
            Assert.Contains("The branch main is not among those of the job today", refused[0].Summary, StringComparison.Ordinal);
        }
        else
        {
            Assert.Empty(refused);
        }
    }

    [Fact]
    public async Task While_dist_git_is_away_the_re_run_waits()
    {
        await using var story = await Story.BeginAsync(server, Lacking);
        await FailAsync(story);
        var isAway = true;
        story.World.Faults.Add(new Fault
        {
            Server = Servers.Pagure, Method = "GET", PathContains = "/git/branches", Kind = new FaultKind.Status(503), Times = int.MaxValue, When = _ => isAway,
        });

        await story.Project.RerequestCheckAsync("propose-downstream:f43", "maintainer");
        await story.SettleAsync();
        Assert.Single(await story.RunsAsync());
        isAway = false;
        await story.ForwardAsync(TimeSpan.FromMinutes(10));

        Assert.Equal(2, (await story.RunsAsync()).Count);
        Assert.Equal("success", story.Check("f43").Conclusion);
    }

    [Fact]
    public async Task A_re_run_of_all_proposes_every_branch_that_is_not_being_worked_on()
    {
        await using var story = await Story.BeginAsync(server, Lacking);
        var commit = await FailAsync(story);

        await story.Project.RerequestAllChecksAsync(commit, "maintainer");
        await story.SettleAsync();

        var runs = await story.RunsAsync();
        Assert.Equal(
            ["f42", "f43", "rawhide"], (await story.TargetsAsync()).Where(target => target.RunId == runs[1].Id).Select(target => target.Branch).Order());
        Assert.All(["rawhide", "f43", "f42"], branch => Assert.Equal("success", story.Check(branch).Conclusion));
        Assert.Equal(("completed", "success"), story.Project.CheckSuiteState(commit));
        Assert.Equal(3, (await story.OpenPullRequestsAsync()).Count);
        Assert.Equal(3, story.Project.CheckRuns().Count);
    }

    [Fact]
    public async Task A_branch_that_is_being_worked_on_is_left_alone_and_its_check_says_so()
    {
        await using var story = await Story.BeginAsync(server, Lacking with { Branches = ["rawhide"] });
        await story.Project.PublishReleaseAsync(new ReleaseDraft { Tag = "v1.2.3", PublishArchive = false });
        await story.SettleAsync();
        var commit = await story.Project.CommitOfTagAsync("v1.2.3");
        Assert.Equal("queued", story.Check("rawhide").Status);
        await story.Package.CreateBranchAsync("f43");

        await story.Project.RerequestAllChecksAsync(commit, "maintainer");
        await story.SettleAsync();

        var runs = await story.RunsAsync();
        Assert.Equal(["f42", "f43"], (await story.TargetsAsync()).Where(target => target.RunId == runs[1].Id).Select(target => target.Branch).Order());
        Assert.Contains(
            NotDone + "maintainer asked: The branch is being worked on already. Its end shows here; run the check again if it does not succeed.",
            story.Check("rawhide").Summary, StringComparison.Ordinal);
        Assert.Equal(["queued", "queued", "completed"], ((string[])["rawhide", "f43", "f42"]).Select(branch => story.Check(branch).Status));
        await story.Project.PublishArchiveAsync("v1.2.3");
        await story.ForwardAsync(TimeSpan.FromMinutes(3));
        Assert.Equal("success", story.Check("rawhide").Conclusion);
        Assert.DoesNotContain(NotDone, story.Check("rawhide").Summary, StringComparison.Ordinal);
        Assert.Equal(("completed", "failure"), story.Project.CheckSuiteState(commit));
    }

    [Theory]
    [InlineData("visitor", "read")]
    [InlineData("visitor", "triage")]
    [InlineData("visitor", "none")]
    public async Task A_re_run_by_somebody_who_may_not_merge_is_refused_in_the_check(string login, string role)
    {
        await using var story = await Story.BeginAsync(server, Lacking);
        story.Project.SetPermission(login, role);
        var commit = await FailAsync(story);

        await story.Project.RerequestCheckAsync("propose-downstream:f43", login);
        Assert.Equal(("queued", null), story.Project.CheckSuiteState(commit));
        await story.SettleAsync();

        var check = story.Check("f43");
        Assert.Contains(
            NotDone + $"{login} asked: Account {login} has no write access! This can be asked for by those who may merge in upstream/hello; "
                + "ask one of them, or for that right.",
            check.Summary, StringComparison.Ordinal);
        Assert.Equal("failure", check.Conclusion);
        Assert.Equal(("completed", "failure"), story.Project.CheckSuiteState(commit));
        Assert.Single(await story.RunsAsync());
        Assert.Empty(Assert.Single(story.Project.Issues()).Comments);
    }

    [Fact]
    public async Task Of_a_refused_re_run_of_all_each_check_says_why()
    {
        await using var story = await Story.BeginAsync(server, Lacking);
        var commit = await FailAsync(story);
        await EnterAsync(story, "127.0.0.1/maintainer", AllowlistStatus.Denied);

        await story.Project.RerequestAllChecksAsync(commit, "maintainer");
        await story.SettleAsync();

        Assert.Single(await story.RunsAsync());
        Assert.All(
            ["rawhide", "f43", "f42"],
            branch => Assert.Contains("User namespace maintainer denied!", story.Check(branch).Summary, StringComparison.Ordinal));
        Assert.Equal(("completed", "failure"), story.Project.CheckSuiteState(commit));
    }

    [Fact]
    public async Task A_project_that_is_not_approved_any_more_cannot_run_its_checks_again()
    {
        await using var story = await Story.BeginAsync(server, Lacking);
        await FailAsync(story);
        await using (var database = story.Database())
        {
            await database.Allowlist.ExecuteUpdateAsync(change => change.SetProperty(row => row.Status, AllowlistStatus.Denied));
        }

        await story.Project.RerequestCheckAsync("propose-downstream:f43", "maintainer");
        await story.SettleAsync();

        Assert.Single(await story.RunsAsync());
        Assert.Contains("127.0.0.1/upstream/hello.git or parent namespaces denied!", story.Check("f43").Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_GitHub_does_not_say_who_may_merge_the_re_run_waits()
    {
        await using var story = await Story.BeginAsync(server, Lacking);
        await FailAsync(story);
        var isAway = true;
        story.World.Faults.Add(new Fault
        {
            Server = Servers.GitHubApi, PathContains = "/collaborators/", Kind = new FaultKind.Status(502), Times = int.MaxValue, When = _ => isAway,
        });

        await story.Project.RerequestCheckAsync("propose-downstream:f43", "maintainer");
        await story.SettleAsync();
        Assert.Single(await story.RunsAsync());
        Assert.DoesNotContain(NotDone, story.Check("f43").Summary, StringComparison.Ordinal);

        isAway = false;
        await story.ForwardAsync(TimeSpan.FromMinutes(10));
        Assert.Equal("success", story.Check("f43").Conclusion);
    }

    [Theory]
    [InlineData("slug")]
    [InlineData("id")]
    [InlineData("sha")]
    [InlineData("bot")]
    public async Task A_check_that_is_not_known_by_its_number_is_never_run_by_its_name(string lie)
    {
        await using var story = await Story.BeginAsync(server, Lacking);
        await FailAsync(story);
        story.World.WebhookTarget = null;
        await story.Project.RerequestCheckAsync("propose-downstream:f43", "maintainer");
        story.World.WebhookTarget = story.Service.Webhook;
        var payload = JsonNode.Parse(story.World.GitHub.Deliveries[^1].Payload)!;
        var check = payload["check_run"]!;
        switch (lie)
        {
            case "slug":
                check["app"]!["slug"] = "another-app";
                break;
            case "id":
                check["id"] = 424242;
                break;
            case "sha":
                check["head_sha"] = new string('a', 40);
                break;
            default:
                payload["sender"]!["type"] = "Bot";
                break;
        }

        var before = story.Check("f43").History.Count;
        await new RawDelivery("check_run", payload.ToJsonString()).SendAsync(story);
        await story.SettleAsync();

        Assert.Single(await story.RunsAsync());
        Assert.Equal(before, story.Check("f43").History.Count);
    }

    [Fact]
    public async Task A_check_of_a_tag_that_was_moved_cannot_be_run_again()
    {
        await using var story = await Story.BeginAsync(server, Lacking);
        await FailAsync(story);
        var moved = await story.Project.CommitAsync(new FileSet { ["news"] = "later\n" }, "Later");
        await story.Project.TagAsync("v1.2.3", moved);

        await story.Project.RerequestCheckAsync("propose-downstream:f43", "maintainer");
        await story.SettleAsync();

        Assert.Single(await story.RunsAsync());
        Assert.Contains($"The tag v1.2.3 points to commit {moved} now", story.Check("f43").Summary, StringComparison.Ordinal);
        Assert.Equal("failure", story.Check("f43").Conclusion);
    }

    [Fact]
    public async Task The_config_of_a_commit_is_read_again()
    {
        await using var story = await Story.BeginAsync(server, new StoryOptions { Stepped = true });
        var commit = await story.Project.PushAsync(new FileSet { [".packit.yaml"] = "jobs: {\n" }, "Break the config");
        await story.SettleAsync();
        var check = story.Project.CheckRuns(commit).Single(run => run.Name == "packit:config");
        Assert.Equal("failure", check.Conclusion);

        await story.Project.RerequestCheckAsync("packit:config", "maintainer");
        Assert.Equal(("queued", null), story.Project.CheckSuiteState(commit));
        await story.SettleAsync();

        var again = story.Project.CheckRuns(commit).Single(run => run.Name == "packit:config");
        Assert.Equal((check.Id, check.Title, check.Annotations.Count), (again.Id, again.Title, again.Annotations.Count));
        Assert.Equal(check.History.Count + 1, again.History.Count);
        Assert.Equal(("completed", "failure"), story.Project.CheckSuiteState(commit));
        Assert.Empty(await story.RunsAsync());
    }

    /// <summary>A release that fails on f43, and what made it fail is gone.</summary>
    private static async Task<string> FailAsync(Story story)
    {
        var commit = await story.ReleaseAsync();
        Assert.Equal(("success", "failure", "success"), (story.Check("rawhide").Conclusion, story.Check("f43").Conclusion, story.Check("f42").Conclusion));
        await story.Package.CreateBranchAsync("f43");
        return commit;
    }

    private static async Task EnterAsync(Story story, string name, AllowlistStatus status)
    {
        await using var database = story.Database();
        database.Allowlist.Add(new AllowlistEntry { Namespace = name, Status = status });
        await database.SaveChangesAsync();
    }
}
