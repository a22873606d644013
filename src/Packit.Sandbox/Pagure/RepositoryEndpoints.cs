using System.Text.Json.Nodes;
using Packit.Sandbox.Git;

namespace Packit.Sandbox.Pagure;

/// <summary>Branches, tags, addresses, trees and commits of a project's repository.</summary>
internal static class RepositoryEndpoints
{
    public static void Map(PagureRoutes api)
    {
        api.OfProject("GET", "git/branches", Branches);
        api.OfProject("GET", "git/tags", TagsAsync);
        api.OfProject("GET", "git/urls", Urls);
        api.OfProject("POST", "git/branch", CreateBranchAsync, "create_branch");
        api.OfProject("GET", "tree/{gitref}", RootAsync);
        api.OfProject("GET", "tree/{gitref}/f/{**path}", TreeAsync);
        api.OfProject("GET", "c/{sha}/info", CommitAsync);
    }

    private static Task<JsonNode> Branches(PagureCall call)
    {
        var branches = call.Git.Refs().Branches.ToDictionary();
        string? main = branches.ContainsKey("rawhide") ? "rawhide" : branches.ContainsKey("main") ? "main" : branches.Keys.Order(StringComparer.Ordinal).FirstOrDefault();
        bool commits = call.Switch("with_commits");
        return Task.FromResult<JsonNode>(new JsonObject
        {
            ["branches"] = commits
                ? new JsonObject(branches.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value)))
                : new JsonArray([.. branches.Keys.Select(name => (JsonNode?)name)]),
            ["default"] = main is null ? null : commits ? new JsonObject { [main] = branches[main] } : main,
            ["total_branches"] = branches.Count,
        });
    }

    private static async Task<JsonNode> TagsAsync(PagureCall call)
    {
        var names = call.Git.Refs().TagObjects.Select(pair => pair.Key).ToArray();
        JsonNode tags;
        if (call.Switch("with_commits"))
        {
            var commits = new JsonObject();
            foreach (string name in names)
            {
                commits[name] = await call.Git.ResolveAsync("refs/tags/" + name, call.Aborted);
            }

            tags = commits;
        }
        else
        {
            tags = new JsonArray([.. names.Select(name => (JsonNode?)name)]);
        }

        return new JsonObject { ["tags"] = tags, ["total_tags"] = names.Length };
    }

    private static Task<JsonNode> Urls(PagureCall call) => Task.FromResult<JsonNode>(new JsonObject
    {
        ["total_urls"] = 2,
        ["urls"] = new JsonObject
        {
            ["git"] = $"{call.Pagure.Address}{call.Project.FullName}.git",
            ["ssh"] = $"ssh://{call.User ?? "{username}"}@{call.Pagure.Address.Host}/{call.Project.FullName}.git",
        },
    });

    private static async Task<JsonNode> CreateBranchAsync(PagureCall call)
    {
        string branch = call.Needed("branch");
        if (!call.Pagure.MayCommit(call.Project, call.User))
        {
            throw PagureRefusal.MayNotModify();
        }

        string from = call.Field("from_commit") ?? call.Needed("from_branch");
        string sha = await call.Git.ResolveAsync(from, call.Aborted) ?? throw PagureRefusal.Free($"The \"{from}\" branch does not exist");
        if (call.Git.Refs().Branch(branch) is not null)
        {
            throw PagureRefusal.Free($"The branch \"{branch}\" already exists");
        }

        await call.Git.UpdateRefAsync("refs/heads/" + branch, sha, call.Aborted);
        return new JsonObject { ["message"] = "Project branch was created" };
    }

    private static Task<JsonNode> RootAsync(PagureCall call) => FolderAsync(call, "", null);

    private static async Task<JsonNode> TreeAsync(PagureCall call)
    {
        string path = call.Part("path").TrimEnd('/');
        string reference = call.Part("gitref");
        string sha = await CommitOfAsync(call, reference);
        var entry = await call.Git.FindAsync(sha, path, call.Aborted)
            ?? throw new PagureRefusal(404, "EFILENOTFOUND", "File not found in git");
        return entry.Type == "tree" ? await FolderAsync(call, path, entry.Name) : Entry(call, reference, entry, withPath: false);
    }

    private static async Task<JsonNode> FolderAsync(PagureCall call, string path, string? name)
    {
        string reference = call.Part("gitref");
        string sha = await CommitOfAsync(call, reference);
        var entries = await call.Git.ListAsync(sha, path, recursive: false, call.Aborted) ?? [];
        return new JsonObject
        {
            ["content"] = new JsonArray([.. entries.Select(entry => (JsonNode)Entry(
                call, reference, path.Length == 0 ? entry : entry with { Path = path + "/" + entry.Path }, withPath: true))]),
            ["name"] = name,
            ["type"] = "folder",
        };
    }

    private static JsonObject Entry(PagureCall call, string reference, TreeEntry entry, bool withPath)
    {
        string type = entry.Type switch { "tree" => "folder", "commit" => "submodule", _ => entry.IsLink ? "link" : "file" };
        string url = type == "folder"
            ? $"{call.Pagure.Address}api/0/{call.Project.UrlPath}/tree/{reference}/f/{entry.Path}"
            : $"{call.Pagure.Address}{call.Project.UrlPath}/raw/{reference}/f/{entry.Path}";
        var json = new JsonObject { ["content_url"] = url, ["name"] = entry.Name };
        if (withPath)
        {
            json["path"] = entry.Path;
        }

        json["type"] = type;
        return json;
    }

    private static async Task<JsonNode> CommitAsync(PagureCall call)
    {
        var commit = await call.Git.InfoAsync(call.Part("sha"), call.Aborted)
            ?? throw new PagureRefusal(404, "ENOCOMMIT", "No such commit found in this repository");
        return new JsonObject
        {
            ["author"] = commit.Author.Name,
            ["commit_time"] = commit.When.ToUnixTimeSeconds(),
            ["commit_time_offset"] = 0,
            ["committer"] = commit.Committer.Name,
            ["hash"] = commit.Sha,
            ["message"] = commit.Message,
            ["parent_ids"] = new JsonArray([.. commit.Parents.Select(parent => (JsonNode?)parent)]),
            ["tree_id"] = commit.Tree,
        };
    }

    private static async Task<string> CommitOfAsync(PagureCall call, string reference) =>
        await call.Git.ResolveAsync(reference, call.Aborted) ?? throw new PagureRefusal(404, "EBRANCHNOTFOUND", "Branch not found in git");
}
