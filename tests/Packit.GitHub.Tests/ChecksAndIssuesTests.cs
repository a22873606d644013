using System.Text.Json;
using Packit.Stub;

namespace Packit.GitHub.Tests;

public class ChecksAndIssuesTests
{
    private const string Checks = "/repos/octo/hello/check-runs";
    private const string Issues = "/repos/octo/hello/issues";

    [Fact]
    public async Task A_check_run_is_made_once_and_then_changed()
    {
        await using var github = await GitHubStub.StartAsync();
        github.Server
            .On("POST " + Checks, StubAnswer.Json(Answers.CheckRun(4), 201))
            .On($"PATCH {Checks}/4", Answers.CheckRun(4, status: "completed"));
        var draft = new CheckRunDraft("propose-downstream:rawhide", GitHubStub.Sha)
        {
            ExternalId = "12", DetailsUrl = new Uri("https://dash.test/1"), Title = "The task was accepted.",
        };

        var made = await github.Repository.CreateCheckRunAsync(draft, GitHubStub.Cancel);
        var changed = await github.Repository.UpdateCheckRunAsync(
            made.Id, draft with { Status = CheckRunStatus.Completed, Conclusion = CheckRunConclusion.Success }, GitHubStub.Cancel);

        Assert.Equal(CheckRunStatus.Completed, changed.Status);
        Assert.Equal(
            $$$"""{"name":"propose-downstream:rawhide","head_sha":"{{{GitHubStub.Sha}}}","status":"queued","details_url":"https://dash.test/1","external_id":"12","output":{"title":"The task was accepted.","summary":""}}""",
            github.Server.RequestsTo("POST " + Checks)[0].Body);
        var patch = github.Server.RequestsTo($"PATCH {Checks}/4")[0].Body;
        Assert.Contains("\"status\":\"completed\",\"conclusion\":\"success\"", patch, StringComparison.Ordinal);
        Assert.DoesNotContain("head_sha", patch, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Remarks_go_along_when_a_check_run_is_made_and_never_again()
    {
        await using var github = await GitHubStub.StartAsync();
        github.Server
            .On("POST " + Checks, StubAnswer.Json(Answers.CheckRun(4), 201))
            .On($"PATCH {Checks}/4", Answers.CheckRun(4, status: "completed"));
        var remark = new CheckAnnotation(".packit.yaml", 6, 6, CheckAnnotationLevel.Failure, "No.") { StartColumn = 14, EndColumn = 14, Title = "t" };
        var draft = new CheckRunDraft("packit:config", GitHubStub.Sha) { Title = "Two", Annotations = [.. Enumerable.Repeat(remark, 60)] };

        await github.Repository.CreateCheckRunAsync(draft, GitHubStub.Cancel);
        await github.Repository.UpdateCheckRunAsync(4, draft, GitHubStub.Cancel);

        using var made = JsonDocument.Parse(github.Server.RequestsTo("POST " + Checks)[0].Body);
        var remarks = made.RootElement.GetProperty("output").GetProperty("annotations");
        Assert.Equal(50, remarks.GetArrayLength());
        Assert.Equal(
            """{"path":".packit.yaml","start_line":6,"end_line":6,"annotation_level":"failure","message":"No.","start_column":14,"end_column":14,"title":"t"}""",
            remarks[0].GetRawText());
        Assert.DoesNotContain("annotations", github.Server.RequestsTo($"PATCH {Checks}/4")[0].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Texts_longer_than_github_takes_are_cut()
    {
        await using var github = await GitHubStub.StartAsync();
        github.Server
            .On("POST " + Checks, StubAnswer.Json(Answers.CheckRun(4), 201))
            .On("POST " + Issues, StubAnswer.Json(Answers.Issue(1), 201))
            .On($"POST /repos/octo/hello/statuses/{GitHubStub.Sha}", StubAnswer.Json("{}", 201));
        var endless = string.Concat(Enumerable.Repeat("🐧", 50_000));

        await github.Repository.CreateCheckRunAsync(new CheckRunDraft("n", GitHubStub.Sha) { Title = "t", Summary = endless }, GitHubStub.Cancel);
        await github.Repository.CreateIssueAsync("t", endless, GitHubStub.Cancel);
        await github.Repository.CreateCommitStatusAsync(
            GitHubStub.Sha, new CommitStatusDraft("packit", CommitState.Pending) { Description = endless }, GitHubStub.Cancel);

        var bodies = github.Server.Requests.Where(request => request.Target.StartsWith("/repos", StringComparison.Ordinal))
            .Select(request => JsonDocument.Parse(request.Body).RootElement).ToArray();
        Assert.Equal(65_535, bodies[0].GetProperty("output").GetProperty("summary").GetString()!.Length);
        Assert.InRange(bodies[1].GetProperty("body").GetString()!.Length, 65_535, 65_536);
        Assert.InRange(bodies[2].GetProperty("description").GetString()!.Length, 139, 140);
        Assert.All(bodies, body => Assert.DoesNotContain("\ufffd", body.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Only_our_own_check_runs_are_found()
    {
        await using var github = await GitHubStub.StartAsync();
        github.Server.On(
            $"GET /repos/octo/hello/commits/{GitHubStub.Sha}/check-runs?check_name=propose-downstream%3Arawhide&filter=latest&per_page=100",
            $$"""{"total_count": 3, "check_runs": [{{Answers.CheckRun(4)}}, {{Answers.CheckRun(6, status: "waiting")}}, {{Answers.CheckRun(5, slug: "other")}}]}""");

        var found = await github.Repository.CheckRunsAsync(GitHubStub.Sha, "propose-downstream:rawhide", GitHubStub.Cancel);
        Assert.Equal([6, 4], found.Select(run => run.Id));
        Assert.Equal(CheckRunStatus.Other, found[0].Status);
    }

    [Fact]
    public async Task Open_issues_come_page_by_page_without_pull_requests()
    {
        await using var github = await GitHubStub.StartAsync();
        const string First = Issues + "?state=open&per_page=100&creator=packit-test%5Bbot%5D";
        github.Server
            .On("GET " + First, StubAnswer.Json($"[{Answers.Issue(3)},{Answers.Issue(2, ", \"pull_request\": {\"url\": \"x\"}")}]").With(("Link", $"<{First}&page=2>; rel=\"next\"")))
            .On($"GET {First}&page=2", $"[{Answers.Issue(1)}]");

        var numbers = await github.Repository.OpenIssuesAsync("packit-test[bot]", GitHubStub.Cancel).Select(issue => issue.Number).ToListAsync(GitHubStub.Cancel);
        Assert.Equal([3, 1], numbers);

        var first = await github.Repository.OpenIssuesAsync("packit-test[bot]", GitHubStub.Cancel).FirstAsync(GitHubStub.Cancel);
        Assert.Equal("packit-test[bot]", first.User!.Login);
        Assert.Single(github.Server.RequestsTo($"GET {First}&page=2"));
    }

    [Fact]
    public async Task An_issue_is_read_closed_and_opened_again()
    {
        await using var github = await GitHubStub.StartAsync();
        github.Server.On($"GET {Issues}/3", Answers.Issue(3)).On($"PATCH {Issues}/3", Answers.Issue(3));

        Assert.Equal(IssueState.Open, (await github.Repository.IssueAsync(3, GitHubStub.Cancel))!.State);
        Assert.Null(await github.Repository.IssueAsync(4, GitHubStub.Cancel));
        await github.Repository.CloseIssueAsync(3, GitHubStub.Cancel);
        await github.Repository.ReopenIssueAsync(3, GitHubStub.Cancel);
        Assert.Equal(
            ["""{"state":"closed"}""", """{"state":"open"}"""],
            github.Server.RequestsTo($"PATCH {Issues}/3").Select(request => request.Body));
    }

    [Fact]
    public async Task Comments_are_listed_written_and_changed()
    {
        await using var github = await GitHubStub.StartAsync();
        var commits = $"/repos/octo/hello/commits/{GitHubStub.Sha}/comments";
        github.Server
            .On($"GET {Issues}/3/comments?per_page=100", $"[{Answers.Comment(10)}]")
            .On($"POST {Issues}/3/comments", StubAnswer.Json(Answers.Comment(11), 201))
            .On($"PATCH {Issues}/comments/11", Answers.Comment(11))
            .On($"GET {commits}?per_page=100", $"[{Answers.Comment(12)}]")
            .On($"POST {commits}", StubAnswer.Json(Answers.Comment(13), 201));

        Assert.Equal(10, (await github.Repository.IssueCommentsAsync(3, GitHubStub.Cancel).SingleAsync(GitHubStub.Cancel)).Id);
        Assert.Equal(11, (await github.Repository.CreateIssueCommentAsync(3, "hi \"x\"", GitHubStub.Cancel)).Id);
        Assert.Equal(11, (await github.Repository.UpdateIssueCommentAsync(11, "new", GitHubStub.Cancel)).Id);
        Assert.Equal(12, (await github.Repository.CommitCommentsAsync(GitHubStub.Sha, GitHubStub.Cancel).SingleAsync(GitHubStub.Cancel)).Id);
        Assert.Equal(13, (await github.Repository.CreateCommitCommentAsync(GitHubStub.Sha, "hi", GitHubStub.Cancel)).Id);
        using var written = JsonDocument.Parse(github.Server.RequestsTo($"POST {Issues}/3/comments")[0].Body);
        Assert.Equal("hi \"x\"", written.RootElement.GetProperty("body").GetString());
    }

    [Theory]
    [InlineData(Reaction.Eyes, "eyes")]
    [InlineData(Reaction.ThumbsUp, "+1")]
    public async Task A_reaction_is_added(Reaction reaction, string content)
    {
        await using var github = await GitHubStub.StartAsync();
        github.Server.On($"POST {Issues}/comments/11/reactions", """{"id": 1}""");
        await github.Repository.AddReactionAsync(11, reaction, GitHubStub.Cancel);
        using var sent = JsonDocument.Parse(github.Server.RequestsTo($"POST {Issues}/comments/11/reactions")[0].Body);
        Assert.Equal(content, sent.RootElement.GetProperty("content").GetString());
    }

    [Theory]
    [InlineData("admin", RepositoryPermission.Admin)]
    [InlineData("write", RepositoryPermission.Write)]
    [InlineData("read", RepositoryPermission.Read)]
    [InlineData("none", RepositoryPermission.None)]
    [InlineData("something-new", RepositoryPermission.None)]
    public async Task The_permission_of_a_person_is_read(string word, RepositoryPermission expected)
    {
        await using var github = await GitHubStub.StartAsync();
        github.Server.On("GET /repos/octo/hello/collaborators/bot%5Bbot%5D/permission", $$"""{"user": {"login": "bot[bot]", "id": 9}, "permission": "{{word}}", "role_name": "x"}""");
        Assert.Equal(expected, await github.Repository.PermissionAsync("bot[bot]", 9, GitHubStub.Cancel));
        Assert.Equal(RepositoryPermission.None, await github.Repository.PermissionAsync("nobody", 9, GitHubStub.Cancel));
        Assert.Equal(RepositoryPermission.None, await github.Repository.PermissionAsync("..", 9, GitHubStub.Cancel));
    }

    [Theory]
    [InlineData("""{"permission": "admin", "user": {"login": "ada", "id": 8}}""", null)]
    [InlineData("""{"permission": "admin", "user": null}""", RepositoryPermission.None)]
    [InlineData("""{"permission": "admin"}""", RepositoryPermission.None)]
    public async Task The_permission_of_whoever_has_the_name_now_is_nobody_elses(string answer, RepositoryPermission? expected)
    {
        await using var github = await GitHubStub.StartAsync();
        github.Server.On("GET /repos/octo/hello/collaborators/ada/permission", answer);

        Assert.Equal(expected, await github.Repository.PermissionAsync("ada", 9, GitHubStub.Cancel));
    }

    [Fact]
    public async Task What_the_App_wrote_is_known_by_the_id_of_its_account_which_is_asked_once()
    {
        await using var github = await GitHubStub.StartAsync();
        github.Server.On("GET /app", """{"id": 5, "slug": "packit-renamed", "name": "Packit", "permissions": {}, "events": []}""");
        github.Server.On("GET /users/packit-renamed%5Bbot%5D", """{"login": "packit-renamed[bot]", "id": 99, "type": "Bot"}""");

        Assert.False(await github.Repository.IsOwnAsync(author: null, GitHubStub.Cancel));
        Assert.False(await github.Repository.IsOwnAsync(new GitHubAccount("ada", 99), GitHubStub.Cancel));
        Assert.Empty(github.Server.RequestsTo("GET /app"));

        Assert.True(await github.Repository.IsOwnAsync(new GitHubAccount("packit-test[bot]", 99, "Bot"), GitHubStub.Cancel));
        Assert.False(await github.Client.Repository(new RepositoryName("octo", "other"), 77).IsOwnAsync(new GitHubAccount("packit-renamed[bot]", 98, "Bot"), GitHubStub.Cancel));
        Assert.Single(github.Server.RequestsTo("GET /app"));
        Assert.Single(github.Server.RequestsTo("GET /users/packit-renamed%5Bbot%5D"));
    }

    [Theory]
    [InlineData("""{"user": {"login": "ada", "id": 9}}""")]
    [InlineData("""{"permission": null, "role_name": "admin", "user": {"login": "ada", "id": 9}}""")]
    [InlineData("""{"permission": 4, "user": {"login": "ada", "id": 9}}""")]
    [InlineData("""{"permission": ["admin"], "user": {"login": "ada", "id": 9}}""")]
    [InlineData("""{"permission": "Admin", "user": {"login": "ada", "id": 9}}""")]
    public async Task A_permission_that_is_no_known_word_grants_nothing(string answer)
    {
        await using var github = await GitHubStub.StartAsync();
        github.Server.On("GET /repos/octo/hello/collaborators/ada/permission", answer);

        Assert.Equal(RepositoryPermission.None, await github.Repository.PermissionAsync("ada", 9, GitHubStub.Cancel));
    }
}
