using System.Globalization;
using System.Text.Json.Nodes;

namespace Packit.Sandbox.Pagure;

/// <summary>Lists, reads, opens and edits pull requests.</summary>
internal static class PullRequestEndpoints
{
    public static void Map(PagureRoutes api)
    {
        api.OfProject("GET", "pull-requests", List);
        api.OfProject("GET", "pull-request/{id}", Show);
        api.OfProject("POST", "pull-request/new", CreateAsync, "pull_request_create");
        api.OfProject("POST", "pull-request/{id}", Update, "pull_request_update");
        api.OfProject("GET", "pull-request/{id}/diffstats", DiffStatsAsync);
        api.OfProject("GET", "pull-request/{id}/comment/{comment}", ShowComment);
    }

    /// <summary>The pull request of the path.</summary>
    public static PullRequest Find(PagureCall call)
    {
        if (call.Project.IsFork)
        {
            throw Deactivated();
        }

        lock (call.Pagure.State.Gate)
        {
            return int.TryParse(call.Part("id"), CultureInfo.InvariantCulture, out int id) && call.Project.PullRequests.Find(known => known.Id == id) is { } request
                ? request
                : throw PagureRefusal.NoRequest();
        }
    }

    private static PagureRefusal Deactivated() => new(404, "EPULLREQUESTSDISABLED", "Pull-Request have been deactivated for this project");

    private static Task<JsonNode> List(PagureCall call)
    {
        if (call.Project.IsFork)
        {
            throw Deactivated();
        }

        string status = call.Query("status") ?? "Open";
        string? author = call.Query("author");
        string? assignee = call.Query("assignee");
        string[] labels = [.. call.Http.Request.Query["tags"].OfType<string>()];
        lock (call.Pagure.State.Gate)
        {
            PullRequest[] found = [.. call.Project.PullRequests
                .Where(request => Matches(request, status) && (author is null || request.Author == author) && assignee is null
                    && Array.TrueForAll(labels, request.Labels.Contains))
                .OrderByDescending(request => request.Id)];
            var page = Paging.Of(call, found.Length);
            var json = new PagureJson(call.Pagure);
            return Task.FromResult<JsonNode>(new JsonObject
            {
                ["args"] = new JsonObject
                {
                    ["assignee"] = assignee,
                    ["author"] = author,
                    ["page"] = page.Page,
                    ["per_page"] = page.PerPage,
                    ["status"] = status,
                    ["tags"] = new JsonArray([.. labels.Select(label => (JsonNode?)label)]),
                },
                ["pagination"] = page.Json,
                ["requests"] = new JsonArray([.. page.Of(found).Select(request => json.PullRequest(call.Project, request))]),
                ["total_requests"] = found.Length,
            });
        }
    }

    /// <summary><c>closed</c> means everything that is not open, merged ones included.</summary>
    private static bool Matches(PullRequest request, string status) =>
        status.ToUpperInvariant() switch
        {
            "ALL" => true,
            "CLOSED" => request.Status != "Open",
            "MERGED" => request.Status == "Merged",
            _ => request.Status == "Open",
        };

    private static Task<JsonNode> Show(PagureCall call)
    {
        var request = Find(call);
        lock (call.Pagure.State.Gate)
        {
            return Task.FromResult<JsonNode>(new PagureJson(call.Pagure).PullRequest(call.Project, request));
        }
    }

    private static async Task<JsonNode> CreateAsync(PagureCall call)
    {
        string title = call.Needed("title");
        string branch = call.Needed("branch_to");
        string branchFrom = call.Needed("branch_from");
        if (call.Project.IsFork)
        {
            throw Deactivated();
        }

        var source = Source(call);
        if (!call.Pagure.MayCommit(source, call.User))
        {
            throw PagureRefusal.NotEnough();
        }

        if (await PullRequestWork.RangeAsync(call.Pagure, call.Project, branch, source, branchFrom, call.Aborted) is not { } range)
        {
            string missing = call.Git.Refs().Branch(branch) is null ? branch : branchFrom;
            throw PagureRefusal.Invalid(JsonValue.Create($"Branch {missing} does not exist"));
        }

        var request = PullRequestWork.Open(
            call.Pagure, call.Project, source, call.User!, (branch, branchFrom), range, title, call.Field("initial_comment") is { Length: > 0 } text ? text : null);
        lock (call.Pagure.State.Gate)
        {
            return new PagureJson(call.Pagure).PullRequest(call.Project, request);
        }
    }

    /// <summary>The source repository: the fields <c>repo_from…</c>, or the project itself when there are none.</summary>
    private static Project Source(PagureCall call)
    {
        if (call.Field("repo_from") is not { Length: > 0 } name)
        {
            return call.Project;
        }

        string? user = call.Field("repo_from_username") is { Length: > 0 } given ? given : null;
        return call.Pagure.Find(call.Field("repo_from_namespace") ?? "", name, user) ?? throw PagureRefusal.NoProject();
    }

    private static Task<JsonNode> Update(PagureCall call)
    {
        var request = Find(call);
        string title = call.Needed("title");
        if (request.Author != call.User && !call.Pagure.MayCommit(call.Project, call.User))
        {
            throw PagureRefusal.MayNotMerge();
        }

        lock (call.Pagure.State.Gate)
        {
            request.Title = title;
            request.InitialComment = call.Field("initial_comment") is { Length: > 0 } text ? text : null;
            request.Updated = call.Pagure.Time.GetUtcNow();
            call.Pagure.News.Edited(call.Project, request, call.User!);
            return Task.FromResult<JsonNode>(new PagureJson(call.Pagure).PullRequest(call.Project, request));
        }
    }

    private static Task<JsonNode> ShowComment(PagureCall call)
    {
        var request = Find(call);
        lock (call.Pagure.State.Gate)
        {
            return request.Comments.Find(note => note.Id.ToString(CultureInfo.InvariantCulture) == call.Part("comment")) is { } comment
                ? Task.FromResult<JsonNode>(new PagureJson(call.Pagure).Comment(comment))
                : throw new PagureRefusal(404, "ENOCOMMENT", "Comment not found");
        }
    }

    private static async Task<JsonNode> DiffStatsAsync(PagureCall call)
    {
        var request = Find(call);
        if (request is not { Fork: { } fork, CommitStop: { } stop })
        {
            throw new PagureRefusal(400, "ENOPRSTATS", "No statistics could be computed for this PR");
        }

        var git = call.Pagure.GitOf(call.Pagure.ById(request.RepoFrom));
        var numbers = await git.RunAsync(call.Aborted, "diff", "--numstat", "--no-renames", "--end-of-options", fork, stop);
        var raw = await git.RunAsync(call.Aborted, "diff", "--raw", "--no-abbrev", "--no-renames", "--end-of-options", fork, stop);
        var facts = raw.Lines.Select(line => line.Split('\t', 2)).ToDictionary(parts => parts[1], parts => parts[0].Split(' '));
        var stats = new JsonObject();
        foreach (string[] parts in numbers.Lines.Select(line => line.Split('\t', 3)))
        {
            string[] fact = facts[parts[2]];
            stats[parts[2]] = new JsonObject
            {
                ["lines_added"] = Count(parts[0]),
                ["lines_removed"] = Count(parts[1]),
                ["new_id"] = fact[3],
                ["old_id"] = fact[2],
                ["old_path"] = parts[2],
                ["status"] = fact[4],
            };
        }

        return stats;
    }

    /// <summary>A binary file has a dash in the place of its numbers.</summary>
    private static int Count(string text) => int.TryParse(text, CultureInfo.InvariantCulture, out int number) ? number : 0;
}
