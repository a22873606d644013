using System.Text;
using System.Text.Json.Nodes;
using Packit.Sandbox.Git;

namespace Packit.Sandbox.GitHub;

/// <summary>Refs, tag objects, commits and trees.</summary>
internal static class GitDataEndpoints
{
    private const int LargestTree = 100_000;

    public static void Map(GitHubApiRoutes api)
    {
        api.OfRepository("GET", "/git/ref/{**ref}", "contents", Reference);
        api.OfRepository("GET", "/git/tags/{sha}", "contents", TagAsync);
        api.OfRepository("GET", "/git/trees/{**ref}", "contents", TreeAsync);
        api.OfRepository("GET", "/commits/{ref}", "contents", CommitAsync);
    }

    /// <summary>The commit of a branch, tag or sha, in that order.</summary>
    public static async Task<string?> ResolveAsync(GitHubCall call, string reference)
    {
        if (reference.Length == 0 || reference[0] == '-' || reference.Contains("..", StringComparison.Ordinal) || reference.Contains(':', StringComparison.Ordinal))
        {
            return null;
        }

        var refs = call.Git.Refs();
        string name = reference.StartsWith("refs/", StringComparison.Ordinal) ? reference["refs/".Length..] : reference;
        name = name.StartsWith("heads/", StringComparison.Ordinal) ? name["heads/".Length..] : name;
        if (refs.Branch(name) is { } head)
        {
            return head;
        }

        string tag = name.StartsWith("tags/", StringComparison.Ordinal) ? name["tags/".Length..] : name;
        return refs.Tag(tag) is not null
            ? await call.Git.ResolveAsync("refs/tags/" + tag, call.Aborted)
            : reference.All(char.IsAsciiHexDigit) ? await call.Git.ResolveAsync(reference, call.Aborted) : null;
    }

    private static async Task<GitHubReply> Reference(GitHubCall call)
    {
        string name = call.Part("ref");
        string sha = call.Git.Refs().Find("refs/" + name) ?? throw GitHubRefusal.NotFound();
        bool annotated = name.StartsWith("tags/", StringComparison.Ordinal) && await call.Git.ResolveAsync(sha, call.Aborted) != sha;
        return GitHubReply.Json(new JsonObject
        {
            ["ref"] = "refs/" + name,
            ["node_id"] = GitHubJson.NodeId("Ref", call.Repository.Id),
            ["url"] = call.Json.ApiUrl(call.Repository, "git/refs/" + name),
            ["object"] = new JsonObject
            {
                ["sha"] = sha,
                ["type"] = annotated ? "tag" : "commit",
                ["url"] = call.Json.ApiUrl(call.Repository, $"git/{(annotated ? "tags" : "commits")}/{sha}"),
            },
        });
    }

    private static async Task<GitHubReply> TagAsync(GitHubCall call)
    {
        string sha = call.Part("sha");
        byte[] bytes = IsSha(sha) && await call.Git.ReadObjectAsync("tag", sha, call.Aborted) is { } found ? found : throw GitHubRefusal.NotFound();
        string[] parts = Encoding.UTF8.GetString(bytes).Split("\n\n", 2);
        var head = parts[0].Split('\n').Select(line => line.Split(' ', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
        return GitHubReply.Json(new JsonObject
        {
            ["tag"] = head["tag"],
            ["sha"] = sha,
            ["url"] = call.Json.ApiUrl(call.Repository, "git/tags/" + sha),
            ["message"] = parts.Length > 1 ? parts[1].TrimEnd('\n') : "",
            ["object"] = new JsonObject
            {
                ["sha"] = head["object"],
                ["type"] = head["type"],
                ["url"] = call.Json.ApiUrl(call.Repository, $"git/{head["type"]}s/{head["object"]}"),
            },
        });
    }

    private static async Task<GitHubReply> CommitAsync(GitHubCall call)
    {
        string reference = call.Part("ref");
        string sha = await ResolveAsync(call, reference) ?? throw new GitHubRefusal(422, "No commit found for SHA: " + reference);
        if (call.Asks("sha"))
        {
            return new GitHubReply(200, Encoding.ASCII.GetBytes(sha), "application/vnd.github.sha; charset=utf-8");
        }

        var commit = await call.Git.InfoAsync(sha, call.Aborted);
        return GitHubReply.Json(Shape(call, commit!));
    }

    /// <summary>A commit as the API shows it.</summary>
    public static JsonObject Shape(GitHubCall call, CommitInfo commit) => new()
    {
        ["sha"] = commit.Sha,
        ["node_id"] = GitHubJson.NodeId("Commit", call.Repository.Id),
        ["commit"] = new JsonObject
        {
            ["author"] = Signature(commit.Author, commit.When),
            ["committer"] = Signature(commit.Committer, commit.When),
            ["message"] = commit.Message.TrimEnd('\n'),
            ["tree"] = new JsonObject { ["sha"] = commit.Tree, ["url"] = call.Json.ApiUrl(call.Repository, "git/trees/" + commit.Tree) },
            ["url"] = call.Json.ApiUrl(call.Repository, "git/commits/" + commit.Sha),
            ["comment_count"] = 0,
            ["verification"] = new JsonObject { ["verified"] = false, ["reason"] = "unsigned", ["signature"] = null, ["payload"] = null },
        },
        ["url"] = call.Json.ApiUrl(call.Repository, "commits/" + commit.Sha),
        ["html_url"] = call.Json.WebUrl(call.Repository, "/commit/" + commit.Sha),
        ["author"] = null,
        ["committer"] = null,
        ["parents"] = new JsonArray([.. commit.Parents.Select(parent => new JsonObject
        {
            ["sha"] = parent,
            ["url"] = call.Json.ApiUrl(call.Repository, "commits/" + parent),
        })]),
    };

    private static JsonObject Signature(Person person, DateTimeOffset when) =>
        new() { ["name"] = person.Name, ["email"] = person.Email, ["date"] = GitHubJson.Time(when) };

    private static async Task<GitHubReply> TreeAsync(GitHubCall call)
    {
        string reference = call.Part("ref");
        string? revision = await ResolveAsync(call, reference) ?? (IsSha(reference) ? reference : null);
        bool recursive = call.Query("recursive") is not null;
        var entries = revision is null ? null : await call.Git.ListAsync(revision, "", recursive, call.Aborted);
        if (entries is null)
        {
            throw GitHubRefusal.NotFound();
        }

        return GitHubReply.Json(new JsonObject
        {
            ["sha"] = revision,
            ["url"] = call.Json.ApiUrl(call.Repository, "git/trees/" + revision),
            ["tree"] = new JsonArray([.. entries.Take(LargestTree).Select(entry => Shape(call, entry))]),
            ["truncated"] = entries.Count > LargestTree,
        });
    }

    private static JsonObject Shape(GitHubCall call, TreeEntry entry)
    {
        var json = new JsonObject { ["path"] = entry.Path, ["mode"] = entry.Mode, ["type"] = entry.Type, ["sha"] = entry.Sha };
        if (entry.Size is { } size)
        {
            json["size"] = size;
        }

        json["url"] = call.Json.ApiUrl(call.Repository, $"git/{(entry.Type == "tree" ? "trees" : "blobs")}/{entry.Sha}");
        return json;
    }

    private static bool IsSha(string text) => text.Length == 40 && text.All(char.IsAsciiHexDigitLower);
}
