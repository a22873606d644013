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
    /// <param name="branch">The branch.</param>
    /// <param name="files">What is changed.</param>
    /// <param name="message">The commit's message.</param>
    /// <param name="author">Who stands in the commit; null: a maintainer.</param>
    /// <param name="fork">Whose fork; null: the package itself.</param>
    /// <param name="start">Where a new branch begins.</param>
    /// <param name="pusher">The account that pushes, the agent of the bus message; null: the owner.</param>
    /// <returns>The new commit.</returns>
    public async Task<string> PushCommitAsync(
        string branch, FileSet files, string message = "Fix by hand", Person? author = null, string? fork = null, string start = "rawhide",
        string? pusher = null, CancellationToken ct = default)
    {
        var project = Repository(fork);
        var git = _pagure.GitOf(project);
        string? before = git.Refs().Branch(branch);
        string sha = await git.CommitAsync(branch, start, files, message, author ?? Maintainer(), _pagure.Time.GetUtcNow(), ct);
        await MovedAsync(project, branch, before, sha, pusher, ct);
        return sha;
    }

    /// <summary>Makes a branch from another, as a request for a new branch does.</summary>
    public async Task CreateBranchAsync(string branch, string from = "rawhide", CancellationToken ct = default)
    {
        string head = Branches[from];
        await Git().UpdateRefAsync("refs/heads/" + branch, head, ct);
        await MovedAsync(_project, branch, null, head, pusher: null, ct);
    }

    /// <summary>Somebody with the right to it moves a branch of a fork by force, or (with null) deletes it.</summary>
    public async Task MoveForkBranchAsync(string fork, string branch, string? commit, CancellationToken ct = default)
    {
        var project = Repository(fork);
        var git = _pagure.GitOf(project);
        string? before = git.Refs().Branch(branch);
        await (commit is null ? git.DeleteRefAsync("refs/heads/" + branch, ct) : git.UpdateRefAsync("refs/heads/" + branch, commit, ct));
        await MovedAsync(project, branch, before, commit, pusher: null, ct);
    }

    /// <summary>Somebody opens a pull request from a branch of a fork.</summary>
    /// <returns>Its number.</returns>
    public async Task<int> OpenPullRequestAsync(string user, string title, string branch, string branchFrom, string fork, CancellationToken ct = default)
    {
        _pagure.AddUser(user);
        var source = Repository(fork);
        var range = await PullRequestWork.RangeAsync(_pagure, _project, branch, source, branchFrom, ct)
            ?? throw new InvalidOperationException($"{branch} or {branchFrom} does not exist.");
        return PullRequestWork.Open(_pagure, _project, source, user, (branch, branchFrom), range, title, text: null).Id;
    }

    /// <summary>Somebody merges a pull request: the owner when <paramref name="by"/> is null.</summary>
    public async Task MergePullRequestAsync(int id, string? by = null, CancellationToken ct = default)
    {
        if (!await PullRequestWork.MergeAsync(_pagure, _project, Request(id), by ?? Owner, ct))
        {
            throw new InvalidOperationException($"Pull request {id} of {FullName} has conflicts.");
        }
    }

    /// <summary>Somebody closes a pull request without merging it: the owner when <paramref name="by"/> is null.</summary>
    public void ClosePullRequest(int id, string? by = null) => PullRequestWork.Close(_pagure, _project, Request(id), by ?? Owner);

    /// <summary>A maintainer edits the title and description of a pull request.</summary>
    public void EditPullRequest(int id, string title, string description)
    {
        var request = Request(id);
        lock (_pagure.State.Gate)
        {
            (request.Title, request.InitialComment) = (title, description);
            _pagure.News.Edited(_project, request, Owner);
        }
    }

    /// <summary>The owner comments in a pull request.</summary>
    public void CommentAsMaintainer(int id, string text) => Comment(id, Owner, text);

    /// <summary>Somebody comments in a pull request.</summary>
    public void Comment(int id, string user, string text) => PullRequestWork.Comment(_pagure, _project, Request(id), user, text);

    /// <summary>Somebody edits a comment in the web interface; the API has no call for it.</summary>
    public void EditComment(int id, int comment, string user, string text)
    {
        var request = Request(id);
        _pagure.AddUser(user);
        lock (_pagure.State.Gate)
        {
            var note = request.Comments.Single(note => note.Id == comment);
            (note.Text, note.Edited) = (text, (user, _pagure.Time.GetUtcNow()));
            _pagure.News.CommentEdited(_project, request, note, user);
        }
    }

    /// <summary>Somebody deletes a comment in the web interface; no message tells of it.</summary>
    public void DeleteComment(int id, int comment)
    {
        var request = Request(id);
        lock (_pagure.State.Gate)
        {
            request.Comments.RemoveAll(note => note.Id == comment);
        }
    }

    /// <summary>Sets the labels of a pull request, which Pagure calls its tags.</summary>
    public void SetLabels(int id, params string[] labels)
    {
        var request = Request(id);
        lock (_pagure.State.Gate)
        {
            request.Labels.Clear();
            request.Labels.AddRange(labels);
        }
    }

    /// <summary>The flags on a commit, oldest first.</summary>
    public IReadOnlyList<FlagView> Flags(string commit)
    {
        lock (_pagure.State.Gate)
        {
            return [.. _project.Flags.Where(flag => flag.Commit == commit).Select(flag =>
                new FlagView(flag.Uid, flag.Username, flag.Status, flag.Comment, flag.Url, flag.Commit))];
        }
    }

    /// <summary>Switches the issue tracker on, which Fedora has for its test projects only.</summary>
    public void EnableIssues()
    {
        lock (_pagure.State.Gate)
        {
            _project.IssuesEnabled = true;
        }
    }

    /// <summary>Gives a user rights on the package: admin, commit, collaborator, ticket.</summary>
    public void SetAccess(string user, string acl)
    {
        _pagure.AddUser(user);
        lock (_pagure.State.Gate)
        {
            _project.Users[user] = acl;
        }

        _pagure.Trusted?.Invoke(user);
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

    private Task MovedAsync(Project project, string branch, string? before, string? after, string? pusher, CancellationToken ct)
    {
        string agent = pusher ?? Owner;
        _pagure.AddUser(agent);
        return PullRequestWork.AfterPushAsync(_pagure, project, [RefUpdate.OfBranch(branch, before, after)], agent, ct);
    }

    private PullRequest Request(int id)
    {
        lock (_pagure.State.Gate)
        {
            return _project.PullRequests.First(request => request.Id == id);
        }
    }

    private Project? Fork(string user) => _pagure.Find(_project.Namespace, _project.Name, user);

    private BareRepository Git(string? fork = null) => _pagure.GitOf(Repository(fork));

    private Project Repository(string? fork) =>
        fork is null ? _project : Fork(fork) ?? throw new InvalidOperationException($"{fork} has no fork of {FullName}.");
}
