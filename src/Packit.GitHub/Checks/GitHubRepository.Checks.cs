namespace Packit.GitHub;

public sealed partial class GitHubRepository
{
    private const string ChecksWrite = "checks: write";

    /// <summary>Makes a new check run. GitHub makes one more each time: look for an existing one first.</summary>
    public Task<CheckRun> CreateCheckRunAsync(CheckRunDraft draft, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(draft);
        return _session.CallAsync(
            Write(HttpMethod.Post, $"{Root}/check-runs", $"creating the check {draft.Name} in {Name}", ChecksWrite,
                CheckRunBody.Of(draft, create: true), GitHubJson.Default.CheckRunBody),
            GitHubJson.Default.CheckRun, cancellationToken);
    }

    /// <summary>Changes a check run of this App; setting the same again is harmless.</summary>
    public Task<CheckRun> UpdateCheckRunAsync(long id, CheckRunDraft draft, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(draft);
        return _session.CallAsync(
            Write(HttpMethod.Patch, $"{Root}/check-runs/{id}", $"updating the check {draft.Name} in {Name}", ChecksWrite,
                CheckRunBody.Of(draft, create: false), GitHubJson.Default.CheckRunBody),
            GitHubJson.Default.CheckRun, cancellationToken);
    }

    /// <summary>The latest check run of a name on a commit, as far as it belongs to this App; newest first.</summary>
    public async Task<IReadOnlyList<CheckRun>> CheckRunsAsync(string sha, string name, CancellationToken cancellationToken)
    {
        var doing = $"looking for the check {name} in {Name}";
        var request = Read(
            $"{Root}/commits/{ObjectId(sha, doing)}/check-runs?check_name={Uri.EscapeDataString(name)}&filter=latest&per_page={PageSize}",
            doing, "checks: read");
        return await _session.ListAsync(request, GitHubJson.Default.CheckRunList, page => page.CheckRuns, cancellationToken)
            .Where(run => run.App?.Slug is not { } slug || slug == _app.Slug)
            .OrderByDescending(run => run.Id)
            .ToListAsync(cancellationToken);
    }

    /// <summary>Sets a commit status. The same context on the same commit replaces what is shown; GitHub keeps at most 1000 of them.</summary>
    public Task CreateCommitStatusAsync(string sha, CommitStatusDraft status, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(status);
        var doing = $"setting the commit status {status.Context} in {Name}";
        return _session.CallAsync(
            Write(HttpMethod.Post, $"{Root}/statuses/{ObjectId(sha, doing)}", doing, "statuses: write",
                CommitStatusBody.Of(status), GitHubJson.Default.CommitStatusBody),
            cancellationToken);
    }
}
