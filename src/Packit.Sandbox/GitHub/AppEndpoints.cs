using System.Text.Json.Nodes;

namespace Packit.Sandbox.GitHub;

/// <summary>The App, its installations and their tokens.</summary>
internal static class AppEndpoints
{
    private static readonly Dictionary<string, int> Levels = new() { ["read"] = 1, ["write"] = 2, ["admin"] = 3 };

    public static void Map(GitHubApiRoutes api)
    {
        api.OfApp("GET", "/app", Show);
        api.OfApp("GET", "/app/installations", Installations);
        api.OfApp("GET", "/app/installations/{id}", One);
        api.OfApp("POST", "/app/installations/{id}/access_tokens", CreateTokenAsync);
        api.OfApp("GET", "/repos/{owner}/{repo}/installation", OfRepository);
        api.OfApp("GET", "/repositories/{number_of_repository}/installation", OfRepository);
        api.OfApp("GET", "/orgs/{owner}/installation", OfOwner);
        api.OfApp("GET", "/users/{owner}/installation", OfOwner);
        api.Site("GET", "/users/{login}", User);
        api.Site("GET", "/installation/repositories", Repositories);
        api.Site("DELETE", "/installation/token", Revoke);
    }

    private static Task<GitHubReply> Show(GitHubCall call)
    {
        var app = call.Json.App(call.App.Id);
        app["permissions"] = GitHubJson.Permissions(GitHubStandIn.AppPermissions());
        app["events"] = new JsonArray("release", "push", "issue_comment", "check_run", "repository");
        return GitHubReply.JsonTask(app);
    }

    private static Task<GitHubReply> Installations(GitHubCall call)
    {
        lock (call.Gate)
        {
            return Task.FromResult(call.Page([.. call.GitHub.State.Installations.Where(known => known.App == call.App.Id)], call.Json.Installation));
        }
    }

    private static Task<GitHubReply> One(GitHubCall call)
    {
        lock (call.Gate)
        {
            return GitHubReply.JsonTask(call.Json.Installation(Find(call)));
        }
    }

    private static Task<GitHubReply> OfRepository(GitHubCall call)
    {
        var repository = call.Named();
        lock (call.Gate)
        {
            return repository is not null && call.GitHub.InstallationOf(repository, call.App) is { } installation
                ? GitHubReply.JsonTask(call.Json.Installation(installation))
                : throw GitHubRefusal.NotFound();
        }
    }

    private static Task<GitHubReply> OfOwner(GitHubCall call)
    {
        lock (call.Gate)
        {
            return call.GitHub.State.Installations.Find(
                known => known.App == call.App.Id && string.Equals(known.Owner, call.Part("owner"), StringComparison.OrdinalIgnoreCase)) is { } installation
                ? GitHubReply.JsonTask(call.Json.Installation(installation))
                : throw GitHubRefusal.NotFound();
        }
    }

    /// <summary>An account: also that of an App, which is called <c>slug[bot]</c>.</summary>
    private static Task<GitHubReply> User(GitHubCall call)
    {
        if (call.Caller is Caller.App)
        {
            throw GitHubRefusal.NotAccessible("metadata=read");
        }

        lock (call.Gate)
        {
            return call.GitHub.State.Accounts.Exists(known => string.Equals(known.Login, call.Part("login"), StringComparison.OrdinalIgnoreCase))
                ? GitHubReply.JsonTask(call.Json.Account(call.Part("login")))
                : throw GitHubRefusal.NotFound();
        }
    }

    private static async Task<GitHubReply> CreateTokenAsync(GitHubCall call)
    {
        var body = call.Http.Request.ContentLength is null or 0 ? new JsonObject() : await call.BodyAsync();
        lock (call.Gate)
        {
            var installation = Find(call);
            if (installation.SuspendedAt is not null)
            {
                throw new GitHubRefusal(403, "This installation has been suspended");
            }

            var permissions = Narrow(installation.Permissions, body["permissions"] as JsonObject);
            var repositories = Narrow(call, installation, body);
            var token = call.GitHub.Tokens.Issue(installation.Id, permissions, repositories?.Select(repository => repository.Id).ToHashSet());
            var answer = new JsonObject
            {
                ["token"] = token.Value,
                ["expires_at"] = GitHubJson.Time(token.ExpiresAt),
                ["permissions"] = GitHubJson.Permissions(permissions),
                ["repository_selection"] = "selected",
            };
            if (repositories is not null)
            {
                answer["repositories"] = new JsonArray([.. repositories.Select(call.Json.Repository)]);
            }

            return GitHubReply.Created(answer);
        }
    }

    private static Dictionary<string, string> Narrow(Dictionary<string, string> granted, JsonObject? asked)
    {
        if (asked is null)
        {
            return new Dictionary<string, string>(granted);
        }

        var narrowed = new Dictionary<string, string>();
        foreach (var (name, value) in asked)
        {
            string level = value?.ToString() ?? "";
            if (!Levels.TryGetValue(level, out int wanted) || !granted.TryGetValue(name, out string? given) || Levels[given] < wanted)
            {
                throw new GitHubRefusal(422, "The permissions requested are not granted to this installation.");
            }

            narrowed[name] = level;
        }

        // Every token may read the metadata.
        narrowed.TryAdd("metadata", "read");
        return narrowed;
    }

    private static List<Repository>? Narrow(GitHubCall call, Installation installation, JsonObject body)
    {
        if (body["repositories"] is null && body["repository_ids"] is null)
        {
            return null;
        }

        string[] names = [.. (body["repositories"] as JsonArray ?? []).Select(name => name?.ToString() ?? "")];
        string[] ids = [.. (body["repository_ids"] as JsonArray ?? []).Select(id => id?.ToString() ?? "")];
        List<Repository> found = [.. call.GitHub.State.Repositories.Where(repository =>
            repository.Owner == installation.Owner && repository.Installed
            && (names.Contains(repository.Name, StringComparer.OrdinalIgnoreCase) || ids.Contains(repository.Id.ToString(System.Globalization.CultureInfo.InvariantCulture))))];
        return found.Count == names.Length + ids.Length
            ? found
            : throw new GitHubRefusal(422, "There is at least one repository that does not exist or is not accessible to the parent installation.");
    }

    private static Task<GitHubReply> Repositories(GitHubCall call)
    {
        if (call.Caller is not Caller.Installation { Token: var token })
        {
            throw new GitHubRefusal(403, "You must authenticate with an installation access token in order to list repositories for an installation.");
        }

        lock (call.Gate)
        {
            Repository[] found = [.. call.GitHub.State.Repositories.Where(repository =>
                call.GitHub.Covers(token, repository))];
            return Task.FromResult(call.Page(found, call.Json.Repository, shown => new JsonObject
            {
                ["total_count"] = found.Length,
                ["repository_selection"] = "selected",
                ["repositories"] = shown,
            }));
        }
    }

    private static Task<GitHubReply> Revoke(GitHubCall call)
    {
        if (call.Caller is not Caller.Installation { Token: var token })
        {
            throw GitHubRefusal.BadCredentials();
        }

        call.GitHub.Tokens.Revoke(token.Value);
        return Task.FromResult(GitHubReply.Empty());
    }

    private static Installation Find(GitHubCall call) =>
        call.GitHub.State.Installations.Find(known => known.Id == call.Number("id") && known.App == call.App.Id) ?? throw GitHubRefusal.NotFound();
}
