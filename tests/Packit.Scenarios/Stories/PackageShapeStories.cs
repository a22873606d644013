using Packit.Automation.Storage;
using Packit.Sandbox;
using Packit.Scenarios.Telling;
using Packit.TestSupport;

namespace Packit.Scenarios.Stories;

/// <summary>Projects of other shapes, and what they may ask for.</summary>
public sealed class PackageShapeStories(PostgresServer server)
{
    private const string Notified = "upstream_tag_template: v{version}\nspecfile_path: hello.spec\ndownstream_package_name: hello\n";
    private const string Job = "jobs:\n  - {job: propose_downstream, trigger: release, dist_git_branches: [rawhide]}\n";

    [Fact]
    public async Task A_repository_with_two_packages_gives_each_its_own_pull_requests_and_checks()
    {
        await using var story = await Story.BeginAsync(server, new StoryOptions
        {
            Config = """
                upstream_tag_template: v{version}
                packages:
                  hello:
                    downstream_package_name: hello
                    paths: [.]
                    specfile_path: hello.spec
                  world:
                    downstream_package_name: world
                    paths: [world]
                    specfile_path: world.spec
                jobs:
                  - job: propose_downstream
                    trigger: release
                    packages: [hello]
                    identifier: first
                    dist_git_branches: [rawhide]
                  - job: propose_downstream
                    trigger: release
                    packages: [world]
                    identifier: second
                    dist_git_branches: [rawhide]
                """,
        });
        var spec = StoryFiles.Spec(story.World, "1.0.0").Replace("hello", "world", StringComparison.Ordinal);
        await story.Project.CommitAsync(new FileSet { ["world/world.spec"] = spec }, "Add the world");
        var world = await story.World.CreatePackageAsync("world", ["rawhide"], new FileSet { ["world.spec"] = spec, ["sources"] = "", [".gitignore"] = "" });
        story.World.Archives.Publish("world/world-1.2.3.tar.gz", "the world"u8.ToArray());
        await story.Service.AgreeAsync(story.Project, "world");

        await story.ReleaseAsync();

        Assert.Equal("Update rawhide to upstream release 1.2.3", Assert.Single(await story.OpenPullRequestsAsync()).Title);
        Assert.Equal("Update rawhide to upstream release 1.2.3", Assert.Single(await world.PullRequestsAsync()).Title);
        Assert.Equal(
            [("propose-downstream:rawhide:first", "success"), ("propose-downstream:rawhide:second", "success")],
            story.Project.CheckRuns().Select(run => (run.Name, run.Conclusion ?? "")).Order());
        Assert.Contains("Version:        1.2.3\n", await world.FileAsync("rawhide-update-propose_downstream", "world.spec", fork: "packit"), StringComparison.Ordinal);
        Assert.Single(story.World.Lookaside.Files("world"));
    }

    [Fact]
    public async Task One_package_that_fails_does_not_hold_up_the_other_and_the_issue_names_it()
    {
        await using var story = await Story.BeginAsync(server, new StoryOptions
        {
            Config = """
                upstream_tag_template: v{version}
                packages:
                  hello: {downstream_package_name: hello, specfile_path: hello.spec}
                  world: {downstream_package_name: world, specfile_path: world.spec}
                jobs:
                  - {job: propose_downstream, trigger: release, dist_git_branches: [rawhide]}
                """,
        });

        await story.ReleaseAsync();

        Assert.Single(await story.OpenPullRequestsAsync());
        Assert.Equal(
            [("propose-downstream:rawhide:hello", "success"), ("propose-downstream:rawhide:world", "failure")],
            story.Project.CheckRuns().Select(run => (run.Name, run.Conclusion ?? "")).Order());
        var issue = Assert.Single(story.Project.Issues());
        Assert.Equal("open", issue.State);
        Assert.Contains("rpms/world.git", issue.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_branch_that_is_merged_fast_forward_into_another_is_proposed_to_both_from_one_working_branch()
    {
        await using var story = await Story.BeginAsync(server, new StoryOptions
        {
            Config = Notified + "jobs:\n  - job: propose_downstream\n    trigger: release\n    dist_git_branches:\n      rawhide:\n        fast_forward_merge_into: [f43]\n",
        });

        await story.ReleaseAsync();

        var pulls = (await story.OpenPullRequestsAsync()).OrderBy(pull => pull.Branch, StringComparer.Ordinal).ToList();
        Assert.Equal(
            [("f43", "Update f43 to upstream release 1.2.3"), ("rawhide", "Update rawhide to upstream release 1.2.3")],
            pulls.Select(pull => (pull.Branch, pull.Title)));
        Assert.Single(pulls.Select(pull => pull.BranchFrom).Distinct());
        Assert.Single(pulls.Select(pull => pull.CommitStop).Distinct());
        Assert.Equal(["propose-downstream:rawhide"], story.Project.CheckRuns().Select(run => run.Name));
        Assert.Equal(2, Assert.Single(await story.TargetsAsync()).PullRequests.Count);

        await story.ReleaseAsync("v1.2.4");
        Assert.Equal(
            ["Update f43 to upstream release 1.2.4", "Update rawhide to upstream release 1.2.4"],
            (await story.Package.PullRequestsAsync()).Select(pull => pull.Title).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Of_several_config_files_the_first_of_the_documented_order_counts()
    {
        await using var story = await Story.BeginAsync(server, new StoryOptions
        {
            UpstreamFiles = new Dictionary<string, string> { [".packit.yml"] = "jobs: [nonsense", ["packit.yaml"] = "jobs: []", ["packit.yml"] = "- no mapping" },
        });

        await story.ReleaseAsync();

        Assert.Equal(3, (await story.OpenPullRequestsAsync()).Count);
        Assert.Empty(story.Project.Issues());
    }

    [Theory]
    [InlineData(".packit.yml")]
    [InlineData("packit.yaml")]
    [InlineData("packit.yml")]
    public async Task A_config_of_any_accepted_name_is_found(string name)
    {
        await using var story = await Story.BeginAsync(server, new StoryOptions { UpstreamFiles = new Dictionary<string, string> { [name] = Notified + Job } });
        await story.Project.CommitAsync(new FileSet { [".packit.yaml"] = FileContent.Removed }, "Rename the config");

        await story.ReleaseAsync();

        Assert.Single(await story.OpenPullRequestsAsync());
    }

    [Fact]
    public async Task A_project_that_wants_no_failure_issue_gets_none()
    {
        await using var story = await Story.BeginAsync(
            server, new StoryOptions { MoreConfig = "notifications: {failure_issue: {create: false}}" });

        await story.ReleaseAsync("release-one");

        Assert.Empty(story.Project.Issues());
        Assert.All(story.Options.Branches, branch => Assert.Equal("failure", story.Check(branch).Conclusion));
        Assert.All(await story.RunsAsync(), run => Assert.Equal(SyncReleaseStatus.Error, run.Status));
    }

    [Fact]
    public async Task The_project_s_own_words_stand_below_the_failure()
    {
        await using var story = await Story.BeginAsync(
            server, new StoryOptions { MoreConfig = "notifications: {failure_comment: {message: 'Ask **us** in the forum.'}}" });

        await story.ReleaseAsync("release-one");

        Assert.Contains("\n\n---\nAsk **us** in the forum.\n", Assert.Single(story.Project.Issues()).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_repository_without_issues_has_its_failures_in_the_checks_alone()
    {
        await using var story = await Story.BeginAsync(server);
        story.Project.HasIssues = false;

        await story.ReleaseAsync("release-one");

        Assert.Empty(story.Project.Issues());
        Assert.All(story.Options.Branches, branch => Assert.Equal("failure", story.Check(branch).Conclusion));
        Assert.All(await story.RunsAsync(), run => Assert.Equal(SyncReleaseStatus.Error, run.Status));
    }
}
