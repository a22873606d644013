using Packit.Automation.Storage;
using Packit.Sandbox;
using Packit.Scenarios.Telling;
using Packit.TestSupport;

namespace Packit.Scenarios.Stories;

/// <summary>Tags, versions and specs that nobody expects, or that somebody made with bad intentions.</summary>
public sealed class OddNameStories(PostgresServer server)
{
    [Theory]
    [InlineData("v1.0;rm")]
    [InlineData("v1.2.3%{lua}")]
    [InlineData("v1.2.3%(id)")]
    [InlineData("v1.2.3$(id)")]
    [InlineData("v1.2.3`id`")]
    [InlineData("v1.2.3|cat")]
    [InlineData("v1.2.3<b>bold</b>")]
    [InlineData("v1.0-ünïcödé")]
    [InlineData("v--upload-pack=id")]
    [InlineData("v1.2.3'\"")]
    [InlineData("long")]
    public async Task A_tag_with_odd_characters_is_refused_with_a_clear_text_and_nothing_is_pushed(string tag)
    {
        tag = tag == "long" ? "v" + new string('1', 200) : tag;
        await using var story = await Story.BeginAsync(server);

        await story.Project.PublishReleaseAsync(new Sandbox.GitHub.ReleaseDraft { Tag = tag, PublishArchive = false });
        await story.SettleAsync();

        await using var database = story.Database();
        var delivery = Assert.Single(database.Deliveries);
        Assert.NotEqual(DeliveryState.Received, delivery.State);
        Assert.NotEqual(DeliveryState.Failed, delivery.State);
        Assert.Empty(await story.Package.PullRequestsAsync());
        Assert.Empty(story.Package.ForkBranches());
        foreach (var target in await story.TargetsAsync())
        {
            Assert.DoesNotContain("inside the service", target.Message, StringComparison.Ordinal);
            Assert.NotEqual(FailureKind.Bug, target.FailureKind);
        }

        Assert.All(story.Project.Issues(), issue => Assert.DoesNotContain("<b>bold", issue.Body, StringComparison.Ordinal));
        Assert.DoesNotContain(story.World.Requests.All, request => request.Crash is not null);
    }

    [Fact]
    public async Task The_issue_about_a_tag_that_fills_its_whole_title_is_opened_all_the_same()
    {
        await using var story = await Story.BeginAsync(server);

        await story.Project.PublishReleaseAsync(new Sandbox.GitHub.ReleaseDraft { Tag = "v" + new string('1', 230), PublishArchive = false });
        await story.SettleAsync();

        Assert.NotEmpty(await story.TargetsAsync());
        var issue = Assert.Single(story.Project.Issues());
        Assert.StartsWith("[packit] Propose downstream failed for release v1111", issue.Title, StringComparison.Ordinal);
        Assert.Contains("You can retrigger the update", issue.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("v1.2.3-rc1", "1.2.3~rc1")]
    [InlineData("v1.2.3+git5", "1.2.3+git5")]
    [InlineData("v2026.01.05", "2026.01.05")]
    public async Task A_version_that_rpm_can_hold_is_proposed(string tag, string version)
    {
        await using var story = await Story.BeginAsync(server, new StoryOptions { Branches = ["rawhide"], ConfiguredBranches = "rawhide" });
        var spec = StoryFiles.Spec(story.World, "1.0.0").Replace("hello/%{name}-%{version}.tar.gz", "hello.tar.gz", StringComparison.Ordinal);
        await story.Project.CommitAsync(new FileSet { ["hello.spec"] = spec }, "One archive");
        story.World.Archives.Publish("hello.tar.gz", "content"u8.ToArray());

        await story.ReleaseAsync(tag);

        var target = await story.TargetAsync("rawhide");
        Assert.Equal((SyncReleaseTargetStatus.Submitted, target.Message), (target.Status, target.Message));
        var text = await story.Package.FileAsync("rawhide-update-propose_downstream", "hello.spec", fork: "packit");
        Assert.Contains($"Version:        {version}\n", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Source0:", "Source0:        https://example.org/%(git describe)/hello.tar.gz", "Source0:        https://example.org/%(git describe)/hello.tar.gz")]
    [InlineData("Version:", "%{lua:print('Version: 1.0')}", "Write the version as text")]
    public async Task A_value_that_only_running_code_would_tell_fails_with_the_line_and_other_branches_go_on(string tag, string line, string told)
    {
        // Where rpm may be asked it tells such values; here it may not.
        var settings = new Dictionary<string, string?> { ["RpmSpec:Use"] = "Never" };
        await using var story = await Story.BeginAsync(server, new StoryOptions { Settings = settings });
        var plain = StoryFiles.Spec(story.World, "1.2.3");
        var usual = plain.Split('\n').Single(text => text.StartsWith(tag, StringComparison.Ordinal));
        var spec = plain.Replace(usual, $"%if 0%{{?fedora}} == 42\n{line}\n%else\n{usual}\n%endif", StringComparison.Ordinal);
        await story.Project.CommitAsync(new FileSet { ["hello.spec"] = spec }, "Be clever on one branch");
        await story.Package.PushCommitAsync("f42", new FileSet { ["hello.spec"] = spec.Replace("1.2.3", "1.0.0", StringComparison.Ordinal) });

        await story.ReleaseAsync();

        var clever = await story.TargetAsync("f42");
        Assert.Equal((SyncReleaseTargetStatus.Error, FailureKind.UserFixable), (clever.Status, clever.FailureKind));
        Assert.Contains(told, story.Check("f42").Summary, StringComparison.Ordinal);
        Assert.Contains("Line ", story.Check("f42").Summary, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("success", story.Check("rawhide").Conclusion);
        Assert.Equal("success", story.Check("f43").Conclusion);
        Assert.Contains("<code>f42</code>", Assert.Single(story.Project.Issues()).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_version_that_a_command_makes_is_written_as_text_and_the_command_is_not_run()
    {
        await using var story = await Story.BeginAsync(server, new StoryOptions { Branches = ["rawhide"], ConfiguredBranches = "rawhide" });
        var canary = Path.Combine(Path.GetTempPath(), $"packit-canary-{Guid.NewGuid():N}");
        await story.Project.CommitAsync(
            new FileSet { ["hello.spec"] = StoryFiles.Spec(story.World, $"%(touch {canary}; echo 1)") }, "Be clever");

        await story.ReleaseAsync();

        Assert.Contains(
            "Version:        1.2.3\n",
            await story.Package.FileAsync("rawhide-update-propose_downstream", "hello.spec", fork: "packit"), StringComparison.Ordinal);
        Assert.False(File.Exists(canary), "The command in the spec was run.");
    }

    [Fact]
    public async Task A_branch_that_does_not_exist_fails_alone_and_works_once_it_is_there()
    {
        await using var story = await Story.BeginAsync(server, new StoryOptions { Branches = ["rawhide", "f43"], ConfiguredBranches = "[rawhide, f43, f99]" });

        await story.ReleaseAsync();

        Assert.Equal(
            "Branch 'f99' does not exist in dist-git of hello. Request the branch, or correct 'dist_git_branches' in the package config.",
            (await story.TargetAsync("f99")).Message);
        Assert.Equal("failure", story.Check("f99").Conclusion);
        Assert.Equal(2, (await story.OpenPullRequestsAsync()).Count);
        var issue = Assert.Single(story.Project.Issues());
        Assert.DoesNotContain("<code>f43</code>", issue.Body, StringComparison.Ordinal);

        await story.Package.CreateBranchAsync("f99");
        await Talk.BeginAsync(story, "/packit propose-downstream", issue: issue.Number);

        Assert.Equal(3, (await story.OpenPullRequestsAsync()).Count);
        Assert.Equal("success", story.Check("f99").Conclusion);
        Assert.Equal("closed", Assert.Single(story.Project.Issues()).State);
    }

    [Fact]
    public async Task A_package_that_does_not_exist_fails_with_its_address()
    {
        await using var story = await Story.BeginAsync(
            server,
            new StoryOptions
            {
                Config = "specfile_path: hello.spec\ndownstream_package_name: nowhere\nupstream_tag_template: v{version}\njobs:\n"
                    + "  - {job: propose_downstream, trigger: release, dist_git_branches: [rawhide]}\n",
            });

        await story.ReleaseAsync();

        Assert.Equal(
            $"The dist-git repository {story.World.DistGit}rpms/nowhere does not exist. Check 'downstream_package_name' in the package config.",
            (await story.TargetAsync("rawhide")).Message);
        Assert.Equal("failure", story.Check("rawhide").Conclusion);
    }
}
