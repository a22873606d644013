using System.Text.Json.Nodes;
using Packit.Sandbox.Git;

namespace Packit.Sandbox.GitHub;

/// <summary>The body of a <c>push</c> webhook.</summary>
internal static class PushJson
{
    private static readonly string Nothing = new('0', 40);

    /// <param name="github">The stand-in.</param>
    /// <param name="repository">Where it was pushed.</param>
    /// <param name="reference">The full name of the ref.</param>
    /// <param name="before">Where it was; null when it is new.</param>
    /// <param name="after">Where it is; null when it was removed.</param>
    /// <param name="forced">Whether the old commits are not below the new one.</param>
    /// <param name="commits">New commits with the paths that they change, oldest first.</param>
    public static JsonObject Of(
        GitHubStandIn github, Repository repository, string reference, string? before, string? after, bool forced,
        IReadOnlyList<(CommitInfo Commit, IReadOnlyList<(char Status, string Path)> Changes)> commits)
    {
        var listed = commits.Skip(Math.Max(0, commits.Count - github.CommitsInPush)).Select(commit => Commit(github, repository, commit.Commit, commit.Changes)).ToList();
        return new JsonObject
        {
            ["ref"] = reference,
            ["before"] = before ?? Nothing,
            ["after"] = after ?? Nothing,
            ["repository"] = Repository(github, repository),
            ["pusher"] = new JsonObject { ["name"] = repository.Owner, ["email"] = repository.Owner + "@upstream.example" },
            ["created"] = before is null,
            ["deleted"] = after is null,
            ["forced"] = forced,
            ["base_ref"] = null,
            ["compare"] = github.Json.WebUrl(repository, $"/compare/{(before ?? Nothing)[..12]}...{(after ?? Nothing)[..12]}"),
            ["commits"] = new JsonArray([.. listed]),
            ["head_commit"] = listed.LastOrDefault()?.DeepClone(),
        };
    }

    /// <summary>In this event alone times are numbers and the owner has a name.</summary>
    private static JsonObject Repository(GitHubStandIn github, Repository repository)
    {
        var json = github.Json.Repository(repository);
        json["owner"]!["name"] = repository.Owner;
        json["owner"]!["email"] = null;
        json["created_at"] = repository.CreatedAt.ToUnixTimeSeconds();
        json["pushed_at"] = github.Time.GetUtcNow().ToUnixTimeSeconds();
        json["master_branch"] = repository.DefaultBranch;
        return json;
    }

    private static JsonObject Commit(
        GitHubStandIn github, Repository repository, CommitInfo commit, IReadOnlyList<(char Status, string Path)> changes)
    {
        return new JsonObject
        {
            ["id"] = commit.Sha,
            ["tree_id"] = commit.Tree,
            ["distinct"] = true,
            ["message"] = commit.Message.TrimEnd('\n'),
            ["timestamp"] = GitHubJson.Time(commit.When),
            ["url"] = github.Json.WebUrl(repository, "/commit/" + commit.Sha),
            ["author"] = Person(commit.Author),
            ["committer"] = Person(commit.Committer),
            ["added"] = Paths('A'),
            ["removed"] = Paths('D'),
            ["modified"] = Paths('M', 'T'),
        };

        JsonArray Paths(params char[] wanted) => new([.. changes.Where(change => wanted.Contains(change.Status)).Select(change => (JsonNode)change.Path)]);
    }

    private static JsonObject Person(Person person) => new() { ["name"] = person.Name, ["email"] = person.Email, ["username"] = null };
}
