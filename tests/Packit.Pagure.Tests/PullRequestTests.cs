using Packit.Http;
using Packit.Stub;

namespace Packit.Pagure.Tests;

public class PullRequestTests
{
    private const string Api = "/api/0/rpms/libfoo++";

    [Fact]
    public async Task Lists_are_paged_by_number_and_never_by_the_links_in_the_answer()
    {
        await using var pagure = await PagureStub.StartAsync();
        const string List = $"GET {Api}/pull-requests?status=Open&per_page=100&author=packit&page=";
        const string Pagination = """
            "pagination": {"page": 1, "pages": 2, "per_page": 100, "next": "https://evil.test/api/0/x?page=2", "prev": null, "first": "x", "last": "x"}
            """;
        pagure.Server
            .On(List + "1", $$"""{"requests": [{{PagureStub.PullRequest(3)}}, {{PagureStub.PullRequest(2, "f43")}}], "args": {}, {{Pagination}}}""")
            .On(List + "2", $$"""{"requests": [{{PagureStub.PullRequest(1, "f42")}}], "args": {}, {{Pagination}}}""");

        var branches = await pagure.Client.PullRequestsAsync(PagureStub.Package, PullRequestFilter.Open, "packit", PagureStub.Cancel)
            .Select(pull => pull.Branch).ToListAsync(PagureStub.Cancel);
        Assert.Equal(["rawhide", "f43", "f42"], branches);
        Assert.Equal(2, pagure.Server.Requests.Count);
    }

    [Fact]
    public async Task A_pull_request_is_read_and_what_pagure_wrote_itself_is_marked()
    {
        await using var pagure = await PagureStub.StartAsync();
        pagure.Server
            .On($"GET {Api}/pull-request/7", PagureStub.PullRequest(7))
            .On($"GET {Api}/pull-request/8", PagureStub.Refusal(404, "ENOREQ", "Pull-Request not found"));

        var pull = await pagure.Client.PullRequestAsync(PagureStub.Package, 7, PagureStub.Cancel);
        Assert.Equal(("rawhide-update", PagureStub.Sha, "packit"), (pull!.BranchFrom, pull.CommitStop, pull.User.Name));
        Assert.Equal(PagureStub.Fork, pull.RepoFrom!.Project);
        Assert.Equal([false, true], pull.Comments.Select(comment => comment.Notification));
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1795328673657).AddTicks(2020), pull.DateCreated);
        Assert.Null(await pagure.Client.PullRequestAsync(PagureStub.Package, 8, PagureStub.Cancel));
    }

    [Fact]
    public async Task A_pull_request_is_made_from_the_fork()
    {
        await using var pagure = await PagureStub.StartAsync();
        pagure.Server.On($"POST {Api}/pull-request/new", PagureStub.PullRequest(7));

        var draft = new PullRequestDraft("Update to 1.0", "a & b\nc", "rawhide", "rawhide-update", PagureStub.Fork);
        Assert.Equal(7, (await pagure.Client.CreatePullRequestAsync(PagureStub.Package, draft, PagureStub.Cancel)).Id);
        Assert.Equal(
            "title=Update+to+1.0&initial_comment=a+%26+b%0Ac&branch_to=rawhide&branch_from=rawhide-update"
            + "&repo_from=libfoo%2B%2B&repo_from_username=packit&repo_from_namespace=rpms",
            pagure.Server.Requests[0].Body);
        Assert.Equal("application/x-www-form-urlencoded", pagure.Server.Requests[0].Header("Content-Type"));
    }

    [Fact]
    public async Task A_pull_request_is_changed_commented_and_closed()
    {
        await using var pagure = await PagureStub.StartAsync();
        pagure.Server
            .On($"POST {Api}/pull-request/7", PagureStub.PullRequest(7))
            .On($"POST {Api}/pull-request/7/comment", """{"message": "Comment added"}""")
            .On($"POST {Api}/pull-request/7/close", """{"message": "Pull-request closed!"}""");

        await pagure.Client.UpdatePullRequestAsync(PagureStub.Package, 7, "t", "d", PagureStub.Cancel);
        await pagure.Client.CommentAsync(PagureStub.Package, 7, "/packit build", PagureStub.Cancel);
        await pagure.Client.ClosePullRequestAsync(PagureStub.Package, 7, PagureStub.Cancel);
        Assert.Equal(["title=t&initial_comment=d", "comment=%2Fpackit+build", ""], pagure.Server.Requests.Select(request => request.Body));
    }

    [Fact]
    public async Task A_flag_keeps_its_identity_so_that_it_is_changed_and_not_added()
    {
        await using var pagure = await PagureStub.StartAsync();
        pagure.Server
            .OnEach(
                $"POST {Api}/pull-request/7/flag",
                StubAnswer.Json("""{"flag": {}, "message": "Flag added", "uid": "x"}"""),
                StubAnswer.Json("""{"flag": {}, "message": "Flag updated", "uid": "x"}"""))
            .On($"POST {Api}/c/{PagureStub.Sha}/flag", """{"flag": {}, "message": "Flag added", "uid": "x"}""");
        var flag = new PagureFlag("Packit", "building", new Uri("https://dash.test/1"), PagureFlagStatus.Pending, PagureFlag.UidOf("koji-build:f43")) { Percent = 0 };

        Assert.True(await pagure.Client.FlagPullRequestAsync(PagureStub.Package, 7, flag, PagureStub.Cancel));
        Assert.False(await pagure.Client.FlagPullRequestAsync(PagureStub.Package, 7, flag with { Status = PagureFlagStatus.Success, Percent = null }, PagureStub.Cancel));
        Assert.True(await pagure.Client.FlagCommitAsync(PagureStub.Package, PagureStub.Sha, flag, PagureStub.Cancel));
        Assert.Equal(32, flag.Uid.Length);
        Assert.Equal(
            $"username=Packit&comment=building&url=https%3A%2F%2Fdash.test%2F1&status=pending&percent=0&uid={flag.Uid}", pagure.Server.Requests[0].Body);
        Assert.DoesNotContain("percent", pagure.Server.Requests[1].Body, StringComparison.Ordinal);
    }

    [Fact]
    public void The_identity_of_a_flag_comes_from_the_name_of_its_check() =>
        Assert.Equal("ba7816bf8f01cfea414140de5dae2223", PagureFlag.UidOf("abc"));
}
