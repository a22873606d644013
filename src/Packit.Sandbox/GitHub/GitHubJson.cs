using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Packit.Sandbox.GitHub;

/// <summary>The shapes of GitHub's REST API, version 2022-11-28, and of the objects in its webhooks, which are the same.</summary>
internal sealed class GitHubJson(GitHubState state, Func<Uri> api, Func<Uri> web, Func<long, AppIdentity> apps)
{
    private static readonly string[] ReactionNames = ["+1", "-1", "laugh", "hooray", "confused", "heart", "rocket", "eyes"];

    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static JsonNode? Time(DateTimeOffset? time) => time is { } known ? Time(known) : null;

    public string ApiUrl(Repository repository, string tail) => $"{api()}repos/{repository.FullName}/{tail}";

    public string WebUrl(Repository repository, string tail = "") => $"{web()}{repository.FullName}{tail}";

    public JsonObject Account(string login)
    {
        var account = state.Accounts.Find(known => string.Equals(known.Login, login, StringComparison.OrdinalIgnoreCase))
            ?? state.Accounts.Find(known => known.FormerLogins.Contains(login, StringComparer.OrdinalIgnoreCase))
            ?? state.Accounts.First(known => known.Login == "ghost");
        return new JsonObject
        {
            ["login"] = account.Login,
            ["id"] = account.Id,
            ["node_id"] = NodeId("User", account.Id),
            ["url"] = $"{api()}users/{Uri.EscapeDataString(account.Login)}",
            ["html_url"] = web() + account.Login,
            ["type"] = account.Type,
            ["site_admin"] = false,
        };
    }

    public JsonObject Repository(Repository repository) => new()
    {
        ["id"] = repository.Id,
        ["node_id"] = NodeId("Repository", repository.Id),
        ["name"] = repository.Name,
        ["full_name"] = repository.FullName,
        ["private"] = repository.Private,
        ["owner"] = Account(repository.Owner),
        ["html_url"] = WebUrl(repository),
        ["description"] = null,
        ["fork"] = false,
        ["url"] = $"{api()}repos/{repository.FullName}",
        ["clone_url"] = WebUrl(repository, ".git"),
        ["default_branch"] = repository.DefaultBranch,
        ["has_issues"] = repository.HasIssues,
        ["archived"] = repository.Archived,
        ["disabled"] = false,
        ["visibility"] = repository.Private ? "private" : "public",
        ["created_at"] = Time(repository.CreatedAt),
    };

    public JsonObject Release(Repository repository, Release release) => new()
    {
        ["url"] = ApiUrl(repository, "releases/" + release.Id),
        ["assets_url"] = ApiUrl(repository, $"releases/{release.Id}/assets"),
        ["html_url"] = WebUrl(repository, "/releases/tag/" + release.Tag),
        ["id"] = release.Id,
        ["author"] = Account(release.Author),
        ["node_id"] = NodeId("Release", release.Id),
        ["tag_name"] = release.Tag,
        ["target_commitish"] = release.Target,
        ["name"] = release.Name,
        ["draft"] = release.Draft,
        ["prerelease"] = release.Prerelease,
        ["created_at"] = Time(release.CreatedAt),
        ["published_at"] = Time(release.PublishedAt),
        ["assets"] = new JsonArray([.. release.Assets.Select(asset => Asset(repository, release, asset))]),
        ["tarball_url"] = ApiUrl(repository, "tarball/" + release.Tag),
        ["zipball_url"] = ApiUrl(repository, "zipball/" + release.Tag),
        ["body"] = release.Body,
    };

    public JsonObject Asset(Repository repository, Release release, Asset asset) => new()
    {
        ["url"] = ApiUrl(repository, "releases/assets/" + asset.Id),
        ["id"] = asset.Id,
        ["node_id"] = NodeId("ReleaseAsset", asset.Id),
        ["name"] = asset.Name,
        ["label"] = null,
        ["uploader"] = Account(release.Author),
        ["content_type"] = "application/octet-stream",
        ["state"] = "uploaded",
        ["size"] = asset.Size,
        ["created_at"] = Time(asset.CreatedAt),
        ["browser_download_url"] = WebUrl(repository, $"/releases/download/{release.Tag}/{asset.Name}"),
    };

    public JsonObject Issue(Repository repository, Issue issue)
    {
        var json = IssueAlone(repository, issue);
        if (issue.Pull is not null)
        {
            json["html_url"] = WebUrl(repository, "/pull/" + issue.Number);
            json["pull_request"] = new JsonObject
            {
                ["url"] = ApiUrl(repository, "pulls/" + issue.Number),
                ["html_url"] = WebUrl(repository, "/pull/" + issue.Number),
                ["merged_at"] = null,
            };
        }

        return json;
    }

    private JsonObject IssueAlone(Repository repository, Issue issue) => new()
    {
        ["url"] = ApiUrl(repository, "issues/" + issue.Number),
        ["repository_url"] = $"{api()}repos/{repository.FullName}",
        ["comments_url"] = ApiUrl(repository, $"issues/{issue.Number}/comments"),
        ["html_url"] = WebUrl(repository, "/issues/" + issue.Number),
        ["id"] = issue.Id,
        ["node_id"] = NodeId("Issue", issue.Id),
        ["number"] = issue.Number,
        ["title"] = issue.Title,
        ["user"] = Account(issue.Author),
        ["labels"] = new JsonArray([.. issue.Labels.Select(label => new JsonObject { ["name"] = label })]),
        ["state"] = issue.State,
        ["state_reason"] = issue.StateReason,
        ["locked"] = issue.Locked,
        ["assignee"] = null,
        ["assignees"] = new JsonArray(),
        ["milestone"] = null,
        ["comments"] = issue.Comments.Count,
        ["created_at"] = Time(issue.CreatedAt),
        ["updated_at"] = Time(issue.UpdatedAt),
        ["closed_at"] = Time(issue.ClosedAt),
        ["author_association"] = Association(repository, issue.Author),
        ["body"] = issue.Body,
        ["reactions"] = Reactions(ApiUrl(repository, $"issues/{issue.Number}/reactions"), issue.Reactions),
    };

    public JsonObject IssueComment(Repository repository, Issue issue, Comment comment) => new()
    {
        ["url"] = ApiUrl(repository, "issues/comments/" + comment.Id),
        ["html_url"] = WebUrl(repository, $"/issues/{issue.Number}#issuecomment-{comment.Id}"),
        ["issue_url"] = ApiUrl(repository, "issues/" + issue.Number),
        ["id"] = comment.Id,
        ["node_id"] = NodeId("IssueComment", comment.Id),
        ["user"] = Account(comment.Author),
        ["created_at"] = Time(comment.CreatedAt),
        ["updated_at"] = Time(comment.UpdatedAt),
        ["author_association"] = Association(repository, comment.Author),
        ["body"] = comment.Body,
        ["reactions"] = Reactions(ApiUrl(repository, $"issues/comments/{comment.Id}/reactions"), comment.Reactions),
        ["performed_via_github_app"] = comment.Author == apps(AppIdentity.FirstId).BotLogin ? App(AppIdentity.FirstId) : null,
    };

    public JsonObject CommitComment(Repository repository, Comment comment) => new()
    {
        ["url"] = ApiUrl(repository, "comments/" + comment.Id),
        ["html_url"] = WebUrl(repository, $"/commit/{comment.Sha}#commitcomment-{comment.Id}"),
        ["id"] = comment.Id,
        ["node_id"] = NodeId("CommitComment", comment.Id),
        ["user"] = Account(comment.Author),
        ["position"] = null,
        ["line"] = null,
        ["path"] = null,
        ["commit_id"] = comment.Sha,
        ["created_at"] = Time(comment.CreatedAt),
        ["updated_at"] = Time(comment.UpdatedAt),
        ["author_association"] = Association(repository, comment.Author),
        ["body"] = comment.Body,
    };

    public JsonObject Reaction(Reaction reaction) => new()
    {
        ["id"] = reaction.Id,
        ["node_id"] = NodeId("Reaction", reaction.Id),
        ["user"] = Account(reaction.Author),
        ["content"] = reaction.Content,
        ["created_at"] = Time(reaction.CreatedAt),
    };

    public JsonObject CheckRun(Repository repository, CheckRun run) => new()
    {
        ["id"] = run.Id,
        ["node_id"] = NodeId("CheckRun", run.Id),
        ["head_sha"] = run.HeadSha,
        ["external_id"] = run.ExternalId ?? "",
        ["url"] = ApiUrl(repository, "check-runs/" + run.Id),
        ["html_url"] = WebUrl(repository, "/runs/" + run.Id),
        ["details_url"] = run.DetailsUrl ?? web().ToString(),
        ["status"] = run.Status,
        ["conclusion"] = run.Conclusion,
        ["started_at"] = Time(run.StartedAt),
        ["completed_at"] = Time(run.CompletedAt),
        ["output"] = new JsonObject
        {
            ["title"] = run.Title,
            ["summary"] = run.Summary,
            ["text"] = run.Text,
            ["annotations_count"] = run.Annotations.Count,
            ["annotations_url"] = ApiUrl(repository, $"check-runs/{run.Id}/annotations"),
        },
        ["name"] = run.Name,
        ["check_suite"] = new JsonObject
        {
            ["id"] = repository.CheckSuites.Find(suite => suite.HeadSha == run.HeadSha && suite.App == run.App)?.Id, ["head_sha"] = run.HeadSha, ["head_branch"] = repository.DefaultBranch,
        },
        ["app"] = App(run.App),
        ["pull_requests"] = new JsonArray(),
    };

    public JsonObject CheckSuite(Repository repository, CheckSuite suite)
    {
        var (status, conclusion) = CheckSuites.State(repository, suite);
        return new JsonObject
        {
            ["id"] = suite.Id,
            ["node_id"] = NodeId("CheckSuite", suite.Id),
            ["head_branch"] = repository.DefaultBranch,
            ["head_sha"] = suite.HeadSha,
            ["status"] = status,
            ["conclusion"] = conclusion,
            ["url"] = ApiUrl(repository, "check-suites/" + suite.Id),
            ["before"] = null,
            ["after"] = suite.HeadSha,
            ["pull_requests"] = new JsonArray(),
            ["app"] = App(suite.App),
            ["created_at"] = Time(suite.CreatedAt),
            ["updated_at"] = Time(suite.CreatedAt),
            ["rerequestable"] = true,
            ["runs_rerequestable"] = true,
            ["latest_check_runs_count"] = CheckSuites.Latest(repository, suite).Count(),
            ["check_runs_url"] = ApiUrl(repository, $"check-suites/{suite.Id}/check-runs"),
        };
    }

    public JsonObject Status(Repository repository, CommitStatus status) => new()
    {
        ["url"] = ApiUrl(repository, "statuses/" + status.Sha),
        ["id"] = status.Id,
        ["node_id"] = NodeId("StatusContext", status.Id),
        ["state"] = status.State,
        ["description"] = status.Description,
        ["target_url"] = status.TargetUrl,
        ["context"] = status.Context,
        ["created_at"] = Time(status.CreatedAt),
        ["updated_at"] = Time(status.CreatedAt),
        ["creator"] = Account(status.Author),
    };

    public JsonObject Installation(Installation installation) => new()
    {
        ["id"] = installation.Id,
        ["account"] = Account(installation.Owner),
        ["repository_selection"] = "selected",
        ["access_tokens_url"] = $"{api()}app/installations/{installation.Id}/access_tokens",
        ["repositories_url"] = api() + "installation/repositories",
        ["html_url"] = $"{web()}settings/installations/{installation.Id}",
        ["app_id"] = installation.App,
        ["app_slug"] = apps(installation.App).Slug,
        ["target_type"] = Account(installation.Owner)["type"]!.GetValue<string>(),
        ["permissions"] = Permissions(installation.Permissions),
        ["events"] = new JsonArray("release", "push", "pull_request", "issue_comment", "check_run", "installation", "installation_repositories", "repository"),
        ["created_at"] = Time(installation.CreatedAt),
        ["updated_at"] = Time(installation.CreatedAt),
        ["suspended_at"] = Time(installation.SuspendedAt),
        ["suspended_by"] = null,
    };

    public JsonObject App(long id)
    {
        string slug = apps(id).Slug;
        return new JsonObject
        {
            ["id"] = id,
            ["slug"] = slug,
            ["node_id"] = NodeId("App", id),
            ["name"] = slug,
            ["html_url"] = $"{web()}apps/{slug}",
        };
    }

    public static JsonObject Permissions(IReadOnlyDictionary<string, string> permissions) =>
        new(permissions.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value)));

    public static string NodeId(string kind, long id) => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{kind}{id}"));

    private static JsonObject Reactions(string url, List<Reaction> reactions)
    {
        var counts = new JsonObject { ["url"] = url, ["total_count"] = reactions.Count };
        foreach (string name in ReactionNames)
        {
            counts[name] = reactions.Count(reaction => reaction.Content == name);
        }

        return counts;
    }

    private static string Association(Repository repository, string login) =>
        string.Equals(login, repository.Owner, StringComparison.OrdinalIgnoreCase) ? "OWNER"
        : repository.Roles.ContainsKey(login) ? "COLLABORATOR"
        : "NONE";
}
