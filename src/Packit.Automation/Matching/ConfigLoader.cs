using Packit.Automation.Storage;
using Packit.GitHub;
using Packit.PackageConfig;

namespace Packit.Automation.Matching;

/// <summary>Reads the package config of an upstream commit and keeps it, so that every later step sees the same file.</summary>
public sealed class ConfigLoader(IPackitDbFactory databases)
{
    /// <summary>Largest file that is fetched, in bytes. The reader accepts far less; its word about the size is what the project is to read.</summary>
    private const int Cap = 16 * 1024 * 1024;

    /// <summary>Reads the config of a commit.</summary>
    /// <param name="repository">The upstream repository.</param>
    /// <param name="projectId">Its row.</param>
    /// <param name="commit">Full sha.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<LoadedConfig> LoadAsync(GitHubRepository repository, int projectId, string commit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(repository);
        // The first name is by far the most frequent: asking for it directly saves the listing.
        var path = ConfigFileNames.InOrder[0];
        IReadOnlyList<string>? topLevel = null;
        var content = await repository.FileAsync(path, commit, Cap, cancellationToken);
        if (content is null)
        {
            topLevel = await TopLevelAsync(repository, commit, cancellationToken);
            var found = ConfigFileNames.InOrder.FirstOrDefault(topLevel.Contains);
            content = found is null ? null : await repository.FileAsync(found, commit, Cap, cancellationToken);
            if (found is null || content is null)
            {
                return new LoadedConfig.Missing();
            }

            path = found;
        }

        var reading = Read(content, repository.Name.Name, path, topLevel);
        if (topLevel is null && NeedsListing(reading))
        {
            topLevel = await TopLevelAsync(repository, commit, cancellationToken);
            reading = Read(content, repository.Name.Name, path, topLevel);
        }

        if (reading.Config is not { } config)
        {
            return new LoadedConfig.Invalid(path, [.. reading.Problems.Where(problem => problem.Severity == ConfigSeverity.Error)]);
        }

        var stored = await databases.GetOrCreateAsync(
            row => row.ProjectId == projectId && row.CommitSha == commit,
            () => new StoredPackageConfig
            {
                ProjectId = projectId, CommitSha = commit, Path = path, Content = content, TopLevelFiles = string.Join('\n', topLevel ?? []),
            },
            cancellationToken);
        return new LoadedConfig.Valid(config, stored.Id, path, commit);
    }

    /// <summary>Reads a config that was kept by <see cref="LoadAsync"/>.</summary>
    /// <exception cref="InvalidOperationException">The stored file is not valid (any more).</exception>
    public static PackitConfig Reread(StoredPackageConfig stored, string repositoryName)
    {
        ArgumentNullException.ThrowIfNull(stored);
        var topLevel = stored.TopLevelFiles.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return Read(stored.Content, repositoryName, stored.Path, topLevel).Config
            ?? throw new InvalidOperationException($"The package config stored in row {stored.Id} is not valid.");
    }

    private static ConfigReading Read(byte[] content, string repositoryName, string path, IReadOnlyList<string>? topLevel) =>
        PackageConfigReader.Read(
            content, new ConfigSource { RepositoryName = repositoryName, FileName = path, TopLevelFiles = topLevel is { Count: 0 } ? null : topLevel });

    private static bool NeedsListing(ConfigReading reading) => reading.Config is null or { SpecfileWasSearched: true };

    private static async Task<IReadOnlyList<string>> TopLevelAsync(
        GitHubRepository repository, string commit, CancellationToken cancellationToken)
    {
        var entries = await repository.TopLevelAsync(commit, cancellationToken) ?? [];
        return [.. entries.Select(entry => entry.Path)];
    }
}

/// <summary>What was found where a package config should be.</summary>
public abstract record LoadedConfig
{
    private LoadedConfig()
    {
    }

    /// <summary>None of the accepted names exists at the top of the commit.</summary>
    public sealed record Missing : LoadedConfig;

    /// <summary>There is one, with errors.</summary>
    public sealed record Invalid(string Path, IReadOnlyList<ConfigProblem> Problems) : LoadedConfig;

    /// <summary>It can be used.</summary>
    /// <param name="Config">The normalised config.</param>
    /// <param name="StoredId">Its row.</param>
    /// <param name="Path">File name at the top of the repository.</param>
    /// <param name="Commit">Full sha of the commit that it was read from.</param>
    public sealed record Valid(PackitConfig Config, int StoredId, string Path, string Commit) : LoadedConfig;
}
