using Packit.Automation.Failures;
using Packit.Automation.Previewing;
using Packit.Sandbox;
using Packit.Sandbox.Hosting;
using Packit.Scenarios.Telling;
using Packit.Service.Commands;
using Packit.TestSupport;

namespace Packit.Scenarios.Stories;

/// <summary>What stands against a release is shown before it is made.</summary>
public sealed class PreviewConflictStories(PostgresServer server)
{
    private static readonly StoryOptions Rawhide = new() { Stepped = true, Branches = ["rawhide"], ConfiguredBranches = "rawhide" };

    [Fact]
    public async Task A_branch_that_is_further_is_left_alone()
    {
        await using var story = await Story.BeginAsync(server, Rawhide);

        var preview = await Preview.AskAsync(story, "--tag", "v0.9.0");

        var branch = preview.Branch("rawhide");
        Assert.Equal((PreviewOutcome.Skip, "1.0.0"), (branch.Outcome, branch.PresentVersion));
        Assert.Equal("Downstream specfile version 1.0.0 is higher than the version to propose (0.9.0). Skipping the update.", branch.Reason);
    }

    [Fact]
    public async Task An_open_proposal_of_a_newer_version_is_seen_by_its_pull_request()
    {
        await using var story = await Story.BeginAsync(server, Rawhide);
        await story.ReleaseAsync("v2.0.0");

        var branch = (await Preview.AskAsync(story, "--tag", "v1.2.3")).Branch("rawhide");

        Assert.Equal(PreviewOutcome.Skip, branch.Outcome);
        Assert.Contains("proposes version 2.0.0, which is higher than 1.2.3", branch.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Commits_of_others_on_the_working_branch_are_named()
    {
        await using var story = await Story.BeginAsync(server, Rawhide);
        await story.ReleaseAsync();
        await story.Package.PushCommitAsync("rawhide-update-propose_downstream", new FileSet { ["fix.patch"] = "a fix\n" }, "Fix the build", fork: "packit");

        var preview = await Preview.AskAsync(story, "--tag", "v1.3.0");

        var branch = preview.Branch("rawhide");
        Assert.Equal((ExitCodes.No, PreviewOutcome.Blocked, FailureCodes.ForeignCommits), (preview.Code, branch.Outcome, branch.Code));
        Assert.Contains("Fix the build", branch.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_branch_or_package_that_does_not_exist_blocks_the_release()
    {
        await using var story = await Story.BeginAsync(server, Rawhide with { ConfiguredBranches = "[rawhide, f41]" });
        var branch = (await Preview.AskAsync(story, "--tag", "v1.2.3")).Branch("f41");
        Assert.Equal((PreviewOutcome.Blocked, FailureCodes.BranchMissing), (branch.Outcome, branch.Code));

        await story.Project.CommitAsync(
            new FileSet { [".packit.yaml"] = Chain.Config("rawhide").Replace("package_name: hello", "package_name: not-there", StringComparison.Ordinal) }, "Rename");
        var preview = await Preview.AskAsync(story, "--tag", "v1.2.3");

        Assert.Equal(ExitCodes.No, preview.Code);
        Assert.Contains("rpms/not-there does not exist", preview.Package.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_build_and_an_update_of_the_same_name_are_seen()
    {
        await using var story = await Chain.BeginAsync(server);
        var task = await Chain.BuildAsync(story);
        await story.World.Koji.FinishAsync(task.Id);
        await story.SettleAsync();
        Assert.NotEmpty(story.World.Bodhi.Updates);

        // The packagers take the release back in dist-git, and forget that it was built.
        await story.Package.PushCommitAsync("f43", new FileSet { ["hello.spec"] = StoryFiles.Spec(story.World, "1.0.0") }, "Back to 1.0.0");
        await story.SettleAsync();
        var branch = (await Preview.AskAsync(story, "--ref", "v1.2.3")).Branch("f43");

        Assert.Equal((PreviewOutcome.Propose, Chain.Nvr), (branch.Outcome, branch.Nvr));
        Assert.Equal((PreviewSign.Bad, PreviewSign.Bad), (branch.Build!.Sign, branch.Update!.Sign));
        Assert.StartsWith($"{Chain.Nvr} is built already", branch.Build.Text, StringComparison.Ordinal);
        Assert.Contains(story.World.Bodhi.Updates[0].Alias, branch.Update.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tag_that_points_elsewhere_is_told()
    {
        await using var story = await Story.BeginAsync(server, Rawhide);
        await story.Project.TagAsync("v1.2.3");
        await story.Project.CommitAsync(new FileSet { ["hello.c"] = "int main(void) { return 1; }\n" }, "Later");

        var preview = await Preview.AskAsync(story, "--tag", "v1.2.3");

        Assert.Contains(preview.Package.Notes, note => note.StartsWith("The tag v1.2.3 is there already, at another commit", StringComparison.Ordinal));
        Assert.Equal(PreviewSourceState.Missing, Assert.Single(preview.Branch("rawhide").Sources).State);
    }

    [Fact]
    public async Task Koji_and_Bodhi_that_are_away_leave_what_they_know_unknown_and_nothing_else()
    {
        await using var story = await Story.BeginAsync(server, Rawhide);
        story.World.Faults.Add(new Fault { Server = Servers.Koji, Times = 1000, Kind = new FaultKind.Status(503) });
        story.World.Faults.Add(new Fault { Server = Servers.Bodhi, Times = 1000, Kind = new FaultKind.Status(503) });

        var preview = await Preview.AskAsync(story, "--tag", "v1.2.3");

        var branch = preview.Branch("rawhide");
        Assert.Equal((ExitCodes.Done, PreviewOutcome.Propose), (preview.Code, branch.Outcome));
        Assert.Equal((PreviewSign.Unknown, PreviewSign.Unknown), (branch.Build!.Sign, branch.Update!.Sign));
        Assert.Contains("+Version:        1.2.3", branch.SpecDiff, StringComparison.Ordinal);
        Assert.Contains(preview.Result.Notes, note => note.StartsWith("Bodhi did not list its releases", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Dist_git_that_is_away_leaves_the_branches_unknown()
    {
        await using var story = await Story.BeginAsync(server, Rawhide);
        story.World.Faults.Add(new Fault { Server = Servers.Pagure, Times = 1000, Kind = new FaultKind.Status(503) });

        var preview = await Preview.AskAsync(story, "--tag", "v1.2.3");

        Assert.Equal((ExitCodes.Unreachable, PreviewVerdict.Unknown), (preview.Code, preview.Result.Verdict));
        Assert.Equal(PreviewOutcome.Unknown, preview.Branch("rawhide").Outcome);
        Assert.True(Assert.Single(preview.Result.Jobs).Matched);
    }

    [Fact]
    public async Task An_upstream_that_is_away_is_told_as_such()
    {
        await using var story = await Story.BeginAsync(server, Rawhide);
        story.World.Faults.Add(new Fault { Server = Servers.GitHubWeb, Times = 1000, Kind = new FaultKind.Status(503) });

        var preview = await Preview.AskAsync(story);

        Assert.Equal((ExitCodes.Unreachable, PreviewProblemKind.Unreachable), (preview.Code, preview.Result.Problem!.Kind));
    }

    [Fact]
    public async Task An_archive_host_that_is_away_leaves_the_archive_unknown()
    {
        await using var story = await Story.BeginAsync(server, Rawhide);
        story.World.Faults.Add(new Fault { Server = Servers.Archives, Times = 1000, Kind = new FaultKind.Status(503) });

        var branch = (await Preview.AskAsync(story, "--tag", "v1.2.3")).Branch("rawhide");

        Assert.Equal((PreviewOutcome.Propose, PreviewSourceState.Unknown), (branch.Outcome, Assert.Single(branch.Sources).State));
    }
}
