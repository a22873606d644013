using System.Text.Json.Nodes;
using Packit.Sandbox.Git;

namespace Packit.Sandbox.Pagure;

/// <summary>
/// What Pagure tells the message bus of a push: one message for each branch that has new commits, and one for each branch or tag
/// that is new or gone. A branch that only points at commits of the default branch brings no <c>git.receive</c>.
/// </summary>
internal static class PushNews
{
    private const string NoCommit = "^0000000000000000000000000000000000000000";
    private const string EmptyTree = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";
    private const int MostCommits = 1000;

    /// <param name="pagure">Where it happened.</param>
    /// <param name="project">The project or fork.</param>
    /// <param name="updates">What was moved.</param>
    /// <param name="agent">Who pushed, or who merged.</param>
    /// <param name="pullRequest">The number of the pull request that was merged by this; null for a push.</param>
    /// <param name="ct">Ends the look at the repository.</param>
    public static async Task TellAsync(
        PagureStandIn pagure, Project project, IReadOnlyList<RefUpdate> updates, string agent, int? pullRequest, CancellationToken ct)
    {
        var git = pagure.GitOf(project);
        foreach (var update in updates.Where(update => update.Branch is not null || update.Tag is not null))
        {
            var kind = update.Branch is null ? "tag" : "branch";
            var name = update.Branch ?? update.Tag!;
            if (update.New is not { } head)
            {
                pagure.News.OfPush($"git.{kind}.deletion", project, agent, body =>
                {
                    body[kind] = name;
                    body["rev"] = update.Old;
                    body["authors"] = new JsonArray();
                });
                continue;
            }

            if (update.Old is null && await git.InfoAsync(head, ct) is { } tip)
            {
                pagure.News.OfPush($"git.{kind}.creation", project, agent, body =>
                {
                    body[kind] = name;
                    body["rev"] = head;
                    body["authors"] = Authors(pagure, [tip]);
                });
            }

            await ReceivedAsync(pagure, project, git, update, name, agent, pullRequest, ct);
        }
    }

    private static async Task ReceivedAsync(
        PagureStandIn pagure, Project project, BareRepository git, RefUpdate update, string name, string agent, int? pullRequest, CancellationToken ct)
    {
        var head = update.New!;
        var from = update.Old is null ? KnownBefore(git, update) : await BaseAsync(git, update.Old, head, ct);
        var commits = await git.LogAsync(from is null ? head : $"{from}..{head}", MostCommits, ct);
        if (commits.Count == 0)
        {
            return;
        }

        var before = update.Old is null ? commits[^1].Parents.FirstOrDefault(EmptyTree) : from ?? EmptyTree;
        var files = await git.RunAsync(ct, "diff", "--name-status", "--no-renames", "-z", "--end-of-options", before, head);
        pagure.News.OfPush("git.receive", project, agent, body =>
        {
            body["total_commits"] = commits.Count;
            body["start_commit"] = commits[^1].Sha;
            body["end_commit"] = head;
            body["old_commit"] = update.Old is null ? NoCommit : from;
            body["branch"] = name;
            body["forced"] = update.Old is not null && from != update.Old;
            body["authors"] = Authors(pagure, commits);
            body["changed_files"] = Files(files.Text);
            body["pull_request_id"] = pullRequest;
        });
    }

    /// <summary>The head of the default branch, whose commits are nothing new on another one.</summary>
    private static string? KnownBefore(BareRepository git, RefUpdate update)
    {
        var refs = git.Refs();
        return update.Branch is "rawhide" or "main" ? null : refs.Branch("rawhide") ?? refs.Branch("main");
    }

    private static async Task<string?> BaseAsync(BareRepository git, string old, string head, CancellationToken ct)
    {
        var merge = await git.RunAsync(ct, "merge-base", old, head);
        return merge.ExitCode == 0 ? merge.Text.Trim() : null;
    }

    private static JsonObject Files(string text)
    {
        var parts = text.Split('\0', StringSplitOptions.RemoveEmptyEntries);
        return new JsonObject(parts.Chunk(2).Where(pair => pair.Length == 2).Select(pair => KeyValuePair.Create(pair[1], (JsonNode?)pair[0])));
    }

    /// <summary>An author whose address belongs to no account has a name only.</summary>
    private static JsonArray Authors(PagureStandIn pagure, IEnumerable<CommitInfo> commits) =>
        new([.. commits.Select(commit => commit.Author).DistinctBy(author => author.Email).Select(author => (JsonNode)Author(pagure, author))]);

    private static JsonObject Author(PagureStandIn pagure, Person author)
    {
        lock (pagure.State.Gate)
        {
            return pagure.State.Users.Find(user => PagureStandIn.EmailOf(user.Name) == author.Email) is { } user
                ? new PagureJson(pagure).User(user.Name)
                : new JsonObject { ["fullname"] = author.Name, ["name"] = null, ["url_path"] = null };
        }
    }
}
