using System.Text;
using Packit.Sandbox.Git;

namespace Packit.Sandbox.Pagure;

/// <summary>What happens to pull requests, whoever asks for it: the API, a push, or a maintainer in a story.</summary>
internal static class PullRequestWork
{
    private const int MostCommits = 200;

    public static CommitView View(CommitInfo commit) => new(commit.Sha, commit.Message, commit.Author.Name, commit.Author.Email);

    public static async Task<PullRequestView> ViewAsync(PagureStandIn pagure, Project project, PullRequest request, CancellationToken ct)
    {
        var source = pagure.ById(request.RepoFrom);
        IReadOnlyList<CommitView> commits = [];
        string diff = "";
        if (request is { Fork: { } fork, CommitStop: { } stop })
        {
            var git = await HolderAsync(pagure, project, source, stop, ct);
            commits = [.. (await git.LogAsync($"{fork}..{stop}", MostCommits, ct)).Select(View)];
            diff = await git.DiffAsync(fork, stop, ct);
        }

        lock (pagure.State.Gate)
        {
            return new PullRequestView(
                request.Id, request.Title, request.Branch, request.BranchFrom, source.FullName, request.Author, request.Status, request.InitialComment,
                Url(pagure, project, request), request.CommitStop,
                [.. request.Comments.Select(note => new PullRequestComment(note.Id, note.Author, note.Text, note.Notification))],
                commits, diff,
                [.. project.Flags.Where(flag => flag.Commit == request.CommitStop).Select(flag =>
                    new FlagView(flag.Uid, flag.Username, flag.Status, flag.Comment, flag.Url, flag.Commit))]);
        }
    }

    /// <summary>The pull request of that number, or null.</summary>
    public static PullRequest? Find(PagureStandIn pagure, Project project, int id)
    {
        lock (pagure.State.Gate)
        {
            return project.PullRequests.Find(request => request.Id == id);
        }
    }

    public static string Url(PagureStandIn pagure, Project project, PullRequest request) => $"{pagure.Address}{project.UrlPath}/pull-request/{request.Id}";

    public static void Comment(PagureStandIn pagure, Project project, PullRequest request, string user, string text, bool notification = false)
    {
        pagure.AddUser(user);
        lock (pagure.State.Gate)
        {
            var now = pagure.Time.GetUtcNow();
            request.Comments.Add(new Note { Id = ++pagure.State.LastComment, Text = text, Author = user, Notification = notification, Created = now });
            request.Updated = now;
            pagure.News.Commented(project, request, user);
        }
    }

    /// <summary>Opens a pull request.</summary>
    public static PullRequest Open(
        PagureStandIn pagure, Project project, Project source, string user, (string To, string From) branches, (string Fork, string? First, string? Last) range,
        string title, string? text)
    {
        lock (pagure.State.Gate)
        {
            var now = pagure.Time.GetUtcNow();
            var request = new PullRequest
            {
                Id = ++project.LastNumber,
                Uid = Guid.NewGuid().ToString("N"),
                Title = title,
                Branch = branches.To,
                BranchFrom = branches.From,
                RepoFrom = source.Id,
                Author = user,
                InitialComment = text,
                CommitStart = range.First,
                CommitStop = range.Last,
                Fork = range.Fork,
                Created = now,
                Updated = now,
            };
            project.PullRequests.Add(request);
            pagure.News.Opened(project, request, user);
            return request;
        }
    }

    public static void Close(PagureStandIn pagure, Project project, PullRequest request, string user) =>
        End(pagure, project, request, user, "Closed", "closed");

    public static void Reopen(PagureStandIn pagure, Project project, PullRequest request, string user)
    {
        lock (pagure.State.Gate)
        {
            request.Status = "Open";
            Comment(pagure, project, request, user, "Pull-Request has been reopened by " + user, notification: true);
            pagure.News.Reopened(project, request, user);
        }
    }

    /// <summary>Merges, fast-forward where that is possible.</summary>
    /// <returns>False when there are conflicts.</returns>
    public static async Task<bool> MergeAsync(PagureStandIn pagure, Project project, PullRequest request, string user, CancellationToken ct)
    {
        var git = pagure.GitOf(project);
        var source = pagure.GitOf(pagure.ById(request.RepoFrom));
        string head = request.CommitStop ?? throw new InvalidOperationException("The pull request has no commits.");
        await git.TakeAsync(source, head, ct);
        string target = git.Refs().Branch(request.Branch) ?? throw new InvalidOperationException($"{project.FullName} has no branch {request.Branch}.");
        if ((await git.RunAsync(ct, "merge-base", "--is-ancestor", target, head)).ExitCode == 0)
        {
            await git.UpdateRefAsync("refs/heads/" + request.Branch, head, ct);
        }
        else if (!await CommitMergeAsync(pagure, git, request, target, head, user, ct))
        {
            return false;
        }

        await PushNews.TellAsync(
            pagure, project, [RefUpdate.OfBranch(request.Branch, target, git.Refs().Branch(request.Branch))], user, request.Id, CancellationToken.None);
        End(pagure, project, request, user, "Merged", "merged");
        return true;
    }

    /// <summary>Where the branch left its base, and its first and last commit; null when either branch is missing.</summary>
    public static async Task<(string Fork, string? First, string? Last)?> RangeAsync(
        PagureStandIn pagure, Project target, string branch, Project source, string branchFrom, CancellationToken ct)
    {
        var into = pagure.GitOf(target);
        var from = pagure.GitOf(source);
        if (into.Refs().Branch(branch) is not { } onto || from.Refs().Branch(branchFrom) is not { } head)
        {
            return null;
        }

        var merge = await from.RunAsync(ct, "merge-base", onto, head);
        if (merge.ExitCode > 1)
        {
            // The fork is behind the package: it does not know the commit yet.
            await from.TakeAsync(into, onto, ct);
            merge = await from.RunAsync(ct, "merge-base", onto, head);
        }

        string fork = merge.ExitCode == 0 ? merge.Text.Trim() : onto;
        var commits = await from.LogAsync($"{fork}..{head}", MostCommits, ct);
        return (fork, commits.Count > 0 ? commits[^1].Sha : null, commits.Count > 0 ? head : null);
    }

    /// <summary>Tells of a push, and follows it into the open pull requests whose source it moved: new head, and Pagure's own comment.</summary>
    public static async Task AfterPushAsync(
        PagureStandIn pagure, Project project, IReadOnlyList<RefUpdate> updates, string user, CancellationToken ct)
    {
        await PushNews.TellAsync(pagure, project, updates, user, pullRequest: null, ct);
        List<(Project Target, PullRequest Request)> touched;
        lock (pagure.State.Gate)
        {
            touched = [.. from target in pagure.State.Projects
                          from request in target.PullRequests
                          where request.Status == "Open" && request.RepoFrom == project.Id
                              && updates.Any(update => update.Branch == request.BranchFrom)
                          select (target, request)];
        }

        foreach (var (target, request) in touched)
        {
            await FollowAsync(pagure, project, target, request, user, ct);
        }
    }

    private static async Task FollowAsync(PagureStandIn pagure, Project source, Project target, PullRequest request, string user, CancellationToken ct)
    {
        if (await RangeAsync(pagure, target, request.Branch, source, request.BranchFrom, ct) is not { } range || range.Last == request.CommitStop)
        {
            return;
        }

        var git = pagure.GitOf(source);
        string? old = request.CommitStop;
        bool grown = old is not null && range.Last is not null
            && (await git.RunAsync(ct, "merge-base", "--is-ancestor", old, range.Last)).ExitCode == 0;
        IReadOnlyList<CommitInfo> added = grown ? await git.LogAsync($"{old}..{range.Last}", MostCommits, ct) : [];
        lock (pagure.State.Gate)
        {
            if (request.CommitStop == range.Last)
            {
                // Another push at the same time saw the same change and was first.
                return;
            }

            request.Fork = range.Fork;
            request.CommitStart = range.First;
            request.CommitStop = range.Last;
            request.MergeStatus = "unknown";
            pagure.News.Moved(target, request, rebased: !grown);
            Comment(pagure, target, request, user, grown ? Added(added) : "rebased onto " + range.Fork, notification: true);
        }
    }

    private static string Added(IReadOnlyList<CommitInfo> commits)
    {
        var text = new StringBuilder(commits.Count == 1 ? "**1 new commit added**\n\n" : $"**{commits.Count} new commits added**\n\n");
        foreach (var commit in commits)
        {
            text.Append(" * ``").Append(commit.Title).Append("``\n");
        }

        return text.ToString();
    }

    /// <returns>False when there are conflicts.</returns>
    private static async Task<bool> CommitMergeAsync(
        PagureStandIn pagure, BareRepository git, PullRequest request, string target, string head, string user, CancellationToken ct)
    {
        var tree = await git.RunAsync(ct, "merge-tree", "--write-tree", target, head);
        if (tree.ExitCode != 0)
        {
            return false;
        }

        using var import = new FastImport();
        var author = new Person(user, PagureStandIn.EmailOf(user));
        import.Merge("refs/heads/" + request.Branch, target, head, tree.Lines[0], $"Merge #{request.Id} `{request.Title}`", author, pagure.Time.GetUtcNow());
        await git.ImportAsync(import, ct);
        return true;
    }

    private static void End(PagureStandIn pagure, Project project, PullRequest request, string user, string status, string verb)
    {
        pagure.AddUser(user);
        lock (pagure.State.Gate)
        {
            request.Status = status;
            request.Closed = pagure.Time.GetUtcNow();
            request.ClosedBy = user;
            request.MergeStatus = "unknown";
            Comment(pagure, project, request, user, $"Pull-Request has been {verb} by {user}", notification: true);
            pagure.News.Closed(project, request, user);
        }
    }

    /// <summary>The repository that has both ends: the source while it is there, for the target got the commits only by a merge.</summary>
    private static async Task<BareRepository> HolderAsync(PagureStandIn pagure, Project project, Project source, string sha, CancellationToken ct)
    {
        var git = pagure.GitOf(source);
        return (await git.RunAsync(ct, "cat-file", "-e", sha)).ExitCode == 0 ? git : pagure.GitOf(project);
    }
}
