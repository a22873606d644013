using System.Text.Json.Nodes;

namespace Packit.Sandbox.GitHub;

/// <summary>A repository's facts, branches, and what its people may do.</summary>
internal static class RepositoryEndpoints
{
    public static void Map(GitHubApiRoutes api)
    {
        api.OfRepository("GET", "", "metadata", Show);
        api.OfRepository("GET", "/collaborators/{user}/permission", "metadata", Permission);
        api.OfRepository("GET", "/branches/{**branch}", "contents", Branch);
        api.OfRepository("GET", "/tags", "contents", Tags);
    }

    private static Task<GitHubReply> Show(GitHubCall call)
    {
        lock (call.Gate)
        {
            return GitHubReply.JsonTask(call.Json.Repository(call.Repository));
        }
    }

    /// <summary>The old four levels and the true role; everybody may read what is public.</summary>
    private static Task<GitHubReply> Permission(GitHubCall call)
    {
        string login = call.Part("user");
        if (call.Caller is Caller.Anonymous)
        {
            throw new GitHubRefusal(401, "Requires authentication");
        }

        lock (call.Gate)
        {
            if (!call.GitHub.State.Accounts.Exists(known => string.Equals(known.Login, login, StringComparison.OrdinalIgnoreCase)))
            {
                throw GitHubRefusal.NotFound($"{login} is not a user");
            }

            string role = call.Repository.Roles.TryGetValue(login, out string? given) ? given : call.Repository.Private ? "none" : "read";
            return GitHubReply.JsonTask(new JsonObject
            {
                ["permission"] = role switch { "maintain" => "write", "triage" => "read", _ => role },
                ["user"] = call.Json.Account(login),
                ["role_name"] = role,
            });
        }
    }

    private static Task<GitHubReply> Branch(GitHubCall call)
    {
        string name = call.Part("branch");
        return call.Git.Refs().Branch(name) is { } sha
            ? GitHubReply.JsonTask(new JsonObject { ["name"] = name, ["commit"] = new JsonObject { ["sha"] = sha }, ["protected"] = false })
            : throw GitHubRefusal.NotFound("Branch not found");
    }

    private static Task<GitHubReply> Tags(GitHubCall call)
    {
        var tags = call.Git.Refs().TagObjects.Reverse().ToArray();
        return Task.FromResult(call.Page(tags, tag => new JsonObject { ["name"] = tag.Key, ["commit"] = new JsonObject { ["sha"] = tag.Value } }));
    }
}
