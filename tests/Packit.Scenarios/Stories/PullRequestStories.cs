using Packit.Sandbox;
using Packit.Sandbox.Bugzilla;
using Packit.Scenarios.Telling;
using Packit.TestSupport;

namespace Packit.Scenarios.Stories;

/// <summary>What stands in the pull requests.</summary>
public sealed class PullRequestStories(PostgresServer server)
{
    private static readonly StoryOptions Rawhide = new() { Branches = ["rawhide"], ConfiguredBranches = "rawhide" };

    [Fact]
    public async Task The_pull_request_and_its_commit_say_where_they_come_from_and_what_to_do()
    {
        await using var story = await Story.BeginAsync(server, Rawhide);

        var commit = await story.ReleaseAsync();

        var pull = Assert.Single(await story.OpenPullRequestsAsync());
        Assert.Equal(
            ("Update rawhide to upstream release 1.2.3", "rawhide", "rawhide-update-propose_downstream", "packit"),
            (pull.Title, pull.Branch, pull.BranchFrom, pull.Author));
        var change = Assert.Single(pull.Commits);
        Assert.Equal(("Packit", "hello@packit.dev"), (change.Author, change.AuthorEmail));
        Assert.Equal(
            "Update to 1.2.3 upstream release\n\n"
            + $"Upstream tag: v1.2.3\nUpstream commit: {commit[..8]}\n\n"
            + "Commit authored by Packit automation (https://packit.dev/)",
            change.Message.TrimEnd());
        Assert.StartsWith(
            $"Upstream tag: [v1.2.3]({story.Project.Url}/releases/tag/v1.2.3)\n"
            + $"Upstream commit: [{commit[..8]}]({story.Project.Url}/commit/{commit})\n",
            pull.InitialComment, StringComparison.Ordinal);
        Assert.Contains(
            "If you need to do any change in this pull request, you can clone Packit's fork and push directly to the source branch of this PR "
            + "(provided you have commit access to this repository):\n```\ngit clone ssh://$YOUR_USER@", pull.InitialComment, StringComparison.Ordinal);
        Assert.Contains("cd hello\ngit checkout rawhide-update-propose_downstream\ngit push origin rawhide-update-propose_downstream\n```", pull.InitialComment, StringComparison.Ordinal);
        Assert.Contains(
            "Alternatively, if you already have the package repository cloned, you can just fetch the Packit's fork:\n```\ncd hello\ngit remote add packit ssh://$YOUR_USER@",
            pull.InitialComment, StringComparison.Ordinal);
        Assert.EndsWith(
            $"\n---\nLogs and details of the syncing: [Packit dashboard]({await story.PageAsync("rawhide")})",
            pull.InitialComment!.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_next_release_updates_the_open_pull_request_in_place()
    {
        await using var story = await Story.BeginAsync(server, Rawhide);
        await story.ReleaseAsync();
        var first = Assert.Single(await story.OpenPullRequestsAsync());

        await story.Project.CommitAsync(new FileSet { ["hello.c"] = "int main(void) { return 1; }\n" }, "Work on");
        var commit = await story.ReleaseAsync("v1.3.0");

        var pull = Assert.Single(await story.Package.PullRequestsAsync());
        Assert.Equal((first.Id, "Open", "Update rawhide to upstream release 1.3.0"), (pull.Id, pull.Status, pull.Title));
        Assert.StartsWith($"Upstream tag: [v1.3.0]({story.Project.Url}/releases/tag/v1.3.0)\n", pull.InitialComment, StringComparison.Ordinal);
        Assert.Contains(await story.PageAsync("rawhide"), pull.InitialComment, StringComparison.Ordinal);
        var change = Assert.Single(pull.Commits);
        Assert.Equal("Update to 1.3.0 upstream release", change.Title);
        Assert.Contains($"Upstream commit: {commit[..8]}\n", change.Message, StringComparison.Ordinal);
        var spec = await story.Package.FileAsync(pull.BranchFrom, "hello.spec", fork: "packit");
        Assert.Contains("Version:        1.3.0\n", spec, StringComparison.Ordinal);
        Assert.DoesNotContain("1.2.3", spec, StringComparison.Ordinal);
        var sources = await story.Package.FileAsync(pull.BranchFrom, "sources", fork: "packit");
        Assert.StartsWith("SHA512 (hello-1.3.0.tar.gz) = ", Assert.Single(sources!.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_sync_changelog_the_spec_is_copied_byte_for_byte()
    {
        await using var story = await Story.BeginAsync(server, Rawhide with { MoreConfig = "sync_changelog: true" });
        var upstream = StoryFiles.Spec(
            story.World, "1.2.3", changelog: "* Tue Feb 03 2026 Upstream <dev@upstream.example> - 1.2.3-1\n- Written by hand  \n- Ümläuts and\ttabs")
            .Replace("\n\n%files", "\r\n\r\n%files", StringComparison.Ordinal);
        await story.Project.CommitAsync(new FileSet { ["hello.spec"] = upstream }, "Prepare 1.2.3");

        await story.ReleaseAsync();

        var pull = Assert.Single(await story.OpenPullRequestsAsync());
        Assert.Equal(upstream, await story.Package.FileAsync(pull.BranchFrom, "hello.spec", fork: "packit"));
        Assert.StartsWith("SHA512 (hello-1.2.3.tar.gz) = ", await story.Package.FileAsync(pull.BranchFrom, "sources", fork: "packit"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_autorelease_and_autochangelog_neither_is_touched_and_the_commit_names_the_bugs()
    {
        await using var story = await Story.BeginAsync(server, Rawhide);
        var automatic = StoryFiles.Spec(story.World, "1.0.0", release: "%autorelease", changelog: "%autochangelog");
        await story.Package.PushCommitAsync("rawhide", new FileSet { ["hello.spec"] = automatic }, "Convert to rpmautospec");
        story.World.Bugzilla.File(new BugzillaTicket(2400001, "hello", "hello-1.2.2 is available"));
        story.World.Bugzilla.File(new BugzillaTicket(2400002, "hello", "hello-1.2.3 is available"));
        story.World.Bugzilla.File(new BugzillaTicket(2400003, "hello", "hello-1.2.3 is available") { Status = "CLOSED" });
        story.World.Bugzilla.File(new BugzillaTicket(2400004, "hello-world", "hello-world-1.2.3 is available"));
        story.World.Bugzilla.File(new BugzillaTicket(2400005, "hello", "hello-1.2.3 is available here") { Creator = "somebody@example.org", CreatorName = "Somebody" });

        var commit = await story.ReleaseAsync();

        var pull = Assert.Single(await story.OpenPullRequestsAsync());
        Assert.Equal(
            automatic.Replace("Version:        1.0.0", "Version:        1.2.3", StringComparison.Ordinal),
            await story.Package.FileAsync(pull.BranchFrom, "hello.spec", fork: "packit"));
        Assert.Equal(
            "Update to 1.2.3 upstream release\n\n"
            + "- Resolves: rhbz#2400002\n\n"
            + $"Upstream tag: v1.2.3\nUpstream commit: {commit[..8]}\n\n"
            + "Commit authored by Packit automation (https://packit.dev/)",
            Assert.Single(pull.Commits).Message.TrimEnd());
        Assert.Contains(
            "\nResolves: [rhbz#2400002](https://bugzilla.redhat.com/show_bug.cgi?id=2400002)\n", pull.InitialComment, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changelog_by_hand_names_the_bugs_too()
    {
        await using var story = await Story.BeginAsync(server, Rawhide);
        story.World.Bugzilla.File(new BugzillaTicket(2400002, "hello", "hello-1.2.3 is available"));

        await story.ReleaseAsync();

        var pull = Assert.Single(await story.OpenPullRequestsAsync());
        var spec = await story.Package.FileAsync(pull.BranchFrom, "hello.spec", fork: "packit");
        Assert.Contains(" Packit <hello@packit.dev> - 1.2.3-1\n- Update to version 1.2.3\n- Resolves: rhbz#2400002\n\n* Mon Jan 05 2026", spec, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bugzilla_being_away_holds_no_release_up()
    {
        await using var story = await Story.BeginAsync(server, Rawhide);
        story.World.Faults.Add(new Sandbox.Hosting.Fault
        {
            Server = Sandbox.Hosting.Servers.Bugzilla, Times = int.MaxValue, Kind = new Sandbox.Hosting.FaultKind.Status(503, "<html>maintenance</html>"),
        });

        await story.ReleaseAsync();

        Assert.DoesNotContain("Resolves", Assert.Single(Assert.Single(await story.OpenPullRequestsAsync()).Commits).Message, StringComparison.Ordinal);
        Assert.Equal("success", story.Check("rawhide").Conclusion);
    }
}
