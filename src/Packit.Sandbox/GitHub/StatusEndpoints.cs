using System.Text.Json.Nodes;

namespace Packit.Sandbox.GitHub;

/// <summary>Commit statuses.</summary>
internal static class StatusEndpoints
{
    private const int LongestDescription = 140;
    private const int MostOfOneContext = 1000;
    private static readonly string[] States = ["error", "failure", "pending", "success"];

    public static void Map(GitHubApiRoutes api)
    {
        api.OfRepository("POST", "/statuses/{sha}", "statuses", CreateAsync);
        api.OfRepository("GET", "/commits/{ref}/statuses", "statuses", ListAsync);
        api.OfRepository("GET", "/commits/{ref}/status", "statuses", CombinedAsync);
    }

    private static async Task<GitHubReply> CreateAsync(GitHubCall call)
    {
        var body = await call.BodyAsync();
        string sha = call.Part("sha");
        if (sha.Length != 40 || await GitDataEndpoints.ResolveAsync(call, sha) != sha)
        {
            throw new GitHubRefusal(422, "No commit found for SHA: " + sha);
        }

        string state = body["state"]?.ToString() ?? "";
        if (!States.Contains(state))
        {
            throw GitHubRefusal.Custom("Status", "state", $"State is not included in the list");
        }

        string? description = body["description"]?.ToString();
        if (description?.Length > LongestDescription)
        {
            throw GitHubRefusal.Custom("Status", "description", $"description is too long (maximum is {LongestDescription} characters)");
        }

        string context = body["context"]?.ToString() ?? "default";
        lock (call.Gate)
        {
            if (call.Repository.Statuses.Count(known => known.Sha == sha && known.Context == context) >= MostOfOneContext)
            {
                throw GitHubRefusal.Custom("Status", "base", "This SHA and context has reached the maximum number of statuses.");
            }

            var status = new CommitStatus
            {
                Id = call.GitHub.State.NextId(),
                Sha = sha,
                Context = context,
                State = state,
                Description = description,
                TargetUrl = body["target_url"]?.ToString(),
                Author = call.Bot,
                CreatedAt = call.Now,
            };
            call.Repository.Statuses.Add(status);
            return GitHubReply.Created(call.Json.Status(call.Repository, status));
        }
    }

    private static async Task<GitHubReply> ListAsync(GitHubCall call)
    {
        string sha = await CommitAsync(call);
        lock (call.Gate)
        {
            CommitStatus[] found = [.. call.Repository.Statuses.Where(status => status.Sha == sha).OrderByDescending(status => status.Id)];
            return call.Page(found, status => call.Json.Status(call.Repository, status));
        }
    }

    private static async Task<GitHubReply> CombinedAsync(GitHubCall call)
    {
        string sha = await CommitAsync(call);
        lock (call.Gate)
        {
            CommitStatus[] latest = [.. call.Repository.Statuses.Where(status => status.Sha == sha).GroupBy(status => status.Context).Select(group => group.Last())];
            string state = latest.Any(status => status.State is "failure" or "error") ? "failure"
                : latest.Length == 0 || latest.Any(status => status.State == "pending") ? "pending"
                : "success";
            return call.Page(latest, status => call.Json.Status(call.Repository, status), shown => new JsonObject
            {
                ["state"] = state,
                ["statuses"] = shown,
                ["sha"] = sha,
                ["total_count"] = latest.Length,
            });
        }
    }

    private static async Task<string> CommitAsync(GitHubCall call) =>
        await GitDataEndpoints.ResolveAsync(call, call.Part("ref")) ?? throw new GitHubRefusal(422, "No commit found for SHA: " + call.Part("ref"));
}
