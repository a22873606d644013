using System.Text.Json.Nodes;

namespace Packit.Sandbox.GitHub;

/// <summary>A pull request as webhooks show it.</summary>
internal static class PullRequestJson
{
    /// <summary>Call under the gate of the state.</summary>
    public static JsonObject Of(GitHubJson json, Repository repository, Issue issue, PullRequest pull, string baseSha) => new()
    {
        ["url"] = json.ApiUrl(repository, "pulls/" + issue.Number),
        ["id"] = issue.Id,
        ["node_id"] = GitHubJson.NodeId("PullRequest", issue.Id),
        ["html_url"] = json.WebUrl(repository, "/pull/" + issue.Number),
        ["issue_url"] = json.ApiUrl(repository, "issues/" + issue.Number),
        ["number"] = issue.Number,
        ["state"] = issue.State,
        ["locked"] = false,
        ["title"] = issue.Title,
        ["user"] = json.Account(issue.Author),
        ["body"] = issue.Body,
        ["created_at"] = GitHubJson.Time(issue.CreatedAt),
        ["updated_at"] = GitHubJson.Time(issue.UpdatedAt),
        ["closed_at"] = GitHubJson.Time(issue.ClosedAt),
        ["merged_at"] = null,
        ["merge_commit_sha"] = null,
        ["draft"] = false,
        ["merged"] = false,
        ["head"] = Side(json, repository, pull.HeadOwner, pull.HeadBranch, pull.HeadSha),
        ["base"] = Side(json, repository, repository.Owner, pull.BaseBranch, baseSha),
        ["maintainer_can_modify"] = true,
    };

    private static JsonObject Side(GitHubJson json, Repository repository, string owner, string branch, string sha)
    {
        var facts = json.Repository(repository);
        if (owner != repository.Owner)
        {
            // A fork: the same facts below its owner's name.
            string full = $"{owner}/{repository.Name}";
            facts["id"] = repository.Id + 1;
            facts["full_name"] = full;
            facts["owner"] = json.Account(owner);
            facts["fork"] = true;
            foreach (string address in (string[])["html_url", "url", "clone_url"])
            {
                facts[address] = ((string)facts[address]!).Replace(repository.FullName, full, StringComparison.Ordinal);
            }
        }

        return new JsonObject
        {
            ["label"] = $"{owner}:{branch}", ["ref"] = branch, ["sha"] = sha, ["user"] = json.Account(owner), ["repo"] = facts,
        };
    }
}
