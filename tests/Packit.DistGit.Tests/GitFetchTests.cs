using System.Text;
using Packit.Http;

namespace Packit.DistGit.Tests;

public sealed class GitFetchTests : GitStory
{
    [Fact]
    public async Task A_branch_an_annotated_tag_and_a_commit_are_fetched_alone_without_history()
    {
        var result = await Repository.FetchAsync(
            Server.Remote("distgit"), [new GitWant.Branch("rawhide"), new GitWant.Branch("f43")], FetchDepth.Tip, false, Token);
        Assert.Equal(DistGit.Tip("rawhide"), result[new GitWant.Branch("rawhide")]);
        Assert.Equal(DistGit.Tip("f43"), result[new GitWant.Branch("f43")]);
        Assert.Empty(result.Missing);

        Assert.Equal(Upstream.Tip("rawhide"), await FetchAsync(Server.Remote("upstream"), new GitWant.Tag("v1.0")));
        var older = DistGit.Git("rev-parse", "rawhide~1");
        Assert.Equal(older, await FetchAsync(Server.Remote("distgit"), new GitWant.Commit(older)));
    }

    [Fact]
    public async Task What_a_remote_shows_by_default_and_heads_of_pull_requests_are_fetched()
    {
        Upstream.Git("symbolic-ref", "HEAD", "refs/heads/rawhide");
        Upstream.Git("update-ref", "refs/pull/12/head", "rawhide");

        Assert.Equal(Upstream.Tip("rawhide"), await FetchAsync(Server.Remote("upstream"), new GitWant.Head()));
        Assert.Equal(Upstream.Tip("rawhide"), await FetchAsync(Server.Remote("upstream"), new GitWant.PullRequest(12)));
        var missing = await Repository.FetchAsync(Server.Remote("upstream"), [new GitWant.PullRequest(13)], FetchDepth.Tip, false, Token);
        Assert.Equal([new GitWant.PullRequest(13)], missing.Missing);
    }

    [Fact]
    public async Task History_is_left_out_and_can_be_fetched_later()
    {
        var tip = await FetchAsync(Server.Remote("distgit"), new GitWant.Branch("rawhide"));
        var parent = (await Repository.CommitAsync(tip, Token)).Parents.Single();
        Assert.Equal(GitFailure.NotFound, (await Assert.ThrowsAsync<GitException>(() => Repository.CommitAsync(parent, Token))).Kind);

        await Repository.DeepenAsync(Server.Remote("distgit"), tip, Token);
        Assert.Equal("Import", (await Repository.CommitAsync(parent, Token)).Title);
    }

    [Fact]
    public async Task A_branch_that_does_not_exist_is_reported_and_the_others_come()
    {
        var result = await Repository.FetchAsync(
            Server.Remote("distgit"),
            [new GitWant.Branch("f99"), new GitWant.Branch("rawhide"), new GitWant.Commit(new string('a', 40))],
            FetchDepth.Tip, false, Token);
        Assert.Equal(DistGit.Tip("rawhide"), result[new GitWant.Branch("rawhide")]);
        Assert.Equal([new GitWant.Branch("f99"), new GitWant.Commit(new string('a', 40))], result.Missing.OrderBy(static want => want is GitWant.Commit));
        Assert.Null(result[new GitWant.Branch("f99")]);
    }

    [Fact]
    public async Task The_tree_lists_all_paths_with_their_kinds_and_files_can_be_read()
    {
        Upstream.Commit("rawhide", "More", ("run.sh", "!#!/bin/sh\n"), ("link", "@docs/guide.md"), ("dír/ü.txt", "ü\n"));
        var tip = await FetchAsync(Server.Remote("upstream"), new GitWant.Branch("rawhide"));
        var tree = await Repository.TreeAsync(tip, Token);

        Assert.Equal(["docs/guide.md", "dír/ü.txt", "hello.spec", "link", "run.sh"], tree.Entries.Select(static entry => entry.Path));
        Assert.Equal(GitEntryKind.ExecutableFile, tree.Find("run.sh")?.Kind);
        Assert.Equal("docs/guide.md", tree.Find("link")?.LinkTarget);
        Assert.True(tree.HasDirectory("dír"));
        Assert.Null(tree.Find("docs"));
        Assert.Equal("Read me\n", Encoding.UTF8.GetString(await Repository.ReadAsync(tree.Find("docs/guide.md")!, 100, Token)));
    }

    [Fact]
    public async Task A_file_beyond_the_cap_is_not_read_and_the_next_one_is()
    {
        var tip = await FetchAsync(Server.Remote("upstream"), new GitWant.Branch("rawhide"));
        var tree = await Repository.TreeAsync(tip, Token);
        var failed = await Assert.ThrowsAsync<GitException>(() => Repository.ReadAsync(tree.Find("docs/guide.md")!, 3, Token));
        Assert.Equal(GitFailure.TooLarge, failed.Kind);
        Assert.Equal(12, (await Repository.ReadAsync(tree.Find("hello.spec")!, 12, Token)).Length);
    }

    [Fact]
    public async Task Large_files_stay_away_until_they_are_read()
    {
        var large = string.Concat(Enumerable.Range(0, 500_000).Select(static number => (char)('a' + (number * 7919 % 26))));
        Upstream.Commit("rawhide", "Large", ("data/large.bin", large + large + large));
        var want = new GitWant.Branch("rawhide");
        var tip = (await Repository.FetchAsync(Server.Remote("upstream"), [want], FetchDepth.Tip, withoutLargeBlobs: true, Token))[want]!;
        var tree = await Repository.TreeAsync(tip, Token);
        Assert.Equal(12, (await Repository.ReadAsync(tree.Find("hello.spec")!, 12, Token)).Length);

        var before = Server.Requests.Count;
        Assert.Equal(1_500_000, (await Repository.ReadAsync(tree.Find("data/large.bin")!, 2_000_000, Token)).Length);
        Assert.NotEqual(before, Server.Requests.Count);
        Assert.DoesNotContain("promisor", await File.ReadAllTextAsync(Path.Combine(Repository.Folder, "config"), Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Credentials_go_with_the_first_request_and_never_into_a_message()
    {
        Server.Login = "packit:s3cr3t-t0ken";
        var right = new GitCredentials("packit", new Secret("s3cr3t-t0ken"));
        var tip = await FetchAsync(Server.Remote("distgit", right), new GitWant.Branch("rawhide"));
        Assert.Equal(DistGit.Tip("rawhide"), tip);
        Assert.Single(Server.Requests, static request => request.Contains("info/refs", StringComparison.Ordinal));

        foreach (var credentials in (GitCredentials?[])[null, right with { Password = new Secret("wr0ng-t0ken") }])
        {
            var failed = await Assert.ThrowsAsync<GitException>(
                () => FetchAsync(Server.Remote("distgit", credentials), new GitWant.Branch("f43")));
            Assert.Equal(GitFailure.Unauthorized, failed.Kind);
            Assert.Equal(RemoteFailure.Unauthorized, failed.Failure);
            Assert.DoesNotContain("t0ken", failed.ToString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(404, GitFailure.NotFound)]
    [InlineData(403, GitFailure.Refused)]
    [InlineData(503, GitFailure.Unreachable)]
    [InlineData(302, GitFailure.Refused)]
    public async Task What_the_server_answers_becomes_a_kind_of_failure(int status, GitFailure kind)
    {
        Server.Status = status;
        var failed = await Assert.ThrowsAsync<GitException>(() => FetchAsync(Server.Remote("distgit"), new GitWant.Branch("rawhide")));
        Assert.Equal(kind, failed.Kind);
        Assert.Contains(Server.Remote("distgit").Url.AbsoluteUri, failed.Message, StringComparison.Ordinal);
        Assert.Single(Server.Requests);
    }

    [Fact]
    public async Task Nobody_listening_is_unreachable()
    {
        var failed = await Assert.ThrowsAsync<GitException>(
            () => FetchAsync(new GitRemote(new Uri("http://127.0.0.1:1/x.git")), new GitWant.Branch("rawhide")));
        Assert.Equal(GitFailure.Unreachable, failed.Kind);
        Assert.True(failed.IsTransient);
    }

    [Fact]
    public async Task Addresses_other_than_plain_https_never_reach_git()
    {
        foreach (var url in (string[])["file:///etc", "ssh://host/x.git", "ext::sh", "http://user:pw@127.0.0.1/x.git"])
        {
            var failed = await Assert.ThrowsAsync<GitException>(() => FetchAsync(new GitRemote(new Uri(url)), new GitWant.Branch("rawhide")));
            Assert.Equal(GitFailure.Refused, failed.Kind);
            Assert.DoesNotContain("pw", failed.Message, StringComparison.Ordinal);
        }

        Assert.Equal(0, Program.Started);
    }

    [Fact]
    public async Task An_address_chosen_by_others_is_checked_and_git_is_bound_to_what_was_checked()
    {
        var remote = Server.Remote("distgit");
        var refused = await Assert.ThrowsAsync<GitException>(
            () => FetchAsync(remote with { Egress = EgressPolicy.Public with { AllowHttp = true } }, new GitWant.Branch("rawhide")));
        Assert.Equal(GitFailure.Refused, refused.Kind);
        Assert.Empty(Server.Requests);

        var named = new GitRemote(new UriBuilder(remote.Url) { Host = "localhost" }.Uri, Egress: EgressPolicy.Loopback);
        Assert.Equal(DistGit.Tip("rawhide"), await FetchAsync(named, new GitWant.Branch("rawhide")));
    }

    [Fact]
    public async Task Odd_names_of_branches_never_reach_git()
    {
        string[] names = ["--upload-pack=/bin/false", "-x", "a..b", "a:b", "a*", "refs^{}", "a b", "HEAD", "@", "x.lock", ".hidden/x", "a/", "a\nb", "a\\b", ""];
        foreach (var name in names)
        {
            var failed = await Assert.ThrowsAsync<GitException>(() => FetchAsync(Server.Remote("distgit"), new GitWant.Branch(name)));
            Assert.Equal(GitFailure.Refused, failed.Kind);
        }

        Assert.Equal(0, Program.Started);
        Assert.All(["rawhide", "epel9-next", "v1.2/rc-1", "@scope/pkg@1.0.0", "1.0+git"], static name => Assert.True(GitName.IsRef(name)));
    }

    [Fact]
    public async Task Branches_can_be_listed_without_fetching()
    {
        var found = await Repository.ListRemoteAsync(Server.Remote("distgit"), [new GitWant.Branch("f43"), new GitWant.Branch("hide")], Token);
        Assert.Equal(DistGit.Tip("f43"), found[new GitWant.Branch("f43")]);
        Assert.Single(found);
    }
}
