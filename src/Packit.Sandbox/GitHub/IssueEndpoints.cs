using System.Text.Json.Nodes;

namespace Packit.Sandbox.GitHub;

/// <summary>Issues, comments and reactions.</summary>
internal static class IssueEndpoints
{
    /// <summary>Opens an issue with the next number of the repository.</summary>
    public static Issue Open(GitHubStandIn github, Repository repository, string login, string title, string? body, IEnumerable<string> labels)
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
            };
            repository.Issues.Add(issue);
            return issue;
        }
    }

    public static Comment AddComment(GitHubStandIn github, Issue issue, string login, string text)
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

    public static Task<string?> TellIssueAsync(GitHubStandIn github, Repository repository, Issue issue, string action, string sender, CancellationToken ct)
    {
        JsonObject payload;
        lock (github.State.Gate)
        {
            payload = new JsonObject { ["action"] = action, ["issue"] = github.Json.Issue(repository, issue) };
        }

        return github.TellAsync(repository, sender, "issues", payload, ct);
    }

    public static Task<string?> TellCommentAsync(
        GitHubStandIn github, Repository repository, Issue issue, Comment comment, string action, string sender, CancellationToken ct)
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
        }

        return github.TellAsync(repository, sender, "issue_comment", payload, ct);
    }
}
