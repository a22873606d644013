using Packit.Automation.Storage;
using Packit.Sandbox;
using Packit.Sandbox.GitHub;
using Packit.Sandbox.Hosting;
using Packit.Scenarios.Telling;
using Packit.TestSupport;

namespace Packit.Scenarios.Stories;

/// <summary>Archives that are not what they should be, or not where they should be.</summary>
public sealed class BadArchiveStories(PostgresServer server)
{
    private const string File = "hello/hello-1.2.3.tar.gz";

    [Fact]
    public async Task A_file_whose_name_does_not_carry_the_version_is_fetched_anew()
    {
        await using var story = await Story.BeginAsync(server, new StoryOptions { Branches = ["rawhide"], ConfiguredBranches = "rawhide" });
        var spec = StoryFiles.Spec(story.World, "1.0.0").Replace("hello/%{name}-%{version}.tar.gz", "latest.tar.gz", StringComparison.Ordinal);
        var old = story.World.Lookaside.Put("hello", "latest.tar.gz", "the old content"u8.ToArray());
        await story.Package.PushCommitAsync("rawhide", new FileSet { ["hello.spec"] = spec, ["sources"] = $"SHA512 (latest.tar.gz) = {old}\n" });
        await story.Project.CommitAsync(new FileSet { ["hello.spec"] = spec }, "Use one name for all archives");
        story.World.Archives.Publish("latest.tar.gz", "the new content"u8.ToArray());

        await story.ReleaseAsync();

        var pull = Assert.Single(await story.OpenPullRequestsAsync());
        var stored = story.World.Lookaside.Files("hello");
        Assert.Equal(2, stored.Count);
        var fresh = Assert.Single(stored, file => file.Hash != old);
        Assert.Equal($"SHA512 (latest.tar.gz) = {fresh.Hash}\n", await story.Package.FileAsync(pull.BranchFrom, "sources", fork: "packit"));
    }

    [Fact]
    public async Task An_archive_that_changes_after_it_was_read_for_a_release_is_refused()
    {
        await using var story = await Story.BeginAsync(server, new StoryOptions { Stepped = true });
        await story.ReleaseAsync();
        var before = story.Package.ForkBranches();
        story.World.Archives.Replace(File, "something else"u8.ToArray());

        story.Time.Forward(TimeSpan.FromMinutes(3));
        await story.Project.PublishReleaseAsync(new ReleaseDraft { Tag = "v1.2.3", PublishArchive = false });
        await story.SettleAsync();

        foreach (var branch in story.Options.Branches)
        {
            var target = await story.TargetAsync(branch);
            Assert.Equal((SyncReleaseTargetStatus.Error, "ARCHIVE_CHANGED"), (target.Status, target.FailureCode));
            Assert.Contains("is not the one that was there before: its SHA512 was ", target.Message, StringComparison.Ordinal);
            Assert.Equal("failure", story.Check(branch).Conclusion);
        }

        Assert.Equal(before, story.Package.ForkBranches());
        Assert.Single(story.World.Lookaside.Files("hello"));
        Assert.Contains("If the change is wanted, make a new release.", Assert.Single(story.Project.Issues()).Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("empty", "The file is empty (zero bytes).")]
    [InlineData("endless", "The file is larger than 100000 bytes.")]
    [InlineData("announced", "The file is larger than 100000 bytes.")]
    [InlineData("private", "10.0.0.1")]
    [InlineData("metadata", "169.254.169.254")]
    [InlineData("file", "file:")]
    public async Task A_bad_archive_is_refused_at_once_with_the_reason(string what, string reason)
    {
        await using var story = await Story.BeginAsync(
            server, new StoryOptions { Settings = new Dictionary<string, string?> { ["Archives:MaxBytes"] = "100000" } });
        switch (what)
        {
            case "empty":
                story.World.Archives.Publish(File, []);
                break;
            case "endless":
                story.World.Archives.PublishEndless(File);
                break;
            case "announced":
                story.World.Archives.Publish(File, new byte[200_000]);
                break;
            case "private":
                story.World.Archives.Redirect(File, new Uri("http://10.0.0.1/hello.tar.gz"));
                break;
            case "metadata":
                story.World.Archives.Redirect(File, new Uri("http://169.254.169.254/latest/meta-data/"));
                break;
            case "file":
                story.World.Archives.Redirect(File, new Uri("file:///etc/passwd"));
                break;
        }

        await story.Project.PublishReleaseAsync(new ReleaseDraft { Tag = "v1.2.3", PublishArchive = false });
        await story.SettleAsync();

        foreach (var branch in story.Options.Branches)
        {
            var target = await story.TargetAsync(branch);
            Assert.Equal((SyncReleaseTargetStatus.Error, "ARCHIVE_REFUSED", 1), (target.Status, target.FailureCode, target.Attempts));
            Assert.Contains(reason, target.Message, StringComparison.Ordinal);
            Assert.Equal("failure", story.Check(branch).Conclusion);
            Assert.Contains(reason, story.Check(branch).Summary, StringComparison.Ordinal);
        }

        Assert.Empty(story.World.Lookaside.Files("hello"));
        Assert.Empty(story.Package.ForkBranches());
        Assert.Contains(reason, Assert.Single(story.Project.Issues()).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redirect_that_goes_round_in_circles_is_refused()
    {
        await using var story = await Story.BeginAsync(server, new StoryOptions { Branches = ["rawhide"], ConfiguredBranches = "rawhide" });
        story.World.Archives.Redirect(File, new Uri(story.World.ArchiveAddress, File));
        await story.Project.PublishReleaseAsync(new ReleaseDraft { Tag = "v1.2.3", PublishArchive = false });
        await story.SettleAsync();

        Assert.Contains("It redirects more than 5 times.", (await story.TargetAsync("rawhide")).Message, StringComparison.Ordinal);
        Assert.Equal(6, story.World.Requests.Count(Servers.Archives));
    }

    [Fact]
    public async Task A_branch_that_waits_for_its_own_archive_does_not_hold_up_the_others()
    {
        await using var story = await Story.BeginAsync(server, new StoryOptions { Stepped = true });
        var spec = StoryFiles.Spec(story.World, "1.2.3").Replace("hello/%{name}", "hello/f%{fedora}/%{name}", StringComparison.Ordinal);
        await story.Project.CommitAsync(new FileSet { ["hello.spec"] = spec }, "One archive for each Fedora");
        story.World.Archives.Publish("hello/f42/hello-1.2.3.tar.gz", "for all"u8.ToArray());
        var rawhide = Enumerable.Range(44, 6).Select(number => $"hello/f{number}/hello-1.2.3.tar.gz").ToList();
        rawhide.ForEach(path => story.World.Archives.Publish(path, "for all"u8.ToArray()));

        await story.Project.PublishReleaseAsync(new ReleaseDraft { Tag = "v1.2.3", PublishArchive = false });
        await story.SettleAsync();

        Assert.Equal(["f42", "rawhide"], (await story.OpenPullRequestsAsync()).Select(pull => pull.Branch).Order(StringComparer.Ordinal));
        Assert.Equal("success", story.Check("f42").Conclusion);
        Assert.StartsWith("Propose downstream is being retried because we were not able yet to download the archive.", story.Check("f43").Title, StringComparison.Ordinal);

        story.World.Archives.Publish("hello/f43/hello-1.2.3.tar.gz", "for all"u8.ToArray());
        await story.ForwardAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(3, (await story.OpenPullRequestsAsync()).Count);
        Assert.All(await story.TargetsAsync(), target => Assert.Equal(target.Branch == "f43" ? 2 : 1, target.Attempts));
    }

    [Fact]
    public async Task A_cache_that_takes_an_archive_and_does_not_give_it_back_stops_the_push()
    {
        await using var story = await Story.BeginAsync(server, new StoryOptions { Stepped = true });
        story.World.Faults.Add(new Fault
        {
            Server = Servers.Lookaside, Method = "HEAD", Times = int.MaxValue, Kind = new FaultKind.Status(404),
        });
        story.World.Faults.Add(new Fault
        {
            Server = Servers.Lookaside, Method = "GET", Times = int.MaxValue, Kind = new FaultKind.Status(404),
        });

        await story.ReleaseAsync();

        Assert.All(await story.TargetsAsync(), target => Assert.Equal((SyncReleaseTargetStatus.Retry, "ARCHIVE_NOT_VERIFIED"), (target.Status, target.FailureCode)));
        Assert.Empty(story.Package.ForkBranches());

        story.World.Faults.Clear();
        await story.ForwardAsync(TimeSpan.FromSeconds(11));
        Assert.Equal(3, (await story.OpenPullRequestsAsync()).Count);
    }
}
