namespace Packit.DistGit;

/// <summary>
/// A bare repository in a private folder, worked on by plumbing: there is no working copy, so links, hooks, filters and odd names
/// have nothing to act on, and several branches are prepared in it side by side. Upstream and dist-git commits are fetched into the
/// same repository; a file of one can stand in a commit on the other without being copied.
/// </summary>
/// <remarks>Safe for use by several callers at a time; fetches take turns, all else goes side by side.</remarks>
public sealed partial class GitRepository : IAsyncDisposable
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly GitProgram _program;
    private readonly ObjectReader _reader;
    private readonly ObjectWriter _writer;
    private readonly SemaphoreSlim _receiving = new(1);

    private GitRepository(GitProgram program, string folder)
    {
        _program = program;
        Folder = folder;
        _reader = new ObjectReader(program, folder);
        _writer = new ObjectWriter(folder);
    }

    /// <summary>The absolute path of the repository.</summary>
    public string Folder { get; }

    /// <summary>Makes an empty repository, or opens the one that was made there before.</summary>
    /// <param name="program">How git is run.</param>
    /// <param name="folder">Its folder, created readable for this user only. Whoever names it also removes it at the end.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static async Task<GitRepository> CreateAsync(GitProgram program, string folder, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(program);
        if (OperatingSystem.IsWindows())
        {
            throw new PlatformNotSupportedException("Repositories are guarded by Unix permissions and process groups.");
        }

        var path = Path.GetFullPath(folder);
        Directory.CreateDirectory(path, Private);

        // The few files that make a repository (gitrepository-layout(5)). Written here, it has no template's hooks and costs no process.
        Directory.CreateDirectory(Path.Combine(path, "objects", "pack"));
        Directory.CreateDirectory(Path.Combine(path, "refs"));
        await File.WriteAllTextAsync(Path.Combine(path, "config"), "[core]\n\trepositoryformatversion = 0\n\tbare = true\n", cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(path, "HEAD"), "ref: refs/heads/none\n", cancellationToken);
        var repository = new GitRepository(program, path);
        repository.RemoveLeftovers();
        return repository;
    }

    /// <summary>Ends the reading process. The folder stays.</summary>
    public async ValueTask DisposeAsync()
    {
        await _reader.DisposeAsync();
        _receiving.Dispose();
    }

    private async Task<GitOutput> ReceiveAsync(GitCommand command, CancellationToken cancellationToken)
    {
        await _receiving.WaitAsync(cancellationToken);
        try
        {
            return await _program.RunAsync(command, Folder, cancellationToken);
        }
        catch
        {
            RemoveLeftovers();
            throw;
        }
        finally
        {
            _receiving.Release();
        }
    }

    // A killed git (or a service that crashed) leaves its lock on the list of shallow commits and half a pack behind; no other fetch runs now.
    private void RemoveLeftovers()
    {
        foreach (var leftover in Directory.EnumerateFiles(Folder, "*.lock", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateFiles(Path.Combine(Folder, "objects", "pack"), "tmp_*")))
        {
            File.Delete(leftover);
        }
    }
}
