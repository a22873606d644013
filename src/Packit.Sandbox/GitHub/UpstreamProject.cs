using System.Globalization;
using System.Text.Json.Nodes;
using Packit.Sandbox.Git;

namespace Packit.Sandbox.GitHub;

/// <summary>An upstream project on GitHub, driven as its people would.</summary>
public sealed partial class UpstreamProject
{
    private readonly World _world;
    private readonly GitHubStandIn _github;
    private readonly Repository _repository;

    internal UpstreamProject(World world, Repository repository)
    {
        _world = world;
        _github = world.GitHub;
        _repository = repository;
    }

    /// <summary>GitHub's id of the repository, which stays when it is renamed.</summary>
    public long Id => _repository.Id;

    /// <summary>GitHub's id of the account that owns it.</summary>
    public long OwnerId
    {
        get
        {
            lock (_github.State.Gate)
            {
                return _github.State.Accounts.First(account => string.Equals(account.Login, Owner, StringComparison.OrdinalIgnoreCase)).Id;
            }
        }
    }

    public string Owner => _repository.Owner;

    public string Name => _repository.Name;

    /// <summary><c>owner/name</c>.</summary>
    public string FullName => _repository.FullName;

    public string DefaultBranch => _repository.DefaultBranch;

    /// <summary>The address of its page, without a trailing slash.</summary>
    public Uri Url => new(_github.Web, FullName);

    public bool Private
    {
        get => _repository.Private;
        set => _repository.Private = value;
    }

    public bool HasIssues
    {
        get => _repository.HasIssues;
        set => _repository.HasIssues = value;
    }

    /// <summary>Whether the App is installed here.</summary>
    public bool AppInstalled
    {
        get => _repository.Installed;
        set => _repository.Installed = value;
    }

    private BareRepository Git => _github.GitOf(_repository);

    /// <summary>Commits on the default branch or another one, which is begun at the default branch when it is not there.</summary>
    /// <returns>The new commit.</returns>
    public Task<string> CommitAsync(FileSet files, string message, string? branch = null, Person? author = null, CancellationToken ct = default) =>
        Git.CommitAsync(branch ?? DefaultBranch, DefaultBranch, files, message, author ?? Maintainer(), _github.Time.GetUtcNow(), ct);

    /// <summary>Tags a commit (the head of the default branch when null), with a tag object of its own when annotated.</summary>
    /// <returns>The commit.</returns>
    public async Task<string> TagAsync(string tag, string? commit = null, bool annotated = false, CancellationToken ct = default)
    {
        string sha = commit ?? await HeadAsync(ct: ct);
        using var import = new FastImport();
        if (annotated)
        {
            import.Tag(tag, sha, tag, Maintainer(), _github.Time.GetUtcNow());
        }
        else
        {
            import.Reset("refs/tags/" + tag, sha);
        }

        await Git.ImportAsync(import, ct);
        return sha;
    }

    /// <summary>The head commit of a branch (the default branch when null).</summary>
    public async Task<string> HeadAsync(string? branch = null, CancellationToken ct = default) =>
        await Git.ResolveAsync(branch ?? DefaultBranch, ct) ?? throw new InvalidOperationException($"{FullName} has no branch {branch ?? DefaultBranch}.");

    /// <summary>The commit that a tag names.</summary>
    public async Task<string> CommitOfTagAsync(string tag, CancellationToken ct = default) =>
        await Git.ResolveAsync("refs/tags/" + tag, ct) ?? throw new InvalidOperationException($"{FullName} has no tag {tag}.");

    /// <summary>Publishes a release of a tag, making the tag at the head of the default branch when it is not there, and sends the <c>release</c> webhook.</summary>
    /// <returns>The delivery's GUID; null when none is sent.</returns>
    public Task<string?> PublishReleaseAsync(string tag, string? body = null, bool prerelease = false, CancellationToken ct = default) =>
        PublishReleaseAsync(new ReleaseDraft { Tag = tag, Body = body, Prerelease = prerelease }, ct);

    /// <inheritdoc cref="PublishReleaseAsync(string, string?, bool, CancellationToken)"/>
    public async Task<string?> PublishReleaseAsync(ReleaseDraft draft, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(draft);
        if (Git.Refs().Tag(draft.Tag) is null)
        {
            await TagAsync(draft.Tag, ct: ct);
        }

        string sha = await CommitOfTagAsync(draft.Tag, ct);
        var commit = await Git.InfoAsync(sha, ct);
        if (draft.PublishArchive)
        {
            await PublishArchiveAsync(draft.Tag, ct);
        }

        var release = AddRelease(draft, commit!.When);
        if (draft.Draft)
        {
            return null;
        }

        string? published = null;
        string last = draft.Prerelease ? "prereleased" : "released";
        foreach (string action in draft.AllActions ? (string[])["created", "published", last] : ["published"])
        {
            string? delivery = await TellReleaseAsync(release, action, ct);
            published = action == "published" ? delivery : published;
        }

        return published;
    }

    /// <summary>The archive of a tag, byte for byte as the web host gives it.</summary>
    public async Task<byte[]> ArchiveAsync(string tag, CancellationToken ct = default) =>
        await Git.ArchiveAsync(await CommitOfTagAsync(tag, ct), "tar.gz", $"{Name}-{GitHubWebRoutes.VersionOf(tag)}/", ct)
            ?? throw new InvalidOperationException($"{FullName} has no tag {tag}.");

    /// <summary>Puts <c>NAME/NAME-VERSION.tar.gz</c> of a tag onto the upstream's download host.</summary>
    /// <returns>The path there.</returns>
    public async Task<string> PublishArchiveAsync(string tag, CancellationToken ct = default)
    {
        string path = $"{Name}/{Name}-{GitHubWebRoutes.VersionOf(tag)}.tar.gz";
        _world.Archives.Publish(path, await ArchiveAsync(tag, ct));
        return path;
    }

    /// <summary>Gives somebody a role: admin, maintain, write, triage, read; <c>none</c> takes it away.</summary>
    public void SetPermission(string login, string role)
    {
        _github.AddAccount(login);
        lock (_github.State.Gate)
        {
            if (role == "none")
            {
                _repository.Roles.Remove(login);
            }
            else
            {
                _repository.Roles[login] = role;
            }
        }
    }

    /// <summary>Opens an issue; the <c>issues</c> webhook is sent.</summary>
    /// <returns>Its number.</returns>
    public async Task<int> OpenIssueAsync(string login, string title, string? body = null, CancellationToken ct = default)
    {
        _github.AddAccount(login);
        var issue = IssueEndpoints.Open(_github, _repository, login, title, body, []);
        await IssueEndpoints.TellAsync(_github, _repository, issue, "opened", login, ct);
        return issue.Number;
    }

    /// <summary>Comments in an issue; the <c>issue_comment</c> webhook is sent.</summary>
    /// <returns>The comment's id and the delivery's GUID.</returns>
    public async Task<(long Comment, string? Delivery)> CommentAsync(int issue, string login, string text, CancellationToken ct = default)
    {
        _github.AddAccount(login);
        Issue found;
        lock (_github.State.Gate)
        {
            found = _repository.Issues.First(known => known.Number == issue);
        }

        var comment = CommentEndpoints.Add(_github, found, login, text);
        return (comment.Id, await CommentEndpoints.TellAsync(_github, _repository, found, comment, "created", login, ct));
    }

    /// <summary>Sends any other event of this repository, for stories about events that nobody wants.</summary>
    public Task<string?> SendEventAsync(string @event, JsonObject payload, CancellationToken ct = default) =>
        _github.TellAsync(_repository, Owner, @event, payload, ct);

    /// <summary>The check runs of a commit (all commits when null), in the order of their making.</summary>
    public IReadOnlyList<CheckRunView> CheckRuns(string? sha = null)
    {
        lock (_github.State.Gate)
        {
            return [.. _repository.CheckRuns.Where(run => sha is null || run.HeadSha == sha).Select(run => new CheckRunView(
                run.Id, run.Name, run.HeadSha, run.Status, run.Conclusion, run.DetailsUrl, run.ExternalId,
                run.Title, run.Summary, run.Text, run.StartedAt, run.CompletedAt, [.. run.History])
            {
                Annotations = [.. run.Annotations], App = _github.AppOf(run.App).Slug,
            })];
        }
    }

    /// <summary>Every commit status that was set on a commit (all commits when null).</summary>
    public IReadOnlyList<CommitStatusView> Statuses(string? sha = null)
    {
        lock (_github.State.Gate)
        {
            return [.. _repository.Statuses.Where(status => sha is null || status.Sha == sha).Select(status =>
                new CommitStatusView(status.Sha, status.Context, status.State, status.Description, status.TargetUrl))];
        }
    }

    /// <summary>All issues, with their comments.</summary>
    public IReadOnlyList<IssueView> Issues() => Threads(arePullRequests: false);

    /// <summary>All pull requests, with their comments.</summary>
    public IReadOnlyList<IssueView> PullRequests() => Threads(arePullRequests: true);

    /// <summary>The comments to commits.</summary>
    public IReadOnlyList<CommentView> CommitComments()
    {
        lock (_github.State.Gate)
        {
            return [.. _repository.CommitComments.Select(View)];
        }
    }

    private List<IssueView> Threads(bool arePullRequests)
    {
        lock (_github.State.Gate)
        {
            return [.. _repository.Issues.Where(issue => issue.Pull is not null == arePullRequests).Select(issue => new IssueView(
                issue.Number, issue.Title, issue.Body, issue.State, issue.Author, issue.CreatedAt,
                [.. issue.Comments.Select(View)], [.. issue.Reactions.Select(View)]))];
        }
    }

    private static CommentView View(Comment comment) =>
        new(comment.Id, comment.Author, comment.Body, comment.Sha, comment.CreatedAt, comment.UpdatedAt, [.. comment.Reactions.Select(View)]);

    private static ReactionView View(Reaction reaction) => new(reaction.Author, reaction.Content);

    private Person Maintainer() => new(Owner, string.Create(CultureInfo.InvariantCulture, $"{Owner}@upstream.example"));

    private Task<string?> TellReleaseAsync(Release release, string action, CancellationToken ct)
    {
        JsonObject payload;
        lock (_github.State.Gate)
        {
            payload = new JsonObject { ["action"] = action, ["release"] = _github.Json.Release(_repository, release) };
        }

        return _github.TellAsync(_repository, release.Author, "release", payload, ct);
    }

    private Release AddRelease(ReleaseDraft draft, DateTimeOffset commitDate)
    {
        var now = _github.Time.GetUtcNow();
        _github.AddAccount(draft.Author ?? Owner);
        lock (_github.State.Gate)
        {
            var release = new Release
            {
                Id = _github.State.NextId(),
                Tag = draft.Tag,
                Target = DefaultBranch,
                Name = draft.Name ?? draft.Tag,
                Body = draft.Body,
                Draft = draft.Draft,
                Prerelease = draft.Prerelease,
                CreatedAt = commitDate,
                PublishedAt = draft.Draft ? null : now,
                Author = draft.Author ?? Owner,
            };
            foreach (var (name, content) in draft.Assets)
            {
                var asset = new Asset { Id = _github.State.NextId(), Name = name, Size = content.Bytes?.Length ?? 0, CreatedAt = now };
                string file = _github.AssetFile(_repository, asset);
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                File.WriteAllBytes(file, content.Bytes ?? []);
                release.Assets.Add(asset);
            }

            _repository.Releases.Add(release);
            return release;
        }
    }
}
