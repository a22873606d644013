using Packit.Sandbox.Git;

namespace Packit.Sandbox.GitHub;

public sealed partial class UpstreamProject
{
    private const int MostNewCommits = 10_000;

    /// <summary>Commits to a branch and pushes it; the <c>push</c> webhook is sent.</summary>
    /// <returns>The new head.</returns>
    public Task<string> PushAsync(FileSet files, string message, string? branch = null, CancellationToken ct = default) =>
        PushAsync([(files, message)], branch, ct);

    /// <summary>Pushes several commits at once; one <c>push</c> webhook is sent.</summary>
    /// <returns>The new head.</returns>
    public async Task<string> PushAsync(IReadOnlyList<(FileSet Files, string Message)> commits, string? branch = null, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(commits);
        string? before = Git.Refs().Branch(branch ?? DefaultBranch);
        string after = "";
        foreach (var (files, message) in commits)
        {
            after = await CommitAsync(files, message, branch, ct: ct);
        }

        await TellPushAsync("refs/heads/" + (branch ?? DefaultBranch), before, after, ct);
        return after;
    }

    /// <summary>Sets a branch to a commit that is there already, with force; the <c>push</c> webhook is sent.</summary>
    public async Task MoveBranchAsync(string branch, string commit, CancellationToken ct = default)
    {
        string? before = Git.Refs().Branch(branch);
        await Git.UpdateRefAsync("refs/heads/" + branch, commit, ct);
        await TellPushAsync("refs/heads/" + branch, before, commit, ct);
    }

    /// <summary>Removes a branch; the <c>push</c> webhook is sent.</summary>
    public async Task DeleteBranchAsync(string branch, CancellationToken ct = default)
    {
        string before = await HeadAsync(branch, ct);
        await Git.DeleteRefAsync("refs/heads/" + branch, ct);
        await TellPushAsync("refs/heads/" + branch, before, after: null, ct);
    }

    /// <summary>Pushes a tag of a commit (the head of the default branch when null); the <c>push</c> webhook is sent.</summary>
    public async Task PushTagAsync(string tag, string? commit = null, CancellationToken ct = default) =>
        await TellPushAsync("refs/tags/" + tag, before: null, await TagAsync(tag, commit, ct: ct), ct);

    private async Task TellPushAsync(string reference, string? before, string? after, CancellationToken ct)
    {
        var commits = new List<(CommitInfo, IReadOnlyList<(char, string)>)>();
        if (after is not null && reference.StartsWith("refs/heads/", StringComparison.Ordinal))
        {
            string? known = before ?? (reference == "refs/heads/" + DefaultBranch ? null : Git.Refs().Branch(DefaultBranch));
            var news = await Git.LogAsync(known is null ? after : $"{known}..{after}", MostNewCommits, ct);
            foreach (var commit in news.Reverse())
            {
                commits.Add((commit, await Git.ChangesAsync(commit.Sha, ct)));
            }
        }

        bool forced = before is not null && after is not null && await Git.MergeBaseAsync(before, after, ct) != before;
        System.Text.Json.Nodes.JsonObject payload;
        lock (_github.State.Gate)
        {
            payload = PushJson.Of(_github, _repository, reference, before, after, forced, commits);
        }

        await _github.TellAsync(_repository, Owner, "push", payload, ct);
    }
}
