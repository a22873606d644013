using System.Collections.Concurrent;
using Packit.DistGit;

namespace Packit.Automation.Workspaces;

/// <summary>
/// What the branches of one release share while they are worked on: one repository that holds the upstream commit and the
/// heads of the dist-git branches, and the downloaded archives. Each thing is fetched by whoever needs it first.
/// </summary>
public sealed class ReleaseWorkspace(GitProgram git, string folder) : IAsyncDisposable
{
    private readonly AsyncOnce<GitRepository> _repository = new();
    private readonly AsyncOnce<FetchedTree> _upstream = new();
    private readonly ConcurrentDictionary<string, AsyncOnce<FetchResult>> _distGit = new(StringComparer.Ordinal);
    private readonly AsyncOnce<IReadOnlyList<string>> _bugs = new();
    private readonly AsyncOnce<IReadOnlyDictionary<string, string>> _forkHeads = new();
    private readonly AsyncOnce<bool> _fork = new();
    private readonly ConcurrentDictionary<string, AsyncOnce<ArchiveDownload>> _archives = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, AsyncOnce<bool>> _uploads = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _life = new();
    private GitRepository? _opened;

    /// <summary>The repository; empty at first.</summary>
    public Task<GitRepository> RepositoryAsync(CancellationToken cancellationToken) => _repository.GetAsync(async () =>
    {
        MakeFolder();
        return _opened = await GitRepository.CreateAsync(git, Path.Combine(folder, "git"), _life.Token);
    }).WaitAsync(cancellationToken);

    /// <summary>The upstream commit and its tree. Blobs of more than a megabyte come when they are read.</summary>
    public Task<FetchedTree> UpstreamAsync(GitRemote remote, string commit, CancellationToken cancellationToken) => _upstream.GetAsync(async () =>
    {
        var repository = await RepositoryAsync(_life.Token);
        await repository.FetchAsync(remote, [new GitWant.Commit(commit)], FetchDepth.Tip, withoutLargeBlobs: true, _life.Token);
        return new FetchedTree(commit, await repository.TreeAsync(commit, _life.Token));
    }).WaitAsync(cancellationToken);

    /// <summary>The heads of dist-git branches, fetched in one go. Another job of the release has other branches, and a fetch of its own.</summary>
    public Task<FetchResult> DistGitAsync(GitRemote remote, IReadOnlyList<string> branches, CancellationToken cancellationToken)
    {
        string[] names = [.. branches.Where(GitName.IsRef).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        return _distGit.GetOrAdd(string.Join(' ', names), _ => new AsyncOnce<FetchResult>()).GetAsync(async () =>
        {
            var repository = await RepositoryAsync(_life.Token);
            return await repository.FetchAsync(
                remote, [.. names.Select(name => new GitWant.Branch(name))], FetchDepth.Tip, withoutLargeBlobs: false, _life.Token);
        }).WaitAsync(cancellationToken);
    }

    /// <summary>
    /// The heads of the service's fork as they were when the first branch asked. They may be old: a push says where it
    /// expects its branch to be, so an old head is found out and never does harm.
    /// </summary>
    public Task<IReadOnlyDictionary<string, string>> ForkHeadsAsync(
        Func<CancellationToken, Task<IReadOnlyDictionary<string, string>>> ask, CancellationToken cancellationToken) =>
        _forkHeads.GetAsync(() => ask(_life.Token)).WaitAsync(cancellationToken);

    /// <summary>Makes the service's fork once, whichever branches find at the same time that it is not there.</summary>
    /// <param name="make">Makes it; true when it is new, false when it was there.</param>
    /// <param name="cancellationToken">Ends the waiting, not the making.</param>
    public Task<bool> ForkAsync(Func<CancellationToken, Task<bool>> make, CancellationToken cancellationToken) =>
        _fork.GetAsync(() => make(_life.Token)).WaitAsync(cancellationToken);

    /// <summary>Tickets that this release resolves.</summary>
    public Task<IReadOnlyList<string>> BugsAsync(Func<CancellationToken, Task<IReadOnlyList<string>>> look, CancellationToken cancellationToken) =>
        _bugs.GetAsync(() => look(_life.Token)).WaitAsync(cancellationToken);

    /// <summary>An archive, downloaded once for all branches. One that is not there yet is asked for again by the next who wants it.</summary>
    public async Task<ArchiveDownload> ArchiveAsync(
        Uri url, string fileName, Func<string, CancellationToken, Task<ArchiveDownload>> download, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(url);
        var key = $"{fileName} {url.AbsoluteUri}";
        var once = _archives.GetOrAdd(key, _ => new AsyncOnce<ArchiveDownload>());
        var result = await once.GetAsync(() =>
        {
            // Two addresses may give files of one name, and uploads take the name from the path.
            var place = Path.Combine(folder, Path.GetRandomFileName());
            MakeFolder();
            Directory.CreateDirectory(place);
            return download(Path.Combine(place, fileName), _life.Token);
        }).WaitAsync(cancellationToken);
        if (result is not ArchiveDownload.Fetched)
        {
            _archives.TryRemove(KeyValuePair.Create(key, once));
        }

        return result;
    }

    /// <summary>Brings a file to the lookaside cache once for all branches. One that does not stand there is brought again by the next who wants it.</summary>
    /// <param name="key">Package, file and hash.</param>
    /// <param name="upload">Checks, uploads and verifies; false when the cache does not give the file back.</param>
    /// <param name="cancellationToken">Ends the waiting, not the upload.</param>
    public async Task<bool> UploadAsync(string key, Func<CancellationToken, Task<bool>> upload, CancellationToken cancellationToken)
    {
        var once = _uploads.GetOrAdd(key, _ => new AsyncOnce<bool>());
        var stands = await once.GetAsync(() => upload(_life.Token)).WaitAsync(cancellationToken);
        if (!stands)
        {
            _uploads.TryRemove(KeyValuePair.Create(key, once));
        }

        return stands;
    }

    public async ValueTask DisposeAsync()
    {
        await _life.CancelAsync();
        if (_opened is not null)
        {
            await _opened.DisposeAsync();
        }

        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        _life.Dispose();
    }

    private void MakeFolder() =>
        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
}

/// <summary>A commit that was fetched, and its tree.</summary>
public sealed record FetchedTree(string Commit, GitTree Tree);
