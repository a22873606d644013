using Microsoft.EntityFrameworkCore;
using Packit.Automation.KojiBuild;
using Packit.Automation.Storage;
using Packit.Sandbox;
using Packit.Sandbox.GitHub;
using Packit.Sandbox.Hosting;
using Packit.TestSupport;

namespace Packit.Automation.Tests.KojiBuild;

/// <summary>What fails is reported in the issue repository, and closed when it is well again.</summary>
public sealed class KojiIssueTests(PostgresServer server)
{
    [Fact]
    public async Task One_issue_of_a_package_collects_its_failures_and_is_closed_when_all_branches_are_built()
    {
        await using var story = await BuildStory.BeginAsync(server, Config("will be replaced"));
        var issues = await IssuesAsync(story);

        await BuildAsync(story, "1.1", "f43", fails: true);
        await BuildAsync(story, "1.1", "rawhide", fails: true);

        var issue = Assert.Single(issues.Issues());
        Assert.Equal("[packit] Fedora Koji build failed: hello", issue.Title);
        Assert.Contains("<code>f43</code>", issue.Body, StringComparison.Ordinal);
        Assert.Contains("no rule to make target", issue.Body, StringComparison.Ordinal);
        Assert.Contains("Fedora Koji build was triggered by push with sha", issue.Body, StringComparison.Ordinal);
        Assert.Contains("<code>rawhide</code>", Assert.Single(issue.Comments).Body, StringComparison.Ordinal);

        await BuildAsync(story, "1.2", "f43", fails: false);
        Assert.Equal("open", Assert.Single(issues.Issues()).State);
        await BuildAsync(story, "1.2", "rawhide", fails: false);
        Assert.Equal("closed", Assert.Single(issues.Issues()).State);
    }

    [Fact]
    public async Task A_hub_that_is_down_is_tried_again_and_then_reported()
    {
        await using var story = await BuildStory.BeginAsync(server, Config("will be replaced"));
        var issues = await IssuesAsync(story);
        story.Koji.IsOffline = true;

        await story.PushAsync("1.1");
        for (var attempt = 0; attempt < 22; attempt++)
        {
            await story.WorkAsync();
            story.Time.Advance(TimeSpan.FromMinutes(30));
        }

        Assert.Equal((KojiBuildStatus.Retry, "REMOTE_AWAY"), ((await story.BuildAsync()).Status, (await story.BuildAsync()).FailureCode));
        Assert.Empty(issues.Issues());
        for (var attempt = 0; attempt < 4; attempt++)
        {
            await story.WorkAsync();
            story.Time.Advance(TimeSpan.FromMinutes(30));
        }

        var build = await story.BuildAsync();
        Assert.Equal((KojiBuildStatus.Error, "REMOTE_AWAY"), (build.Status, build.FailureCode));
        var issue = Assert.Single(issues.Issues());
        Assert.Equal("[packit] Fedora Koji build failed to be triggered: hello", issue.Title);
        Assert.StartsWith("Packit failed on creating Koji build in dist-git (", issue.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_the_app_is_not_installed_the_page_says_so()
    {
        await using var story = await BuildStory.BeginAsync(server, Config("https://github.example/nobody/nothing"));

        await BuildAsync(story, "1.1", "f43", fails: true);

        var build = await story.BuildAsync();
        Assert.Contains("'issue_repository' (https://github.example/nobody/nothing) is not a repository on", build.Message, StringComparison.Ordinal);
        Assert.Equal(KojiBuildStatus.Failure, build.Reported);
    }

    [Fact]
    public async Task A_report_that_is_made_again_after_a_crash_notes_its_trouble_once()
    {
        await using var story = await BuildStory.BeginAsync(server, Config("https://github.example/nobody/nothing"));
        await BuildAsync(story, "1.1", "f43", fails: true);
        await using (var database = story.Get<IPackitDbFactory>().Create())
        {
            await database.Builds.ExecuteUpdateAsync(set => set.SetProperty(row => row.Reported, (KojiBuildStatus?)null));
        }

        await story.Handler(KojiBuildReportJob.KindName).RunAsync((await story.BuildAsync()).Id, CancellationToken.None);

        Assert.Single((await story.BuildAsync()).Message!.Split('\n'), line => line.Contains("is not a repository on", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Issues_of_a_package_with_scratch_builds_only_are_closed_when_they_succeed()
    {
        await using var story = await BuildStory.BeginAsync(server, Config("will be replaced"));
        var issues = await IssuesAsync(story, "scratch: true");

        await BuildAsync(story, "1.1", "f43", fails: true);
        Assert.Equal("open", Assert.Single(issues.Issues()).State);
        await BuildAsync(story, "1.2", "f43", fails: false);

        Assert.Equal("closed", Assert.Single(issues.Issues()).State);
    }

    [Fact]
    public async Task A_success_that_is_told_after_a_later_failure_of_its_branch_leaves_the_issue_open()
    {
        await using var story = await BuildStory.BeginAsync(server, Config("will be replaced"));
        var issues = await IssuesAsync(story);
        await BuildAsync(story, "1.1", "f43", fails: false);
        var first = await story.BuildAsync();
        await BuildAsync(story, "1.2", "f43", fails: true);
        await using (var database = story.Get<IPackitDbFactory>().Create())
        {
            await database.Builds.Where(row => row.Id == first.Id).ExecuteUpdateAsync(set => set.SetProperty(row => row.Reported, (KojiBuildStatus?)null));
        }

        await story.Handler(KojiBuildReportJob.KindName).RunAsync(first.Id, CancellationToken.None);

        Assert.Equal("open", Assert.Single(issues.Issues()).State);
    }

    [Fact]
    public async Task A_flag_that_dist_git_refuses_keeps_nobody_from_reading_the_issue()
    {
        await using var story = await BuildStory.BeginAsync(server, Config("will be replaced"));
        var issues = await IssuesAsync(story);
        story.World.Faults.Add(new Fault { Server = Servers.Pagure, PathContains = "/flag", Times = int.MaxValue, Kind = new FaultKind.Status(400) });

        await BuildAsync(story, "1.1", "f43", fails: true);

        Assert.Equal("[packit] Fedora Koji build failed: hello", Assert.Single(issues.Issues()).Title);
        Assert.Equal(KojiBuildStatus.Failure, (await story.BuildAsync()).Reported);
    }

    private static string Config(string issues, string more = "upload_sources: true") => $"""
        issue_repository: {issues}
        jobs:
        - job: koji_build
          trigger: commit
          dist_git_branches: [fedora-all]
          allowed_committers: [maint]
          {more}
        """;

    private static async Task<UpstreamProject> IssuesAsync(BuildStory story, string more = "upload_sources: true")
    {
        var project = await story.World.CreateUpstreamAsync("octo", "issues", new FileSet { ["README"] = "Issues.\n" });
        foreach (var branch in new[] { "rawhide", "f43" })
        {
            await story.Package.PushCommitAsync(branch, new FileSet { [".packit.yaml"] = Config(project.Url.AbsoluteUri, more) }, "Report", pusher: "bob");
        }

        await story.HearAsync();
        return project;
    }

    private static async Task BuildAsync(BuildStory story, string version, string branch, bool fails)
    {
        await story.PushAsync(version, branch);
        await story.WorkAsync();
        var task = story.Asked[^1].Id;
        await (fails ? story.Koji.FailAsync(task, log: "make: *** no rule to make target") : story.Koji.FinishAsync(task));
        await story.HearAsync();
        await story.WorkAsync();
    }
}
