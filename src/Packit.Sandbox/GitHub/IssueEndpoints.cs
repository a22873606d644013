using System.Globalization;
using System.Text.Json.Nodes;

namespace Packit.Sandbox.GitHub;

/// <summary>Issues.</summary>
internal static class IssueEndpoints
{
    private const int LongestTitle = 256;
    private const int LongestBody = 65536;

    public static void Map(GitHubApiRoutes api)
    {
        api.OfRepository("GET", "/issues", "issues", List);
        api.OfRepository("POST", "/issues", "issues", CreateAsync);
        api.OfRepository("GET", "/issues/{number}", "issues", Show);
        api.OfRepository("PATCH", "/issues/{number}", "issues", UpdateAsync);
    }

    /// <summary>Opens an issue with the next number of the repository.</summary>
    public static Issue Open(
        GitHubStandIn github, Repository repository, string login, string title, string? body, IEnumerable<string> labels, PullRequest? pull = null)
    {
        lock (github.State.Gate)
        {
            var now = github.Time.GetUtcNow();
            var issue = new Issue
            {
                Id = github.State.NextId(),
                Number = ++repository.LastNumber,
                Author = login,
                Title = title,
                Body = body,
                CreatedAt = now,
                UpdatedAt = now,
                Labels = [.. labels],
                Pull = pull,
            };
            repository.Issues.Add(issue);
            return issue;
        }
    }

    public static Task<string?> TellAsync(GitHubStandIn github, Repository repository, Issue issue, string action, string sender, CancellationToken ct)
    {
        JsonObject payload;
        lock (github.State.Gate)
        {
            payload = new JsonObject { ["action"] = action, ["issue"] = github.Json.Issue(repository, issue) };
        }

        return github.TellAsync(repository, sender, "issues", payload, ct);
    }

    /// <summary>The issue of the path; the repository must have issues, unless it is a pull request.</summary>
    public static Issue Find(GitHubCall call)
    {
        var found = call.Repository.Issues.Find(known => known.Number == call.Number("number"));
        if (found?.Pull is null)
        {
            Enabled(call);
        }

        return found ?? throw (call.Repository.DeletedIssues.Contains((int)call.Number("number")) ? GitHubRefusal.Deleted() : GitHubRefusal.NotFound());
    }

    /// <summary>A body of an issue or comment that is not too long.</summary>
    public static string? Body(JsonObject body, string resource) =>
        body["body"]?.ToString() is { Length: > LongestBody }
            ? throw GitHubRefusal.Custom(resource, "body", $"body is too long (maximum is {LongestBody} characters)")
            : body["body"]?.ToString();

    private static Task<GitHubReply> List(GitHubCall call)
    {
        string state = call.Query("state") ?? "open";
        string[] labels = (call.Query("labels") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries);
        DateTimeOffset? since = Since(call);
        lock (call.Gate)
        {
            Enabled(call);
            IEnumerable<Issue> issues = call.Repository.Issues.Where(issue =>
                (state == "all" || issue.State == state)
                && labels.All(issue.Labels.Contains)
                && (since is null || issue.UpdatedAt >= since)
                && (call.Query("creator") is not { } creator || issue.Author == creator));
            issues = call.Query("sort") == "updated" ? issues.OrderBy(issue => issue.UpdatedAt) : issues.OrderBy(issue => issue.Number);
            return Task.FromResult(call.Page(
                [.. call.Query("direction") == "asc" ? issues : issues.Reverse()], issue => call.Json.Issue(call.Repository, issue)));
        }
    }

    /// <summary>The query's <c>since</c>, or null.</summary>
    public static DateTimeOffset? Since(GitHubCall call) =>
        DateTimeOffset.TryParse(call.Query("since"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var since) ? since : null;

    private static async Task<GitHubReply> CreateAsync(GitHubCall call)
    {
        var body = await call.BodyAsync();
        Enabled(call);
        string title = Title(body["title"]?.ToString()) ?? throw GitHubRefusal.Missing("Issue", "title");
        var labels = (body["labels"] as JsonArray ?? []).Select(label => label is JsonObject named ? named["name"]!.ToString() : label!.ToString());
        var issue = Open(call.GitHub, call.Repository, call.Bot, title, Body(body, "Issue"), labels);
        await TellOwnAsync(call, issue, "opened");
        return Answer(call, issue, 201);
    }

    private static Task<GitHubReply> Show(GitHubCall call)
    {
        lock (call.Gate)
        {
            return Task.FromResult(Answer(call, Find(call), 200));
        }
    }

    private static async Task<GitHubReply> UpdateAsync(GitHubCall call)
    {
        var body = await call.BodyAsync();
        Issue issue;
        string before;
        lock (call.Gate)
        {
            issue = Find(call);
            before = issue.State;
            string state = body["state"]?.ToString() ?? issue.State;
            if (state is not ("open" or "closed"))
            {
                throw GitHubRefusal.Custom("Issue", "state", "state must be open or closed");
            }

            issue.Title = Title(body["title"]?.ToString()) ?? issue.Title;
            issue.Body = body.ContainsKey("body") ? Body(body, "Issue") : issue.Body;
            issue.State = state;
            issue.StateReason = state == "closed" ? body["state_reason"]?.ToString() ?? "completed" : before == "closed" ? "reopened" : null;
            issue.ClosedAt = state == "closed" ? issue.ClosedAt ?? call.Now : null;
            issue.UpdatedAt = call.Now;
        }

        await TellOwnAsync(call, issue, before == issue.State ? "edited" : issue.State == "closed" ? "closed" : "reopened");
        return Answer(call, issue, 200);
    }

    private static string? Title(string? title) =>
        string.IsNullOrWhiteSpace(title) ? null
        : title.Length > LongestTitle ? throw GitHubRefusal.Custom("Issue", "title", $"title is too long (maximum is {LongestTitle} characters)")
        : title;

    private static Task TellOwnAsync(GitHubCall call, Issue issue, string action) =>
        call.GitHub.DeliverOwnEvents ? TellAsync(call.GitHub, call.Repository, issue, action, call.Bot, CancellationToken.None) : Task.CompletedTask;

    private static GitHubReply Answer(GitHubCall call, Issue issue, int status)
    {
        lock (call.Gate)
        {
            return GitHubReply.Json(call.Json.Issue(call.Repository, issue), status);
        }
    }

    private static void Enabled(GitHubCall call)
    {
        if (!call.Repository.HasIssues)
        {
            throw new GitHubRefusal(410, "Issues has been disabled in this repository.");
        }
    }
}
