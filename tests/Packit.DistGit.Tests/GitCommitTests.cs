using Packit.DistGit.Tests.Servers;

namespace Packit.DistGit.Tests;

public sealed class GitCommitTests : GitStory
{
    [Fact]
    public async Task A_commit_changes_what_it_says_and_nothing_else_and_passes_gits_own_check()
    {
        var upstream = await FetchAsync(Server.Remote("upstream"), new GitWant.Tag("v1.0"));
        var guide = (await Repository.TreeAsync(upstream, Token)).Find("docs/guide.md")!;
        var parent = await FetchAsync(Server.Remote("distgit"), new GitWant.Branch("rawhide"));
        var sha = await Repository.WriteCommitAsync(
            Draft(
                parent,
                Put("hello.spec", "Name: hello\nVersion: 1.0\n"),
                Put("plans/a.fmf", "x\n"),
                Put("tool", "#!/bin/sh\n", executable: true),
                new TreeChange.PutExisting("docs/guide.md", guide.Oid),
                new TreeChange.Delete("tests/run"),
                new TreeChange.Delete("not/there")),
            Token);

        var tree = await Repository.TreeAsync(sha, Token);
        Assert.Equal(["docs/guide.md", "hello.spec", "plans/a.fmf", "sources", "tool"], tree.Entries.Select(static entry => entry.Path));
        Assert.Equal(GitEntryKind.ExecutableFile, tree.Find("tool")?.Kind);
        var facts = await Repository.CommitAsync(sha, Token);
        Assert.Equal([parent], facts.Parents);
        Assert.Equal(Packit, facts.Author);
        Assert.Equal(Packit, facts.Committer);
        Assert.Equal(Date, facts.AuthorDate);
        Assert.Equal("Update to 1.0 upstream release\n\nUpstream tag: v1.0", facts.Message);
        TestGit.Run(Repository.Folder, "--git-dir=.", "fsck", "--strict", sha);
        Assert.Equal(facts.Tree, TestGit.Run(Repository.Folder, "--git-dir=.", "rev-parse", sha + "^{tree}"));
    }

    [Fact]
    public async Task The_same_draft_gives_the_same_commit()
    {
        var parent = await FetchAsync(Server.Remote("distgit"), new GitWant.Branch("rawhide"));
        var first = await Repository.WriteCommitAsync(Draft(parent, Put("a", "1"), Put("b/c", "2")), Token);
        var second = await Repository.WriteCommitAsync(Draft(parent, Put("b/c", "2"), Put("a", "1")), Token);
        Assert.Equal(first, second);
    }

    [Fact]
    public async Task Changes_that_change_nothing_give_the_parent()
    {
        var parent = await FetchAsync(Server.Remote("distgit"), new GitWant.Branch("rawhide"));
        Assert.Equal(parent, await Repository.WriteCommitAsync(
            Draft(parent, Put("hello.spec", "Name: hello\nVersion: 0.9\n"), new TreeChange.Delete("absent"), new TreeChange.Delete("hello.spec/x")), Token));
    }

    [Fact]
    public async Task A_file_and_a_directory_can_take_each_others_place()
    {
        var parent = await FetchAsync(Server.Remote("distgit"), new GitWant.Branch("rawhide"));
        var sha = await Repository.WriteCommitAsync(Draft(parent, Put("tests", "file\n"), Put("sources/list", "x\n")), Token);
        Assert.Equal(["hello.spec", "sources/list", "tests"], (await Repository.TreeAsync(sha, Token)).Entries.Select(static entry => entry.Path));
        TestGit.Run(Repository.Folder, "--git-dir=.", "fsck", "--strict", sha);
    }

    [Fact]
    public async Task Names_are_ordered_as_git_orders_them()
    {
        var parent = await FetchAsync(Server.Remote("distgit"), new GitWant.Branch("rawhide"));
        var sha = await Repository.WriteCommitAsync(
            Draft(parent, Put("a.b", ""), Put("a/x", ""), Put("a0", ""), Put("a-b", ""), Put("Z", ""), Put("ä", ""), Put("z", "")), Token);
        TestGit.Run(Repository.Folder, "--git-dir=.", "fsck", "--strict", sha);
    }

    [Fact]
    public async Task Paths_that_lead_astray_are_refused()
    {
        var parent = await FetchAsync(Server.Remote("distgit"), new GitWant.Branch("rawhide"));
        foreach (var path in (string[])["/etc/passwd", "../x", "a/../../x", "a//b", ".git/config", "a/.GIT/hooks/x", ".git. /x", "git~1/x", "a\nb", ""])
        {
            var failed = await Assert.ThrowsAsync<GitException>(() => Repository.WriteCommitAsync(Draft(parent, Put(path, "x")), Token));
            Assert.Equal(GitFailure.Refused, failed.Kind);
        }
    }

    [Fact]
    public async Task A_line_break_in_a_name_cannot_forge_a_header()
    {
        var parent = await FetchAsync(Server.Remote("distgit"), new GitWant.Branch("rawhide"));
        await Assert.ThrowsAsync<ArgumentException>(() => Repository.WriteCommitAsync(
            Draft(parent, Put("a", "1")) with { Author = new GitIdentity("x\nparent 0", "a@example.org") }, Token));
    }

    [Fact]
    public async Task The_difference_is_shown_as_text_and_cut_where_it_is_long()
    {
        var parent = await FetchAsync(Server.Remote("distgit"), new GitWant.Branch("rawhide"));
        var sha = await Repository.WriteCommitAsync(Draft(parent, Put("hello.spec", "Name: hello\nVersion: 1.0\n")), Token);
        var diff = await Repository.DiffAsync(parent, sha, 10_000, Token);
        Assert.Contains("-Version: 0.9\n+Version: 1.0\n", diff, StringComparison.Ordinal);

        var cut = await Repository.DiffAsync(parent, sha, 100, Token);
        Assert.EndsWith("… the difference is longer than 100 bytes\n", cut, StringComparison.Ordinal);
        Assert.StartsWith("diff --git a/hello.spec b/hello.spec\n", cut, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Commits_of_others_on_a_branch_are_found()
    {
        var start = DistGit.Tip("rawhide");
        DistGit.Git("branch", "work", "rawhide");
        DistGit.Commit("work", "Fix the tests\n\nBy hand.", ("tests/run", "!true\n"));
        var want = new GitWant.Branch("work");
        var tip = (await Repository.FetchAsync(Server.Remote("distgit"), [want], new FetchDepth(10), false, Token))[want]!;
        var others = await Repository.CommitsBetweenAsync(start, tip, 10, Token);
        Assert.Equal("Fix the tests", Assert.Single(others).Title);
        Assert.Equal(new GitIdentity("Ann Example", "ann@example.org"), others[0].Author);
        Assert.Equal(TimeSpan.FromHours(1), others[0].AuthorDate.Offset);
    }
}
