using System.Text.Json.Nodes;

namespace Packit.Sandbox.GitHub;

/// <summary>Comments to issues and commits, and reactions to issues and comments.</summary>
internal static class CommentEndpoints
{
    private static readonly string[] Contents = ["+1", "-1", "laugh", "confused", "heart", "hooray", "rocket", "eyes"];

    public static void Map(GitHubApiRoutes api)
    {
        api.OfRepository("GET", "/issues/{number}/comments", "issues", List);
        api.OfRepository("POST", "/issues/{number}/comments", "issues", CreateAsync);
        api.OfRepository("GET", "/issues/comments/{id}", "issues", Show);
        api.OfRepository("PATCH", "/issues/comments/{id}", "issues", UpdateAsync);
        api.OfRepository("DELETE", "/issues/comments/{id}", "issues", Delete);
        api.OfRepository("GET", "/issues/comments/{id}/reactions", "issues", ListReactions);
        api.OfRepository("POST", "/issues/comments/{id}/reactions", "issues", call => ReactAsync(call, () =>
        {
            var (issue, comment) = Find(call);
            Writable(issue, GitHubRefusal.LockedReactions);
            return comment.Reactions;
        }));
        api.OfRepository("POST", "/issues/{number}/reactions", "issues", call => ReactAsync(
            call, () => Writable(IssueEndpoints.Find(call), GitHubRefusal.LockedReactions).Reactions));
        api.OfRepository("GET", "/commits/{sha}/comments", "contents", ListOfCommitAsync);
        api.OfRepository("POST", "/commits/{sha}/comments", "contents", CreateOfCommitAsync, forReaders: true);
    }

    /// <summary>Adds a comment to an issue.</summary>
    public static Comment Add(GitHubStandIn github, Issue issue, string login, string text)
    {
        lock (github.State.Gate)
        {
            var now = github.Time.GetUtcNow();
            var comment = new Comment { Id = github.State.NextId(), Author = login, Body = text, CreatedAt = now, UpdatedAt = now };
            issue.Comments.Add(comment);
            issue.UpdatedAt = now;
            return comment;
        }
    }

    public static Task<string?> TellAsync(
        GitHubStandIn github, Repository repository, Issue issue, Comment comment, string action, string sender, CancellationToken ct,
        string? bodyBefore = null)
    {
        JsonObject payload;
        lock (github.State.Gate)
        {
            payload = new JsonObject
            {
                ["action"] = action,
                ["issue"] = github.Json.Issue(repository, issue),
                ["comment"] = github.Json.IssueComment(repository, issue, comment),
            };
            if (bodyBefore is not null)
            {
                payload["changes"] = new JsonObject { ["body"] = new JsonObject { ["from"] = bodyBefore } };
            }
        }

        return github.TellAsync(repository, sender, "issue_comment", payload, ct);
    }

    private static Issue Writable(Issue issue, Func<GitHubRefusal> locked) =>
        issue.Converted ? throw GitHubRefusal.Converted() : issue.Locked ? throw locked() : issue;

    private static Task<GitHubReply> List(GitHubCall call)
    {
        var since = IssueEndpoints.Since(call);
        lock (call.Gate)
        {
            var issue = IssueEndpoints.Find(call);
            Comment[] found = [.. issue.Comments.Where(comment => since is null || comment.UpdatedAt >= since)];
            return Task.FromResult(call.Page(found, comment => call.Json.IssueComment(call.Repository, issue, comment)));
        }
    }

    private static async Task<GitHubReply> CreateAsync(GitHubCall call)
    {
        string text = Text(await call.BodyAsync(), "IssueComment");
        Issue issue;
        Comment comment;
        lock (call.Gate)
        {
            issue = Writable(IssueEndpoints.Find(call), GitHubRefusal.Locked);
            comment = Add(call.GitHub, issue, call.Bot, text);
        }

        return await AnswerAsync(call, issue, comment, 201, "created");
    }

    private static Task<GitHubReply> Show(GitHubCall call)
    {
        lock (call.Gate)
        {
            var (issue, comment) = Find(call);
            return GitHubReply.JsonTask(call.Json.IssueComment(call.Repository, issue, comment));
        }
    }

    private static async Task<GitHubReply> UpdateAsync(GitHubCall call)
    {
        string text = Text(await call.BodyAsync(), "IssueComment");
        Issue issue;
        Comment comment;
        lock (call.Gate)
        {
            (issue, comment) = Find(call);
            if (issue.Converted)
            {
                throw GitHubRefusal.Converted();
            }

            comment.Body = text;
            comment.UpdatedAt = call.Now;
        }

        return await AnswerAsync(call, issue, comment, 200, "edited");
    }

    private static Task<GitHubReply> Delete(GitHubCall call)
    {
        lock (call.Gate)
        {
            var (issue, comment) = Find(call);
            issue.Comments.Remove(comment);
            return Task.FromResult(GitHubReply.Empty());
        }
    }

    private static async Task<GitHubReply> AnswerAsync(GitHubCall call, Issue issue, Comment comment, int status, string action)
    {
        if (call.GitHub.DeliverOwnEvents)
        {
            await TellAsync(call.GitHub, call.Repository, issue, comment, action, call.Bot, CancellationToken.None);
        }

        lock (call.Gate)
        {
            return GitHubReply.Json(call.Json.IssueComment(call.Repository, issue, comment), status);
        }
    }

    private static Task<GitHubReply> ListReactions(GitHubCall call)
    {
        lock (call.Gate)
        {
            return Task.FromResult(call.Page(Find(call).Comment.Reactions, call.Json.Reaction));
        }
    }

    /// <summary>A reaction that is there already is answered with 200 and not repeated.</summary>
    private static async Task<GitHubReply> ReactAsync(GitHubCall call, Func<List<Reaction>> reactions)
    {
        string content = (await call.BodyAsync())["content"]?.ToString() ?? "";
        if (!Contents.Contains(content))
        {
            throw GitHubRefusal.Schema($"{content} is not a member of [{string.Join(", ", Contents.Select(one => $"\"{one}\""))}].");
        }

        lock (call.Gate)
        {
            var all = reactions();
            if (all.Find(known => known.Author == call.Bot && known.Content == content) is { } there)
            {
                return GitHubReply.Json(call.Json.Reaction(there));
            }

            var reaction = new Reaction { Id = call.GitHub.State.NextId(), Author = call.Bot, Content = content, CreatedAt = call.Now };
            all.Add(reaction);
            return GitHubReply.Created(call.Json.Reaction(reaction));
        }
    }

    private static async Task<GitHubReply> ListOfCommitAsync(GitHubCall call)
    {
        string sha = await CommitAsync(call);
        lock (call.Gate)
        {
            return call.Page(
                [.. call.Repository.CommitComments.Where(comment => comment.Sha == sha)], comment => call.Json.CommitComment(call.Repository, comment));
        }
    }

    private static async Task<GitHubReply> CreateOfCommitAsync(GitHubCall call)
    {
        string text = Text(await call.BodyAsync(), "CommitComment");
        string sha = await CommitAsync(call);
        lock (call.Gate)
        {
            var comment = new Comment { Id = call.GitHub.State.NextId(), Author = call.Bot, Body = text, Sha = sha, CreatedAt = call.Now, UpdatedAt = call.Now };
            call.Repository.CommitComments.Add(comment);
            return GitHubReply.Created(call.Json.CommitComment(call.Repository, comment));
        }
    }

    private static async Task<string> CommitAsync(GitHubCall call) =>
        await GitDataEndpoints.ResolveAsync(call, call.Part("sha")) ?? throw new GitHubRefusal(422, "No commit found for SHA: " + call.Part("sha"));

    private static string Text(JsonObject body, string resource) =>
        IssueEndpoints.Body(body, resource) is { } text && !string.IsNullOrWhiteSpace(text)
            ? text
            : throw GitHubRefusal.Custom(resource, "body", "body can't be blank");

    private static (Issue Issue, Comment Comment) Find(GitHubCall call)
    {
        long id = call.Number("id");
        foreach (var issue in call.Repository.Issues)
        {
            if (issue.Comments.Find(known => known.Id == id) is { } comment)
            {
                return (issue, comment);
            }
        }

        throw GitHubRefusal.NotFound();
    }
}
