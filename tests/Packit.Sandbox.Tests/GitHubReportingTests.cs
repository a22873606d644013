using System.Text.Json.Nodes;

namespace Packit.Sandbox.Tests;

public sealed class GitHubReportingTests : SandboxStory
{
    [Fact]
    public async Task A_check_run_is_made_once_and_changed_afterwards()
    {
        var project = await UpstreamAsync();
        string sha = await project.HeadAsync(ct: Ct);
        string token = await InstallationTokenAsync();

        var made = await PostAsync("check-runs", token, new JsonObject { ["name"] = "propose-downstream:f43", ["head_sha"] = sha, ["details_url"] = "https://d.example/1" });
        var done = await GitHubAsync("PATCH", $"repos/octo/hello/check-runs/{made.Json["id"]}", token, new JsonObject
        {
            ["conclusion"] = "success", ["output"] = new JsonObject { ["title"] = "Done", ["summary"] = "All well" },
        });

        Assert.Equal((201, "queued"), (made.Status, made.Json["status"]!.ToString()));
        Assert.Equal((200, "completed"), (done.Status, done.Json["status"]!.ToString()));
        var view = Assert.Single(project.CheckRuns(sha));
        Assert.Equal(["queued", "completed"], view.History.Select(moment => moment.Status));
        Assert.Equal(("success", "Done", "https://d.example/1"), (view.Conclusion, view.Title, view.DetailsUrl));
    }

    [Fact]
    public async Task A_second_check_run_of_a_name_hides_the_first_in_the_latest()
    {
        var project = await UpstreamAsync();
        string sha = await project.HeadAsync(ct: Ct);
        string token = await InstallationTokenAsync();
        var body = new JsonObject { ["name"] = "a", ["head_sha"] = sha };
        await PostAsync("check-runs", token, body);
        await PostAsync("check-runs", token, body.DeepClone().AsObject());

        Assert.Equal(1, (int)(await GitHubAsync("GET", $"repos/octo/hello/commits/{sha}/check-runs?check_name=a", token)).Json["total_count"]!);
        Assert.Equal(2, (int)(await GitHubAsync("GET", $"repos/octo/hello/commits/{sha}/check-runs?filter=all", token)).Json["total_count"]!);
    }

    [Fact]
    public async Task A_check_run_that_breaks_the_rules_is_refused()
    {
        var project = await UpstreamAsync();
        string sha = await project.HeadAsync(ct: Ct);
        string token = await InstallationTokenAsync();
        JsonObject With(string field, JsonNode value) => new() { ["name"] = "a", ["head_sha"] = sha, [field] = value };

        Assert.Equal("Invalid request.\n\n\"name\", \"head_sha\" weren't supplied.", (await PostAsync("check-runs", token, new JsonObject())).Message);
        Assert.Equal("No commit found for SHA: " + new string('0', 40), (await PostAsync("check-runs", token, With("head_sha", new string('0', 40)))).Message);
        JsonObject[] bad =
        [
            With("status", "done"), With("status", "completed"), With("conclusion", "great"), With("details_url", "ftp://x"),
            With("output", new JsonObject { ["title"] = "no summary" }),
            With("output", new JsonObject { ["title"] = "t", ["summary"] = new string('x', 65536) }),
        ];
        foreach (var body in bad)
        {
            Assert.Equal(422, (await PostAsync("check-runs", token, body)).Status);
        }

        Assert.Equal("Problems parsing JSON", (await GitHubAsync("POST", "repos/octo/hello/check-runs", token, with: request => request.Content = new StringContent("{"))).Message);
        Assert.Empty(project.CheckRuns());
    }

    [Fact]
    public async Task A_status_keeps_to_its_length_and_the_combined_state_is_the_worst()
    {
        var project = await UpstreamAsync();
        string sha = await project.HeadAsync(ct: Ct);
        string token = await InstallationTokenAsync();

        Assert.Equal(201, (await PostAsync("statuses/" + sha, token, new JsonObject { ["state"] = "success", ["context"] = "a" })).Status);
        Assert.Equal(201, (await PostAsync("statuses/" + sha, token, new JsonObject { ["state"] = "failure", ["context"] = "b" })).Status);
        Assert.Equal(422, (await PostAsync("statuses/" + sha, token, new JsonObject { ["state"] = "success", ["description"] = new string('x', 141) })).Status);
        Assert.Equal(422, (await PostAsync("statuses/" + sha, token, new JsonObject { ["state"] = "fine" })).Status);
        Assert.Equal("failure", (await GitHubAsync("GET", $"repos/octo/hello/commits/{sha}/status", token)).Json["state"]!.ToString());
    }

    [Fact]
    public async Task An_issue_is_opened_commented_edited_and_closed()
    {
        var project = await UpstreamAsync();
        string token = await InstallationTokenAsync();

        var issue = await PostAsync("issues", token, new JsonObject { ["title"] = "[packit] failed", ["body"] = "<!-- marker -->" });
        var comment = await PostAsync("issues/1/comments", token, new JsonObject { ["body"] = "again" });
        await GitHubAsync("PATCH", $"repos/octo/hello/issues/comments/{comment.Json["id"]}", token, new JsonObject { ["body"] = "edited" });
        var closed = await GitHubAsync("PATCH", "repos/octo/hello/issues/1", token, new JsonObject { ["state"] = "closed" });

        Assert.Equal("packit-as-a-service[bot]", issue.Json["user"]!["login"]!.ToString());
        Assert.Equal("Bot", issue.Json["user"]!["type"]!.ToString());
        Assert.Equal("completed", closed.Json["state_reason"]!.ToString());
        var view = Assert.Single(project.Issues());
        Assert.Equal(("closed", "edited"), (view.State, Assert.Single(view.Comments).Body));
        Assert.Empty((await GitHubAsync("GET", "repos/octo/hello/issues", token)).Json.AsArray());
        project.HasIssues = false;
        Assert.Equal(410, (await PostAsync("issues", token, new JsonObject { ["title"] = "t" })).Status);
    }

    [Fact]
    public async Task A_reaction_is_not_repeated()
    {
        var project = await UpstreamAsync();
        int number = await project.OpenIssueAsync("alice", "Help", ct: Ct);
        var (comment, _) = await project.CommentAsync(number, "alice", "/packit propose-downstream", Ct);
        string token = await InstallationTokenAsync();

        Assert.Equal(201, (await PostAsync($"issues/comments/{comment}/reactions", token, new JsonObject { ["content"] = "eyes" })).Status);
        Assert.Equal(200, (await PostAsync($"issues/comments/{comment}/reactions", token, new JsonObject { ["content"] = "eyes" })).Status);
        Assert.Equal(422, (await PostAsync($"issues/comments/{comment}/reactions", token, new JsonObject { ["content"] = "shrug" })).Status);
        Assert.Equal("eyes", Assert.Single(project.Issues()[0].Comments[0].Reactions).Content);
    }

    [Fact]
    public async Task A_comment_has_a_length_and_a_commit_comment_needs_the_right_to_read()
    {
        var project = await UpstreamAsync();
        await project.OpenIssueAsync("alice", "Help", ct: Ct);
        string token = await InstallationTokenAsync();
        string commit = await project.HeadAsync(ct: Ct);

        Assert.Equal(422, (await PostAsync("issues/1/comments", token, new JsonObject { ["body"] = new string('x', 65537) })).Status);
        Assert.Equal(422, (await PostAsync("issues/1/comments", token, new JsonObject { ["body"] = " " })).Status);
        Assert.Equal(201, (await PostAsync($"commits/{commit}/comments", token, new JsonObject { ["body"] = "hi" })).Status);
        World.GitHub.SetAppPermission("octo", "contents", "none");
        Assert.Equal(403, (await PostAsync($"commits/{commit}/comments", await InstallationTokenAsync(), new JsonObject { ["body"] = "hi" })).Status);
        Assert.Equal(("hi", commit), (project.CommitComments()[0].Body, project.CommitComments()[0].Sha));
    }

    private Task<Answer> PostAsync(string path, string token, JsonObject body) => GitHubAsync("POST", "repos/octo/hello/" + path, token, body);
}
