using System.Net;
using Packit.Http;
using Packit.Stub;

namespace Packit.GitHub.Tests;

public class RefusalTests
{
    private const string Issues = "POST /repos/octo/hello/issues";
    private const string Repo = "GET /repos/octo/hello";

    [Fact]
    public async Task A_missing_permission_is_named_as_github_names_it()
    {
        await using var github = await GitHubStub.StartAsync();
        github.Server.On("POST /repos/octo/hello/check-runs", GitHubStub.Refusal(
            403, "Resource not accessible by integration", ("X-Accepted-GitHub-Permissions", "checks=write")));

        var failed = await Assert.ThrowsAsync<GitHubPermissionException>(
            () => github.Repository.CreateCheckRunAsync(new CheckRunDraft("packit", GitHubStub.Sha), GitHubStub.Cancel));
        Assert.Equal("checks: write", failed.Permission);
        Assert.Equal(RemoteFailure.Forbidden, failed.Failure);
        Assert.Contains("Grant it", failed.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("issues=write,contents=read; pull_requests=write", "issues: write,contents: read or pull_requests: write")]
    [InlineData(null, "issues: write")]
    public async Task A_missing_permission_is_named_from_header_or_call(string? header, string expected)
    {
        await using var github = await GitHubStub.StartAsync();
        (string, string)[] headers = header is null ? [] : [("X-Accepted-GitHub-Permissions", header)];
        github.Server.On(Issues, GitHubStub.Refusal(403, "Resource not accessible by integration", headers));

        var failed = await Assert.ThrowsAsync<GitHubPermissionException>(() => github.Repository.CreateIssueAsync("t", "b", GitHubStub.Cancel));
        Assert.Equal(expected, failed.Permission);
    }

    [Theory]
    [InlineData(404, RemoteFailure.NotFound)]
    [InlineData(409, RemoteFailure.Conflict)]
    [InlineData(410, RemoteFailure.NotFound)]
    [InlineData(422, RemoteFailure.Invalid)]
    [InlineData(451, RemoteFailure.Forbidden)]
    public async Task Refusals_are_typed_and_say_why(int status, RemoteFailure expected)
    {
        await using var github = await GitHubStub.StartAsync();
        github.Server.On(Issues, StubAnswer.Json(
            """{"message": "Validation Failed", "errors": [{"resource": "Issue", "field": "title", "code": "missing_field"}, "and more"]}""", status));

        var failed = await Assert.ThrowsAsync<RemoteException>(() => github.Repository.CreateIssueAsync("t", "b", GitHubStub.Cancel));
        Assert.Equal(expected, failed.Failure);
        Assert.Equal((HttpStatusCode)status, failed.Status);
        Assert.Contains("opening an issue in octo/hello", failed.Message, StringComparison.Ordinal);
        Assert.Contains("Issue title missing_field and more", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Words_of_the_server_are_cleaned_and_cut()
    {
        await using var github = await GitHubStub.StartAsync();
        github.Server.On(Repo, GitHubStub.Refusal(422, "red\\u001b[31m\\nline\\u202e" + new string('x', 5000)));

        var failed = await Assert.ThrowsAsync<RemoteException>(() => github.Repository.GetAsync(GitHubStub.Cancel));
        Assert.DoesNotContain(failed.Message, letter => char.IsControl(letter) || letter == '\u202e');
        Assert.InRange(failed.Message.Length, 300, 400);
    }

    [Fact]
    public async Task A_renamed_repository_is_followed_and_keeps_its_id()
    {
        await using var github = await GitHubStub.StartAsync();
        github.Server
            .On(Repo, StubAnswer.Empty(301).With(("Location", new Uri(github.Server.Root, "repositories/42").AbsoluteUri)))
            .On("GET /repositories/42", GitHubStub.RepositoryJson("octo/world"));

        var facts = await github.Repository.GetAsync(GitHubStub.Cancel);
        Assert.Equal(42, facts.Id);
        Assert.Equal(new RepositoryName("octo", "world"), facts.RepositoryName);
        Assert.Equal("Bearer ghs_1", github.Server.RequestsTo("GET /repositories/42")[0].Header("Authorization"));
    }

    [Fact]
    public async Task A_write_follows_a_redirect_that_keeps_its_method_only()
    {
        await using var github = await GitHubStub.StartAsync();
        github.Server
            .On(Issues, StubAnswer.Empty(307).With(("Location", "/repositories/42/issues")))
            .On("POST /repositories/42/issues", StubAnswer.Json(Answers.Issue(8), 201));
        Assert.Equal(8, (await github.Repository.CreateIssueAsync("t", "b", GitHubStub.Cancel)).Number);

        github.Server.On(Issues, StubAnswer.Empty(301).With(("Location", "/repositories/42/issues")));
        Assert.Equal(RemoteFailure.Unexpected, (await Assert.ThrowsAsync<RemoteException>(() => github.Repository.CreateIssueAsync("t", "b", GitHubStub.Cancel))).Failure);
        Assert.Single(github.Server.RequestsTo("POST /repositories/42/issues"));
    }

    [Theory]
    [InlineData("https://evil.test/repositories/42")]
    [InlineData("//evil.test/x")]
    [InlineData("http://user@127.0.0.1/x")]
    public async Task The_token_is_never_sent_to_another_host(string location)
    {
        await using var github = await GitHubStub.StartAsync();
        github.Server.On(Repo, StubAnswer.Empty(301).With(("Location", location)));

        var failed = await Assert.ThrowsAsync<RemoteException>(() => github.Repository.GetAsync(GitHubStub.Cancel));
        Assert.Equal(RemoteFailure.Unexpected, failed.Failure);
        Assert.Contains("outside", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Redirects_in_a_circle_end()
    {
        await using var github = await GitHubStub.StartAsync();
        github.Server.On(Repo, StubAnswer.Empty(302).With(("Location", "/repos/octo/hello")));

        await Assert.ThrowsAsync<RemoteException>(() => github.Repository.GetAsync(GitHubStub.Cancel));
        Assert.Equal(4, github.Server.RequestsTo(Repo).Count);
    }
}
