using System.Text.Json.Nodes;

namespace Packit.Sandbox.GitHub;

/// <summary>Two commits compared from where they went different ways.</summary>
internal static class CompareEndpoints
{
    private const int LargestFileList = 300;
    private const int MostCommits = 10_000;

    public static void Map(GitHubApiRoutes api) => api.OfRepository("GET", "/compare/{**basehead}", "contents", CompareAsync);

    private static async Task<GitHubReply> CompareAsync(GitHubCall call)
    {
        string[] sides = call.Part("basehead").Split("...", 2);
        if (sides is not [var left, var right]
            || await GitDataEndpoints.ResolveAsync(call, left) is not { } from
            || await GitDataEndpoints.ResolveAsync(call, right) is not { } to)
        {
            throw GitHubRefusal.NotFound();
        }

        string fork = await call.Git.MergeBaseAsync(from, to, call.Aborted)
            ?? throw GitHubRefusal.NotFound($"No common ancestor between {left} and {right}.");
        var ahead = (await call.Git.LogAsync($"{fork}..{to}", MostCommits, call.Aborted)).Reverse().ToList();
        int behind = (await call.Git.LogAsync($"{fork}..{from}", MostCommits, call.Aborted)).Count;
        var page = call.Page(ahead, commit => GitDataEndpoints.Shape(call, commit));
        var json = new JsonObject
        {
            ["url"] = call.Json.ApiUrl(call.Repository, $"compare/{left}...{right}"),
            ["html_url"] = call.Json.WebUrl(call.Repository, $"/compare/{left}...{right}"),
            ["base_commit"] = GitDataEndpoints.Shape(call, (await call.Git.InfoAsync(from, call.Aborted))!),
            ["merge_base_commit"] = GitDataEndpoints.Shape(call, (await call.Git.InfoAsync(fork, call.Aborted))!),
            ["status"] = (ahead.Count, behind) switch { (0, 0) => "identical", (_, 0) => "ahead", (0, _) => "behind", _ => "diverged" },
            ["ahead_by"] = ahead.Count,
            ["behind_by"] = behind,
            ["total_commits"] = ahead.Count,
            ["commits"] = JsonNode.Parse(page.Body),
        };
        if (call.Query("page") is null or "1")
        {
            var files = await call.Git.ChangesAsync(fork, to, call.Aborted);
            json["files"] = new JsonArray([.. files.Take(LargestFileList).Select(file => new JsonObject
            {
                ["filename"] = file.Path,
                ["status"] = file.Status switch { 'A' => "added", 'D' => "removed", _ => "modified" },
            })]);
        }

        return GitHubReply.Json(json, link: page.Link);
    }
}
