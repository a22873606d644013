using Packit.Automation.Failures;
using Packit.Automation.Previewing;
using Packit.Sandbox;
using Packit.Scenarios.Telling;
using Packit.Service.Commands;
using Packit.TestSupport;

namespace Packit.Scenarios.Stories;

/// <summary>Whoever opens a pull request chooses what a preview reads: it is looked at, bounded and confined, and kept nowhere.</summary>
public sealed class HostilePreviewStories(PostgresServer server)
{
    private static readonly StoryOptions Rawhide = new() { Stepped = true, Branches = ["rawhide"], ConfiguredBranches = "rawhide" };

    [Fact]
    public async Task The_config_of_a_pull_request_counts_for_its_preview_only()
    {
        await using var story = await Story.BeginAsync(server, Rawhide);
        var number = await story.Project.OpenPullRequestAsync(
            "stranger", new FileSet { [".packit.yaml"] = Chain.Config("rawhide").Replace("v{version}", "release-{version}", StringComparison.Ordinal) }, "Other tags");
        await story.SettleAsync();

        var preview = await Preview.AskAsync(story, "--ref", $"pull/{number}/head", "--tag", "release-1.2.3");

        Assert.Equal((ExitCodes.Done, number, story.Project.HeadOfPullRequest(number)), (preview.Code, preview.Result.PullRequest, preview.Result.Commit));
        Assert.Equal("1.2.3", preview.Package.Version);
        await using var database = story.Database();
        Assert.Empty(database.PackageConfigs);
        Assert.Equal(ExitCodes.No, (await Preview.AskAsync(story, "--tag", "release-1.2.3")).Code);
    }

    [Fact]
    public async Task A_config_that_swells_or_is_none_is_refused_with_its_problems()
    {
        await using var story = await Story.BeginAsync(server, Rawhide);
        var bomb = "a: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: [*d,*d,*d,*d,*d,*d,*d,*d,*d,*d]\n";
        foreach (var config in new[] { bomb, new string('x', 3_000_000), "jobs: [", "!!python/object/apply:os.system [touch /tmp/owned]\n" })
        {
            await story.Project.CommitAsync(new FileSet { [".packit.yaml"] = config }, "Break it");

            var preview = await Preview.AskAsync(story, "--tag", "v1.2.3");

            Assert.Equal((ExitCodes.No, PreviewConfigState.Invalid), (preview.Code, preview.Result.Config!.State));
            Assert.NotEmpty(preview.Result.Config.Problems);
        }
    }

    [Fact]
    public async Task A_commit_without_a_config_would_propose_nothing()
    {
        await using var story = await Story.BeginAsync(server, Rawhide);
        var other = await story.World.CreateUpstreamAsync(Story.Owner, "bare", new FileSet { ["README"] = "Nothing here.\n" });

        var (code, text, _) = await Preview.RunAsync(story, "--repo", other.Url.AbsoluteUri);

        Assert.Equal(ExitCodes.No, code);
        Assert.Contains("none: the commit holds no .packit.yaml", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Code_in_a_spec_reaches_nothing_of_this_machine()
    {
        var mark = Path.Combine(Path.GetTempPath(), $"packit-owned-{Guid.NewGuid():N}");
        await using var story = await Story.BeginAsync(server, Rawhide);
        var spec = StoryFiles.Spec(story.World, $"%(touch {mark}; curl -s {story.World.ArchiveAddress}owned; echo 1.2.3)");
        var number = await story.Project.OpenPullRequestAsync("stranger", new FileSet { ["hello.spec"] = spec }, "Compute the version");

        await Preview.AskAsync(story, "--ref", $"pull/{number}/head", "--tag", "v1.2.3");

        Assert.False(File.Exists(mark));
        Assert.DoesNotContain(story.World.Requests.All, request => request.Path.Contains("owned", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("http://169.254.169.254/latest/meta-data/%{name}-%{version}.tar.gz")]
    [InlineData("http://10.0.0.1/%{name}-%{version}.tar.gz")]
    [InlineData("file:///etc/%{name}-%{version}.tar.gz")]
    public async Task Sources_at_addresses_of_this_network_are_not_looked_at(string address)
    {
        await using var story = await Story.BeginAsync(server, Rawhide);
        var spec = StoryFiles.Spec(story.World, "1.2.3").Replace($"{story.World.ArchiveAddress}hello/%{{name}}-%{{version}}.tar.gz", address, StringComparison.Ordinal);
        var number = await story.Project.OpenPullRequestAsync("stranger", new FileSet { ["hello.spec"] = spec }, "Move the archive");

        var branch = (await Preview.AskAsync(story, "--ref", $"pull/{number}/head", "--tag", "v1.2.3")).Branch("rawhide");

        Assert.True(
            branch.Outcome == PreviewOutcome.Blocked || Assert.Single(branch.Sources).State == PreviewSourceState.Refused,
            $"{branch.Outcome}: {branch.Reason} {string.Join(", ", branch.Sources)}");
    }

    [Fact]
    public async Task Files_outside_of_the_repository_are_not_synced()
    {
        await using var story = await Story.BeginAsync(server, Rawhide);
        var number = await story.Project.OpenPullRequestAsync(
            "stranger", new FileSet { [".packit.yaml"] = Chain.Config("rawhide", "files_to_sync:\n  - src: ../../../../etc/passwd\n    dest: passwd") }, "Sync it");

        var preview = await Preview.AskAsync(story, "--ref", $"pull/{number}/head", "--tag", "v1.2.3");

        var branch = preview.Branch("rawhide");
        Assert.True(branch.Outcome == PreviewOutcome.Blocked ? branch.Code == FailureCodes.PathOutside : branch.Files.All(file => file.Path != "passwd"));
        Assert.DoesNotContain("root:", branch.SpecDiff, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../../../../../../etc/passwd")]
    [InlineData("/etc/passwd")]
    [InlineData(".git/config")]
    public async Task A_spec_outside_of_the_repository_is_not_read(string path)
    {
        await using var story = await Story.BeginAsync(server, Rawhide);
        var number = await story.Project.OpenPullRequestAsync(
            "stranger", new FileSet { [".packit.yaml"] = Chain.Config("rawhide").Replace("specfile_path: hello.spec", $"specfile_path: {path}", StringComparison.Ordinal) }, "Move the spec");

        var (code, text, _) = await Preview.RunAsync(
            story, "--repo", story.Project.Url.AbsoluteUri, "--ref", $"pull/{number}/head", "--tag", "v1.2.3");

        Assert.Equal(ExitCodes.No, code);
        Assert.DoesNotContain("root:", text, StringComparison.Ordinal);
        Assert.DoesNotContain("[core]", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_upstream_that_the_config_of_a_pull_request_names_is_not_called_on()
    {
        await using var story = await Story.BeginAsync(server, Rawhide);
        var number = await story.Project.OpenPullRequestAsync(
            "stranger", new FileSet { [".packit.yaml"] = Chain.Config("rawhide", $"upstream_project_url: {story.World.ArchiveAddress}owned") }, "Point elsewhere");

        await Preview.RunAsync(story, "--repo", story.Project.Url.AbsoluteUri, "--ref", $"pull/{number}/head", "--tag", "v1.2.3");

        Assert.DoesNotContain(story.World.Requests.All, request => request.Path.Contains("owned", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_shown_on_a_terminal_cannot_steer_it()
    {
        await using var story = await Story.BeginAsync(server, Rawhide);
        var spec = StoryFiles.Spec(story.World, "1.2.3").Replace("It says hello.", "It says \u001b]0;owned\u0007hello \u202eolleh.", StringComparison.Ordinal);
        await story.Project.CommitAsync(new FileSet { ["hello.spec"] = spec, [".packit.yaml"] = Chain.Config("rawhide", "sync_changelog: true") }, "Say more");

        var text = await Preview.ReadAsync(story, "--tag", "v1.2.3");

        Assert.Contains("It says ]0;ownedhello olleh.", text, StringComparison.Ordinal);
        Assert.DoesNotContain(text, character => char.IsControl(character) && character != '\n');
        Assert.DoesNotContain('\u202e', text);
    }
}
