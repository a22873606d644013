using System.Text.Json.Nodes;

namespace Packit.Sandbox.Pagure;

/// <summary>Who am I, version, users, lists of projects, tasks.</summary>
internal static class SiteEndpoints
{
    private const string ApiVersion = "0.31";

    public static void Map(PagureRoutes api)
    {
        api.Site("POST", "-/whoami", WhoAmI, login: true);
        api.Site("GET", "-/version", Version);
        api.Site("GET", "version", Version);
        api.Site("GET", "projects", Projects);
        api.Site("GET", "user/{name}", User);
        api.Site("GET", "group/{name}", Group);
        api.Site("GET", "task/{id}/status", TaskStatus);
    }

    private static Task<JsonNode> WhoAmI(PagureCall call) => Answer(new JsonObject { ["username"] = call.User });

    private static Task<JsonNode> Version(PagureCall call) => Answer(new JsonObject { ["version"] = ApiVersion });

    private static Task<JsonNode> Projects(PagureCall call)
    {
        string? pattern = call.Query("pattern");
        bool? forks = call.Query("fork") is null ? null : call.Switch("fork");
        lock (call.Pagure.State.Gate)
        {
            var json = new PagureJson(call.Pagure);
            Project[] found = [.. call.Pagure.State.Projects.Where(project =>
                (pattern is null || project.Name == pattern)
                && (forks is null || project.IsFork == forks)
                && (call.Query("namespace") is not { } ns || project.Namespace == ns)
                && (call.Query("owner") is not { } owner || project.Owner == owner)
                && (call.Query("username") is not { } user || call.Pagure.MayCommit(project, user)))];
            var page = Paging.Of(call, found.Length);
            return Answer(new JsonObject
            {
                ["pagination"] = page.Json,
                ["projects"] = new JsonArray([.. page.Of(found).Select(json.Project)]),
                ["total_projects"] = found.Length,
            });
        }
    }

    private static Task<JsonNode> User(PagureCall call)
    {
        string name = call.Part("name");
        lock (call.Pagure.State.Gate)
        {
            if (!call.Pagure.State.Users.Exists(user => user.Name == name))
            {
                throw new PagureRefusal(404, "ENOUSER", "No such user found");
            }

            var json = new PagureJson(call.Pagure);
            var projects = call.Pagure.State.Projects.Where(project => call.Pagure.MayCommit(project, name)).ToLookup(project => project.IsFork);
            return Answer(new JsonObject
            {
                ["forks"] = new JsonArray([.. projects[true].Where(fork => fork.ForkOf == name).Select(json.Project)]),
                ["repos"] = new JsonArray([.. projects[false].Select(json.Project)]),
                ["user"] = json.User(name),
            });
        }
    }

    private static Task<JsonNode> Group(PagureCall call)
    {
        string name = call.Part("name");
        lock (call.Pagure.State.Gate)
        {
            return call.Pagure.State.Groups.TryGetValue(name, out var members)
                ? Answer(new JsonObject
                {
                    ["name"] = name,
                    ["display_name"] = name,
                    ["creator"] = new PagureJson(call.Pagure).User(call.Pagure.ServiceUser),
                    ["date_created"] = PagureJson.Time(call.Pagure.Time.GetUtcNow()),
                    ["description"] = null,
                    ["group_type"] = "user",
                    ["members"] = new JsonArray([.. members.Select(member => (JsonNode?)member)]),
                    ["full_url"] = $"{call.Pagure.Address}group/{name}",
                })
                : throw new PagureRefusal(404, "ENOGROUP", "Group not found");
        }
    }

    /// <summary>All work is done before it is said to be queued, so that every task is ready.</summary>
    private static Task<JsonNode> TaskStatus(PagureCall call) =>
        Answer(new JsonObject { ["ready"] = true, ["status"] = "SUCCESS", ["successful"] = true });

    private static Task<JsonNode> Answer(JsonObject json) => Task.FromResult<JsonNode>(json);
}
