using Packit.DistGit;

namespace Packit.Automation.Previewing;

/// <summary>A private folder with a repository in it, for as long as one preview is made. Nothing of it is pushed anywhere.</summary>
internal sealed class PreviewPlace : IAsyncDisposable
{
    private readonly string _folder;

    private PreviewPlace(string folder, GitRepository repository)
    {
        _folder = folder;
        Repository = repository;
    }

    public GitRepository Repository { get; }

    /// <summary>Makes a folder below another one.</summary>
    public static async Task<PreviewPlace> CreateAsync(GitProgram git, string below, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(below, $"preview-{Path.GetRandomFileName()}");
        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return new PreviewPlace(folder, await GitRepository.CreateAsync(git, Path.Combine(folder, "git"), cancellationToken));
    }

    public async ValueTask DisposeAsync()
    {
        await Repository.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
