using Packit.Automation.Previewing;
using Packit.Sandbox;
using Packit.Scenarios.Telling;
using Packit.Service.Commands;
using Packit.TestSupport;

namespace Packit.Scenarios.Stories;

/// <summary>What is shown before a release is made is what the release then does, and showing it changes nothing.</summary>
public sealed class PreviewStories(PostgresServer server)
{
    private static readonly StoryOptions Rawhide = new() { Stepped = true, Branches = ["rawhide"], ConfiguredBranches = "rawhide" };

    [Fact]
    public async Task What_is_previewed_is_what_the_release_then_does()
    {
        await using var story = await Story.BeginAsync(server, new StoryOptions
        {
            Stepped = true, MoreConfig = "files_to_sync: [hello.spec, .packit.yaml]",
        });

        var preview = await Preview.AskAsync(story, "--tag", "v1.2.3");

        Assert.Equal(ExitCodes.Done, preview.Code);
        Assert.Equal(("v1.2.3", PreviewTagSource.Given, "1.2.3"), (preview.Package.Tag, preview.Package.TagSource, preview.Package.Version));
        Assert.Equal(await story.Project.HeadAsync(), preview.Result.Commit);
        Assert.All(preview.Package.Branches, branch => Assert.Equal(PreviewOutcome.Propose, branch.Outcome));

        await story.ReleaseAsync();

        var pulls = await story.OpenPullRequestsAsync();
        Assert.Equal(
            pulls.Select(pull => (pull.Branch, (string?)pull.Title, (string?)pull.BranchFrom)).Order(),
            preview.Package.Branches.Select(branch => (branch.Branch, branch.Title, branch.WorkingBranch)).Order());
        foreach (var branch in preview.Package.Branches)
        {
            var done = await story.TargetAsync(branch.Branch);
            Assert.Equal(OfFile(done.Diff!, "hello.spec"), branch.SpecDiff);
            Assert.Contains(branch.Changelog!, await story.Package.FileAsync(branch.WorkingBranch!, "hello.spec", fork: "packit"), StringComparison.Ordinal);
            Assert.Equal(FilesOf(done.Diff!).Order(), branch.Files.Select(file => file.Path).Append("hello.spec").Order());
        }

        var built = Assert.Single(preview.Package.Branches, branch => branch.Branch == "f43");
        Assert.Equal(Chain.Nvr, built.Nvr);
        Assert.Equal((PreviewSign.Good, PreviewSign.Good), (built.Build!.Sign, built.Update!.Sign));
        var source = Assert.Single(built.Sources);
        Assert.Equal(("hello-1.2.3.tar.gz", PreviewSourceState.NotYet, null), (source.File, source.State, source.Size));
    }

    [Fact]
    public async Task Without_a_tag_the_version_of_the_upstream_spec_counts_and_that_is_said()
    {
        await using var story = await Story.BeginAsync(server, Rawhide);
        await story.Project.CommitAsync(new FileSet { ["hello.spec"] = StoryFiles.Spec(story.World, "1.3.0") }, "Prepare 1.3.0");

        var preview = await Preview.AskAsync(story);
        var text = await Preview.ReadAsync(story);

        Assert.Equal(("v1.3.0", PreviewTagSource.Spec), (preview.Package.Tag, preview.Package.TagSource));
        Assert.Equal("Update rawhide to upstream release 1.3.0", preview.Branch("rawhide").Title);
        Assert.Contains("tag v1.3.0, version 1.3.0: what the upstream spec names; ask with --tag for another", text, StringComparison.Ordinal);
        Assert.Contains("\n      +Version:        1.3.0\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', text);
    }

    [Fact]
    public async Task A_release_that_is_out_shows_its_archive_with_its_size_and_later_that_nothing_is_left_to_do()
    {
        await using var story = await Story.BeginAsync(server, Rawhide);
        story.World.WebhookTarget = null;
        await story.Project.PublishReleaseAsync("v1.2.3");

        var before = await Preview.AskAsync(story, "--ref", "v1.2.3");

        var source = Assert.Single(before.Branch("rawhide").Sources);
        Assert.Equal((PreviewSourceState.There, (long?)story.World.Archives.Read("hello/hello-1.2.3.tar.gz")!.Length), (source.State, source.Size));
        Assert.Equal(PreviewTagSource.Ref, before.Package.TagSource);

        story.World.WebhookTarget = story.Service.Webhook;
        await story.World.GitHub.RedeliverAsync(story.World.GitHub.Deliveries[^1].DeliveryId);
        await story.SettleAsync();
        var pull = Assert.Single(await story.OpenPullRequestsAsync());
        var open = (await Preview.AskAsync(story, "--ref", "v1.2.3")).Branch("rawhide");
        Assert.Equal((PreviewOutcome.Propose, pull.Id, true), (open.Outcome, Assert.Single(open.PullRequests).Id, open.PullRequests[0].IsOurs));

        await story.Package.MergePullRequestAsync(pull.Id);
        await story.SettleAsync();
        var merged = await Preview.AskAsync(story, "--ref", "v1.2.3");

        Assert.Equal(ExitCodes.Done, merged.Code);
        Assert.Equal((PreviewOutcome.UpToDate, "1.2.3"), (merged.Branch("rawhide").Outcome, merged.Branch("rawhide").PresentVersion));
        Assert.True(Assert.Single(merged.Branch("rawhide").Sources).InLookaside);
    }

    [Fact]
    public async Task Jobs_are_shown_with_the_reason_why_they_would_run_or_not()
    {
        await using var story = await Story.BeginAsync(server, Rawhide with { Config = Chain.Config("rawhide", "upstream_tag_include: 'v2\\..*'") });

        var preview = await Preview.AskAsync(story, "--tag", "v1.2.3");

        Assert.Equal(ExitCodes.No, preview.Code);
        Assert.Equal(["propose_downstream", "koji_build", "bodhi_update"], preview.Result.Jobs.Select(job => job.Job));
        Assert.Equal("Tag v1.2.3 does not match upstream_tag_include \"v2\\..*\".", preview.Result.Jobs[0].Reason);
        Assert.Empty(preview.Result.Packages);
        Assert.Equal(ExitCodes.Done, (await Preview.AskAsync(story, "--tag", "v2.0.0")).Code);
    }

    [Fact]
    public async Task A_folder_of_this_machine_is_read_without_asking_its_forge()
    {
        await using var story = await Story.BeginAsync(server, Rawhide);
        var folder = Directory.CreateTempSubdirectory("packit-clone-");
        try
        {
            await Git(folder.FullName, "clone", "--quiet", $"{story.Project.Url}.git", "hello");
            var asked = story.World.Requests.All.Count(request => request.Server == Sandbox.Hosting.Servers.GitHubWeb);

            var (code, text, _) = await Preview.RunAsync(story, "--repo", Path.Combine(folder.FullName, "hello"), "--tag", "v1.2.3", "--json");

            Assert.Equal(ExitCodes.Done, code);
            Assert.Equal(PreviewOutcome.Propose, Assert.Single(PreviewJson.Read(text).Branches).Outcome);
            Assert.Equal(asked, story.World.Requests.All.Count(request => request.Server == Sandbox.Hosting.Servers.GitHubWeb));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("no-such-branch", "has no 'no-such-branch'")]
    [InlineData("0123456789012345678901234567890123456789", "has no '0123456789012345678901234567890123456789'")]
    [InlineData("pull/99/head", "has no 'pull/99/head'")]
    [InlineData("--upload-pack=touch", "is not a name of a branch or tag")]
    [InlineData("a..b", "is not a name of a branch or tag")]
    public async Task A_ref_that_does_not_exist_is_said(string asked, string words)
    {
        await using var story = await Story.BeginAsync(server, Rawhide);

        var (code, text, _) = await Preview.RunAsync(story, "--repo", story.Project.Url.AbsoluteUri, $"--ref={asked}");

        Assert.Equal(ExitCodes.BadInput, code);
        Assert.Contains(words, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_repository_that_does_not_exist_is_said()
    {
        await using var story = await Story.BeginAsync(server, Rawhide);

        var (code, text, _) = await Preview.RunAsync(story, "--repo", $"{story.World.GitHubWeb}nobody/nothing");
        var (local, _, messages) = await Preview.RunAsync(story, "--repo", "no/such/folder");

        Assert.Equal(ExitCodes.BadInput, code);
        Assert.Contains("is not a git repository, or not a public one", text, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.BadInput, local);
        Assert.Contains("neither an https address nor a folder", messages, StringComparison.Ordinal);
    }

    private static async Task Git(string folder, params string[] arguments)
    {
        using var process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("git", arguments) { WorkingDirectory = folder })!;
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
    }

    /// <summary>The part of a diff that is about one file.</summary>
    private static string OfFile(string diff, string path) =>
        "diff --git " + diff.Split("diff --git ").Single(part => part.StartsWith($"a/{path} ", StringComparison.Ordinal));

    private static IEnumerable<string> FilesOf(string diff) =>
        diff.Split("diff --git a/").Skip(1).Select(part => part[..part.IndexOf(' ', StringComparison.Ordinal)]);
}
