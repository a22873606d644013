using System.Text.Json.Nodes;

namespace Packit.Sandbox.Pagure;

/// <summary>A project's facts, its rights, and forking.</summary>
internal static class ProjectEndpoints
{
    private static readonly string[] AclNames = ["admin", "commit", "ticket"];

    public static void Map(PagureRoutes api)
    {
        api.OfProject("GET", "", Show);
        api.OfProject("PATCH", "", Modify, "modify_project");
        api.OfProject("GET", "contributors", Contributors);
        api.OfProject("GET", "hascommit", HasCommit);
        api.OfProject("GET", "options", Options, "modify_project");
        api.OfProject("POST", "git/modifyacls", ModifyAcls, "modify_project");
        api.Site("POST", "fork", ForkAsync, "fork_project");
    }

    private static Task<JsonNode> Show(PagureCall call)
    {
        lock (call.Pagure.State.Gate)
        {
            var json = new PagureJson(call.Pagure).Project(call.Project);
            if (call.Switch("expand_group"))
            {
                json["group_details"] = new JsonObject(call.Project.Groups.Keys.Select(group => KeyValuePair.Create(
                    group, (JsonNode?)new JsonArray([.. call.Pagure.State.Groups.GetValueOrDefault(group, []).Select(member => (JsonNode?)member)]))));
            }

            return Task.FromResult<JsonNode>(json);
        }
    }

    private static Task<JsonNode> Modify(PagureCall call)
    {
        if (call.Project.Owner != call.User)
        {
            throw PagureRefusal.MayNotModify();
        }

        lock (call.Pagure.State.Gate)
        {
            string admin = call.Needed("main_admin");
            call.Project.Owner = call.Pagure.State.Users.Exists(user => user.Name == admin) ? admin : throw new PagureRefusal(404, "ENOUSER", "No such user found");
            return Task.FromResult<JsonNode>(new PagureJson(call.Pagure).Project(call.Project));
        }
    }

    private static Task<JsonNode> Contributors(PagureCall call)
    {
        lock (call.Pagure.State.Gate)
        {
            var users = Access(call.Project.Users);
            ((JsonArray)users["admin"]!).Insert(0, call.Project.Owner);
            return Task.FromResult<JsonNode>(new JsonObject { ["groups"] = Access(call.Project.Groups), ["users"] = users });
        }
    }

    private static Task<JsonNode> HasCommit(PagureCall call)
    {
        string? user = call.Query("user");
        string? branch = call.Query("branch");
        if (user is null || branch is null)
        {
            throw PagureRefusal.Field(user is null ? "user" : "branch", "This field is required.");
        }

        return Task.FromResult<JsonNode>(new JsonObject
        {
            ["args"] = new JsonObject { ["branch"] = branch, ["project"] = new JsonObject { ["fullname"] = call.Project.FullName }, ["username"] = user },
            ["hascommit"] = call.Pagure.MayCommit(call.Project, user),
        });
    }

    private static Task<JsonNode> Options(PagureCall call) => Task.FromResult<JsonNode>(new JsonObject
    {
        ["settings"] = new JsonObject { ["issue_tracker"] = call.Project.IssuesEnabled, ["pull_requests"] = !call.Project.IsFork },
        ["status"] = "ok",
    });

    private static Task<JsonNode> ModifyAcls(PagureCall call)
    {
        string type = call.Needed("user_type");
        string name = call.Needed("name");
        string acl = call.Field("acl") ?? "";
        if (type is not ("user" or "group"))
        {
            throw PagureRefusal.Field("user_type", "Not a valid choice.");
        }

        if (acl.Length > 0 && !AclNames.Contains(acl))
        {
            throw PagureRefusal.Field("acl", "Not a valid choice.");
        }

        if (!call.Pagure.MayAdminister(call.Project, call.User!))
        {
            throw PagureRefusal.MayNotModify();
        }

        lock (call.Pagure.State.Gate)
        {
            bool known = type == "user" ? call.Pagure.State.Users.Exists(user => user.Name == name) : call.Pagure.State.Groups.ContainsKey(name);
            if (!known)
            {
                throw type == "user" ? new PagureRefusal(404, "ENOUSER", "No such user found") : new PagureRefusal(404, "ENOGROUP", "Group not found");
            }

            var access = type == "user" ? call.Project.Users : call.Project.Groups;
            if (acl.Length == 0)
            {
                access.Remove(name);
            }
            else
            {
                access[name] = acl;
                if (type == "user")
                {
                    call.Pagure.News.UserAdded(call.Project, name, acl, call.User!);
                }
            }

            call.Project.Modified = call.Pagure.Time.GetUtcNow();
            return Task.FromResult<JsonNode>(new PagureJson(call.Pagure).Project(call.Project));
        }
    }

    private static async Task<JsonNode> ForkAsync(PagureCall call)
    {
        string user = call.User!;
        string name = call.Needed("repo");
        string ns = call.Field("namespace") ?? "";
        string? from = call.Field("username") is { Length: > 0 } other ? other : null;
        var origin = call.Pagure.Find(ns, name, from) ?? throw PagureRefusal.NoProject();
        if (!await ForkMaking.TryMakeAsync(call.Pagure, origin, user, call.Aborted))
        {
            throw PagureRefusal.Free($"Repo \"forks/{user}/{name}\" already exists");
        }

        return call.Waits()
            ? new JsonObject { ["message"] = $"Repo \"{origin.FullName}\" cloned to \"{user}/{origin.FullName}\"" }
            : new JsonObject { ["message"] = "Project forking queued", ["taskid"] = Guid.NewGuid().ToString() };
    }

    private static JsonObject Access(IDictionary<string, string> access)
    {
        var json = new JsonObject();
        foreach (var (field, acl) in (ReadOnlySpan<(string, string)>)[("admin", "admin"), ("collaborators", "collaborator"), ("commit", "commit"), ("ticket", "ticket")])
        {
            json[field] = new JsonArray([.. access.Where(pair => pair.Value == acl).Select(pair => (JsonNode?)pair.Key)]);
        }

        return json;
    }
}
