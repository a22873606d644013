using Packit.Sandbox.Git;

namespace Packit.Sandbox.Pagure;

/// <summary>A package in dist-git, driven as its maintainers would.</summary>
public sealed class DistGitPackage
{
    private readonly PagureStandIn _pagure;
    private readonly Project _project;

    internal DistGitPackage(PagureStandIn pagure, Project project)
    {
        _pagure = pagure;
        _project = project;
    }

    public string Name => _project.Name;

    /// <summary><c>rpms/name</c>.</summary>
    public string FullName => _project.FullName;

    /// <summary>The main maintainer.</summary>
    public string Owner => _project.Owner;

    /// <summary>The branches, by name, with their head commits.</summary>
    public IReadOnlyDictionary<string, string> Branches => new SortedDictionary<string, string>(Git().Refs().Branches.ToDictionary(), StringComparer.Ordinal);

    /// <summary>The branches of a user's fork; empty when there is no fork.</summary>
    public IReadOnlyDictionary<string, string> ForkBranches(string? user = null) =>
        Fork(user ?? _pagure.ServiceUser) is { } fork
            ? new SortedDictionary<string, string>(_pagure.GitOf(fork).Refs().Branches.ToDictionary(), StringComparer.Ordinal)
            : new SortedDictionary<string, string>();

    /// <summary>The text of a file on a branch, or null. With <paramref name="fork"/>, on that user's fork.</summary>
    public async Task<string?> FileAsync(string branch, string path, string? fork = null, CancellationToken ct = default) =>
        await BytesAsync(branch, path, fork, ct) is { } bytes ? System.Text.Encoding.UTF8.GetString(bytes) : null;

    /// <summary>The bytes of a file on a branch, or null.</summary>
    public Task<byte[]?> BytesAsync(string branch, string path, string? fork = null, CancellationToken ct = default) =>
        Git(fork).ReadAsync("refs/heads/" + branch, path, ct);

    /// <summary>The commits of a branch, newest first.</summary>
    public async Task<IReadOnlyList<CommitView>> CommitsAsync(string branch, string? fork = null, int limit = 50, CancellationToken ct = default) =>
        [.. (await Git(fork).LogAsync("refs/heads/" + branch, limit, ct)).Select(PullRequestWork.View)];

    /// <summary>
    /// A person commits to a branch of the package, or (with <paramref name="fork"/>) to a branch of that user's fork, such as a
    /// working branch. A branch that is not there is begun at the head of <paramref name="start"/>.
    /// </summary>
    /// <returns>The new commit.</returns>
    public async Task<string> PushCommitAsync(
        string branch, FileSet files, string message = "Fix by hand", Person? author = null, string? fork = null, string start = "rawhide", CancellationToken ct = default)
    {
        var project = fork is null ? _project : Fork(fork) ?? throw new InvalidOperationException($"{fork} has no fork of {FullName}.");
        var git = _pagure.GitOf(project);
        var before = git.Refs();
        string sha = await git.CommitAsync(branch, start, files, message, author ?? Maintainer(), _pagure.Time.GetUtcNow(), ct);
        await PullRequestWork.AfterPushAsync(_pagure, project, before, git.Refs(), Owner, ct);
        return sha;
    }

    /// <summary>Makes a branch from another, as a request for a new branch does.</summary>
    public Task CreateBranchAsync(string branch, string from = "rawhide", CancellationToken ct = default) =>
        Git().UpdateRefAsync("refs/heads/" + branch, Branches[from], ct);

    /// <summary>Somebody with the right to it moves a branch of a fork by force, or (with null) deletes it.</summary>
    public async Task MoveForkBranchAsync(string fork, string branch, string? commit, CancellationToken ct = default)
    {
        var project = Fork(fork) ?? throw new InvalidOperationException($"{fork} has no fork of {FullName}.");
        var git = _pagure.GitOf(project);
        var before = git.Refs();
        await (commit is null ? git.DeleteRefAsync("refs/heads/" + branch, ct) : git.UpdateRefAsync("refs/heads/" + branch, commit, ct));
        await PullRequestWork.AfterPushAsync(_pagure, project, before, git.Refs(), Owner, ct);
    }

    /// <summary>A maintainer merges a pull request.</summary>
    public async Task MergePullRequestAsync(int id, CancellationToken ct = default)
    {
        if (!await PullRequestWork.MergeAsync(_pagure, _project, Request(id), Owner, ct))
        {
            throw new InvalidOperationException($"Pull request {id} of {FullName} has conflicts.");
        }
    }

    /// <summary>A maintainer closes a pull request without merging it.</summary>
    public void ClosePullRequest(int id) => PullRequestWork.Close(_pagure, Request(id), Owner);

    /// <summary>A maintainer edits the title and description of a pull request.</summary>
    public void EditPullRequest(int id, string title, string description)
    {
        var request = Request(id);
        lock (_pagure.State.Gate)
        {
            (request.Title, request.InitialComment) = (title, description);
        }
    }

    /// <summary>Somebody comments in a pull request.</summary>
    public void CommentAsMaintainer(int id, string text) => PullRequestWork.Comment(_pagure, Request(id), Owner, text);

    /// <summary>Gives a user rights on the package: admin, commit, collaborator, ticket.</summary>
    public void SetAccess(string user, string acl)
    {
        _pagure.AddUser(user);
        lock (_pagure.State.Gate)
        {
            _project.Users[user] = acl;
        }
    }

    /// <summary>Gives a group rights on the package.</summary>
    public void SetGroupAccess(string group, string acl)
    {
        lock (_pagure.State.Gate)
        {
            _project.Groups[group] = acl;
        }
    }

    /// <summary>All pull requests, oldest first, with their commits and differences.</summary>
    public async Task<IReadOnlyList<PullRequestView>> PullRequestsAsync(CancellationToken ct = default)
    {
        List<PullRequest> requests;
        lock (_pagure.State.Gate)
        {
            requests = [.. _project.PullRequests.OrderBy(request => request.Id)];
        }

        var views = new List<PullRequestView>();
        foreach (var request in requests)
        {
            views.Add(await PullRequestWork.ViewAsync(_pagure, _project, request, ct));
        }

        return views;
    }

    private static Person Maintainer() => new("A Maintainer", "maintainer@fedora.example");

    private PullRequest Request(int id)
    {
        lock (_pagure.State.Gate)
        {
            return _project.PullRequests.First(request => request.Id == id);
        }
    }

    private Project? Fork(string user) => _pagure.Find(_project.Namespace, _project.Name, user);

    private BareRepository Git(string? fork = null) =>
        _pagure.GitOf(fork is null ? _project : Fork(fork) ?? throw new InvalidOperationException($"{fork} has no fork of {FullName}."));
}
