using System.Text;
using System.Text.Json.Nodes;
using Packit.Automation.Intake;
using Packit.Automation.KojiBuild;
using Packit.Automation.Storage;
using Packit.Sandbox;
using Packit.Sandbox.Hosting;
using Packit.TestSupport;

namespace Packit.Automation.Tests.KojiBuild;

/// <summary>Which pushes are built, and what is said about those that are not.</summary>
public sealed class PushConditionTests(PostgresServer server)
{
    [Theory]
    [InlineData("[maint]")]
    [InlineData("['@hello-sig']")]
    [InlineData("[all_admins]")]
    [InlineData("[all_committers]")]
    public async Task A_direct_push_of_an_allowed_committer_is_built(string allowed)
    {
        await using var story = await BuildStory.BeginAsync(server, Job($"allowed_committers: {allowed}"));
        story.World.Pagure.SetGroup("hello-sig", "maint");

        await story.PushAsync("1.1");

        Assert.Equal(KojiBuildStatus.Queued, (await story.BuildAsync()).Status);
    }

    [Theory]
    [InlineData("allowed_committers: [bob]", "maint pushed it directly and is not in 'allowed_committers': bob.")]
    [InlineData("allowed_committers: ['@nobody', '@ghosts']", "maint pushed it directly and is not in 'allowed_committers': @nobody, @ghosts.")]
    [InlineData("allowed_pr_authors: [maint]", "maint pushed it directly and is not in 'allowed_committers': (nobody).")]
    [InlineData("allowed_committers: [maint]\n  packit_instances: [stg]", "'packit_instances' is [stg] and this deployment is prod.")]
    [InlineData("allowed_committers: [maint]\n  manual_trigger: true", "It has 'manual_trigger: true' and nobody asked for it.")]
    [InlineData("allowed_committers: [maint]\n  dist_git_branches: [f42]", "The branch f43 is not among its 'dist_git_branches': f42.")]
    [InlineData("allowed_committers: [maint]\n  sidetag_group: g", "It builds into a side tag ('sidetag_group'), which this service does not do.")]
    [InlineData("allowed_committers: [maint]\n  downstream_package_name: other", "It is for the package other, and this is hello.")]
    public async Task A_push_that_is_not_built_says_why(string settings, string reason)
    {
        await using var story = await BuildStory.BeginAsync(server, Job(settings));
        story.World.Pagure.SetGroup("nobody");

        await story.PushAsync("1.1");

        Assert.Equal([reason], await story.ReasonsAsync());
        Assert.Empty(await story.BuildsAsync());
    }

    [Fact]
    public async Task A_push_that_leaves_the_spec_file_alone_is_not_built()
    {
        await using var story = await BuildStory.BeginAsync(server, Job("allowed_committers: [maint]"));

        await story.Package.PushCommitAsync("f43", new FileSet { ["sources"] = "SHA512 (a) = b\n" });
        await story.HearAsync();

        Assert.Equal(["The push does not change hello.spec."], await story.ReasonsAsync());
    }

    [Theory]
    [InlineData("{label: {present: [ship]}}", "ship", true)]
    [InlineData("{label: {present: [ship]}}", "other", false)]
    [InlineData("{label: {absent: [hold]}}", "hold", false)]
    [InlineData("{label: {absent: [hold]}}", "other", true)]
    public async Task Labels_of_the_merged_pull_request_decide(string require, string label, bool built)
    {
        await using var story = await BuildStory.BeginAsync(server, Job($"require: {require}"));

        await story.MergeAsync("1.1", "f43", label);

        Assert.Equal(built ? 1 : 0, (await story.BuildsAsync()).Count);
    }

    [Fact]
    public async Task The_author_of_the_merged_pull_request_counts_and_not_who_merged_it()
    {
        await using var story = await BuildStory.BeginAsync(server, Job("allowed_pr_authors: [somebody]\n  allowed_committers: [maint, pagure]"));

        await story.MergeAsync("1.1");

        Assert.StartsWith("packit wrote pull request", Assert.Single(await story.ReasonsAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_push_to_a_fork_is_none_of_the_package()
    {
        await using var story = await BuildStory.BeginAsync(server, Job("allowed_committers: [maint, packit]"));

        await story.ProposeAsync("1.1");
        var outcomes = await story.HearAsync();

        Assert.Contains(new DeliveryOutcome.Handled("The push went to a fork."), outcomes);
        Assert.Empty(await story.BuildsAsync());
    }

    [Fact]
    public async Task A_message_that_claims_a_merge_that_never_was_is_taken_for_a_direct_push()
    {
        await using var story = await BuildStory.BeginAsync(server, Job("allowed_pr_authors: [packit]"));
        var (number, _) = await story.MergeAsync("1.1");
        Assert.Single(await story.BuildsAsync());
        var sha = await story.Package.PushCommitAsync("f43", BuildStory.Files("6.6"), pusher: "mallory");

        await ReadLieAsync(story, sha, "f43", number);

        Assert.Single(await story.BuildsAsync());
        Assert.Contains("mallory pushed it directly and is not in 'allowed_committers': (nobody).", await story.ReasonsAsync());
    }

    [Fact]
    public async Task A_commit_that_is_not_on_the_branch_is_not_built()
    {
        await using var story = await BuildStory.BeginAsync(server, Job("allowed_committers: [mallory]"));
        var elsewhere = await story.Package.PushCommitAsync("rawhide", BuildStory.Files("6.6"), pusher: "bob");

        await ReadLieAsync(story, elsewhere, "f43", pull: null);
        await story.WorkAsync();

        var build = await story.BuildAsync();
        Assert.Equal(KojiBuildStatus.Skipped, build.Status);
        Assert.StartsWith($"Commit {elsewhere} is not on the branch f43 any more", build.Message, StringComparison.Ordinal);
        Assert.Empty(story.Asked);
    }

    [Fact]
    public async Task A_commit_that_dist_git_does_not_show_is_looked_for_again_and_then_left_alone()
    {
        await using var story = await BuildStory.BeginAsync(server, Job("allowed_committers: [mallory]"));
        var nowhere = new string('e', 40);

        Assert.IsType<DeliveryOutcome.Later>(await ReadLieAsync(story, nowhere, "f43", pull: null));
        Assert.IsType<DeliveryOutcome.Handled>(await ReadLieAsync(story, nowhere, "f43", pull: null, waited: KojiBuildIntake.Patience));

        Assert.Equal([$"dist-git does not show commit {nowhere}."], await story.ReasonsAsync());
        Assert.Empty(await story.BuildsAsync());
    }

    [Fact]
    public async Task The_author_may_be_one_of_a_group()
    {
        await using var story = await BuildStory.BeginAsync(server, Job("allowed_pr_authors: ['@robots']"));
        story.World.Pagure.SetGroup("robots", "packit");

        await story.MergeAsync("1.1");

        Assert.Single(await story.BuildsAsync());
    }

    [Fact]
    public async Task A_commit_under_the_head_is_built_all_the_same()
    {
        await using var story = await BuildStory.BeginAsync(server, Job("allowed_committers: [maint]"));
        var first = await story.PushAsync("1.1");
        await story.PushAsync("1.2");

        await story.WorkAsync();

        Assert.Equal(["hello-1.1-1.fc43", "hello-1.2-1.fc43"], (await story.BuildsAsync()).Select(build => build.Nvr));
        Assert.Contains(first, story.Asked[0].Request, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_package_without_config_is_looked_up_once_for_a_commit()
    {
        await using var story = await BuildStory.BeginAsync(server, Job(""));
        await story.World.CreatePackageAsync("other", ["rawhide", "f43"], new FileSet { ["other.spec"] = "Name: other\n" });
        var package = story.World.FindPackage("other")!;
        await package.PushCommitAsync("f43", new FileSet { ["other.spec"] = "Name: other\nVersion: 2\n" });
        await story.HearAsync();
        var before = story.World.Requests.Count(Servers.Pagure);

        for (var again = 0; again < 5; again++)
        {
            await ReadLieAsync(story, package.Branches["f43"], "f43", pull: null, name: "other");
        }

        Assert.Equal(before, story.World.Requests.Count(Servers.Pagure));
        Assert.Empty(await story.ReasonsAsync());
    }

    [Fact]
    public async Task The_config_of_the_default_branch_counts_where_the_commit_has_none()
    {
        await using var story = await BuildStory.BeginAsync(server, Job("allowed_committers: [maint]"));
        var package = await story.World.CreatePackageAsync(
            "other",
            new Dictionary<string, FileSet>
            {
                ["rawhide"] = new() { ["other.spec"] = "Name: other\n", [".packit.yaml"] = Job("allowed_committers: [maint]") },
                ["f43"] = new() { ["other.spec"] = "Name: other\n" },
            },
            ["maint"]);

        await package.PushCommitAsync("f43", new FileSet { ["other.spec"] = "Name: other\nVersion: 2\nRelease: 1\n" }, pusher: "maint");
        await story.HearAsync();

        Assert.Single(await story.BuildsAsync());
    }

    [Fact]
    public async Task A_config_that_is_pushed_to_the_default_branch_counts_at_once()
    {
        await using var story = await BuildStory.BeginAsync(server, Job("allowed_committers: [maint]"));
        var package = await story.World.CreatePackageAsync("other", ["rawhide", "f43"], new FileSet { ["other.spec"] = "Name: other\n" }, ["maint"]);
        await package.PushCommitAsync("f43", new FileSet { ["other.spec"] = "Name: other\nVersion: 1\nRelease: 1\n" }, pusher: "maint");
        await story.HearAsync();
        Assert.Empty(await story.BuildsAsync());

        await package.PushCommitAsync("rawhide", new FileSet { [".packit.yaml"] = Job("allowed_committers: [maint]") }, pusher: "maint");
        await package.PushCommitAsync("f43", new FileSet { ["other.spec"] = "Name: other\nVersion: 2\nRelease: 1\n" }, pusher: "maint");
        await story.HearAsync();

        Assert.Single(await story.BuildsAsync());
    }

    private static string Job(string settings) => $"""
        jobs:
        - job: koji_build
          trigger: commit
          {(settings.Contains("dist_git_branches", StringComparison.Ordinal) ? "" : "dist_git_branches: [fedora-all]")}
          {settings}
        """;

    private static async Task<DeliveryOutcome> ReadLieAsync(
        BuildStory story, string commit, string branch, int? pull, string name = "hello", TimeSpan waited = default)
    {
        var body = new JsonObject
        {
            ["agent"] = "mallory", ["branch"] = branch, ["end_commit"] = commit, ["start_commit"] = commit, ["old_commit"] = new string('1', 40),
            ["total_commits"] = 1, ["forced"] = false, ["pull_request_id"] = pull, ["changed_files"] = new JsonObject { [$"{name}.spec"] = "M" },
            ["repo"] = new JsonObject
            {
                ["namespace"] = "rpms", ["name"] = name, ["fullname"] = $"rpms/{name}", ["parent"] = null,
                ["user"] = new JsonObject { ["name"] = "maint" }, ["full_url"] = $"https://src.example/rpms/{name}",
            },
        };
        var delivery = await story.StoreAsync(
            Guid.NewGuid().ToString(), "org.fedoraproject.prod.pagure.git.receive", Encoding.UTF8.GetBytes(body.ToJsonString()));
        delivery.NextAttemptAt = delivery.ReceivedAt + waited;
        return await story.ReadAsync(delivery);
    }
}
