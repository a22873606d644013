using Packit.Http;
using Packit.Stub;

namespace Packit.GitHub.Tests;

public class ConditionalTests
{
    private const string FirstPage = "GET /repos/octo/hello/issues/1/comments?per_page=100";

    [Fact]
    public async Task A_list_that_grew_by_a_page_is_seen_to_its_end()
    {
        // The first page is full and stays as it is, with its ETag, when the 101st comment comes.
        await using var github = await GitHubStub.StartAsync();
        var next = $"<{github.Server.Root}repositories/42/issues/1/comments?per_page=100&page=2>; rel=\"next\"";
        var hasSecond = false;
        github.Server.On(FirstPage, request => request.Header("If-None-Match") == "\"full\""
            ? StubAnswer.Empty(304).With(("ETag", "\"full\""))
            : hasSecond ? Comments(1, 100).With(("ETag", "\"full\""), ("Link", next)) : Comments(1, 100).With(("ETag", "\"full\"")));
        github.Server.On("GET /repositories/42/issues/1/comments?per_page=100&page=2", Comments(101, 1));
        Assert.Equal(100, (await github.Repository.IssueCommentsAsync(1, GitHubStub.Cancel).ToListAsync(GitHubStub.Cancel)).Count);

        hasSecond = true;

        Assert.Equal(101, (await github.Repository.IssueCommentsAsync(1, GitHubStub.Cancel).ToListAsync(GitHubStub.Cancel)).Count);
    }

    [Fact]
    public async Task Pages_of_a_list_are_asked_for_conditionally_too()
    {
        await using var github = await GitHubStub.StartAsync();
        github.Server.On(FirstPage, request => request.Header("If-None-Match") == "\"few\""
            ? StubAnswer.Empty(304)
            : Comments(1, 3).With(("ETag", "\"few\"")));

        for (var times = 0; times < 2; times++)
        {
            Assert.Equal(3, (await github.Repository.IssueCommentsAsync(1, GitHubStub.Cancel).ToListAsync(GitHubStub.Cancel)).Count);
        }

        Assert.Equal([null, "\"few\""], github.Server.RequestsTo(FirstPage).Select(request => request.Header("If-None-Match")));
    }

    [Fact]
    public async Task An_installation_never_sees_what_another_one_was_shown()
    {
        await using var github = await GitHubStub.StartAsync();
        github.Server
            .On("GET /repos/octo/hello", StubAnswer.Json(GitHubStub.RepositoryJson()).With(("ETag", "\"v1\"")))
            .On("POST /app/installations/78/access_tokens", _ => StubAnswer.Json(github.TokenJson(), 201));
        await github.Repository.GetAsync(GitHubStub.Cancel);
        github.Server.On("GET /repos/octo/hello", request => request.Header("If-None-Match") is null
            ? GitHubStub.Refusal(404, "Not Found")
            : StubAnswer.Empty(304));

        var other = github.Client.Repository(GitHubStub.Hello, 78);

        Assert.Equal(RemoteFailure.NotFound, (await Assert.ThrowsAsync<RemoteException>(() => other.GetAsync(GitHubStub.Cancel))).Failure);
    }

    private static StubAnswer Comments(int first, int count) => StubAnswer.Json(
        "[" + string.Join(',', Enumerable.Range(first, count).Select(id =>
            $$$"""{"id": {{{id}}}, "html_url": "https://github.test/c{{{id}}}", "body": "b", "user": {"login": "x", "id": 1}, "created_at": "2026-03-01T12:00:00Z", "updated_at": "2026-03-01T12:00:00Z"}""")) + "]");
}
