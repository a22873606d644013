using System.Globalization;
using System.Text.Json.Nodes;
using Packit.Sandbox.Git;

namespace Packit.Sandbox.GitHub;

public sealed partial class UpstreamProject
{
    /// <summary>Opens a pull request with one commit from somebody's fork; the <c>pull_request</c> webhook is sent.</summary>
    /// <param name="login">Who opens it, and whose fork it is from.</param>
    /// <param name="files">What the commit changes.</param>
    /// <param name="title">Title of the pull request and message of the commit.</param>
    /// <param name="from">The commit that it is based on; the head of the default branch when null.</param>
    /// <param name="ct">Ends the call.</param>
    /// <returns>Its number.</returns>
    public async Task<int> OpenPullRequestAsync(string login, FileSet files, string title, string? from = null, CancellationToken ct = default)
    {
        _github.AddAccount(login);
        int number;
        lock (_github.State.Gate)
        {
            number = _repository.LastNumber + 1;
        }

        string head = await CommitToPullRequestAsync(number, from ?? await HeadAsync(ct: ct), files, title, login, ct);
        return await AddPullRequestAsync(login, title, new PullRequest { HeadOwner = login, HeadBranch = "change", HeadSha = head, BaseBranch = DefaultBranch }, ct);
    }

    /// <summary>Opens a pull request from a branch of the project itself; the <c>pull_request</c> webhook is sent.</summary>
    /// <returns>Its number.</returns>
    public async Task<int> OpenPullRequestAsync(string branch, string title, CancellationToken ct = default)
    {
        string head = await HeadAsync(branch, ct);
        int number = await AddPullRequestAsync(
            Owner, title, new PullRequest { HeadOwner = Owner, HeadBranch = branch, HeadSha = head, BaseBranch = DefaultBranch }, ct);
        await Git.UpdateRefAsync(HeadRef(number), head, ct);
        return number;
    }

    /// <summary>Adds a commit to a pull request from a fork; the <c>pull_request</c> webhook is sent.</summary>
    /// <returns>The new head.</returns>
    public async Task<string> PushToPullRequestAsync(int number, FileSet files, string message, CancellationToken ct = default)
    {
        var issue = FindPullRequest(number);
        string head = await CommitToPullRequestAsync(number, issue.Pull!.HeadSha, files, message, issue.Author, ct);
        lock (_github.State.Gate)
        {
            issue.Pull.HeadSha = head;
            issue.UpdatedAt = _github.Time.GetUtcNow();
        }

        await TellPullRequestAsync(issue, "synchronize", ct);
        return head;
    }

    /// <summary>Closes a pull request or opens it again; the <c>pull_request</c> webhook is sent.</summary>
    public Task SetPullRequestOpenAsync(int number, bool isOpen, CancellationToken ct = default)
    {
        var issue = FindPullRequest(number);
        lock (_github.State.Gate)
        {
            issue.State = isOpen ? "open" : "closed";
            issue.ClosedAt = isOpen ? null : _github.Time.GetUtcNow();
        }

        return TellPullRequestAsync(issue, isOpen ? "reopened" : "closed", ct);
    }

    /// <summary>The newest commit of a pull request.</summary>
    public string HeadOfPullRequest(int number) => FindPullRequest(number).Pull!.HeadSha;

    private static string HeadRef(int number) => string.Create(CultureInfo.InvariantCulture, $"refs/pull/{number}/head");

    private Issue FindPullRequest(int number)
    {
        lock (_github.State.Gate)
        {
            return _repository.Issues.Find(known => known.Number == number && known.Pull is not null)
                ?? throw new InvalidOperationException($"{FullName} has no pull request {number}.");
        }
    }

    private async Task<string> CommitToPullRequestAsync(int number, string from, FileSet files, string message, string login, CancellationToken ct)
    {
        using var import = new FastImport();
        import.Commit(HeadRef(number), from, files, message, new Person(login, login + "@fork.example"), _github.Time.GetUtcNow());
        return (await Git.ImportAsync(import, ct))[0];
    }

    private async Task<int> AddPullRequestAsync(string login, string title, PullRequest pull, CancellationToken ct)
    {
        var issue = IssueEndpoints.Open(_github, _repository, login, title, body: null, labels: [], pull);
        await TellPullRequestAsync(issue, "opened", ct);
        return issue.Number;
    }

    private async Task TellPullRequestAsync(Issue issue, string action, CancellationToken ct)
    {
        string onto = await HeadAsync(issue.Pull!.BaseBranch, ct);
        JsonObject payload;
        lock (_github.State.Gate)
        {
            payload = new JsonObject
            {
                ["action"] = action,
                ["number"] = issue.Number,
                ["pull_request"] = PullRequestJson.Of(_github.Json, _repository, issue, issue.Pull, onto),
            };
        }

        await _github.TellAsync(_repository, issue.Author, "pull_request", payload, ct);
    }
}
