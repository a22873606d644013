using Packit.Automation.Releases;
using Packit.GitHub;
using Packit.PackageConfig;

namespace Packit.Automation.ConfigCheck;

/// <summary>Reads package configs of any commit, also of pull requests, to look at them. Nothing is kept.</summary>
public sealed class ConfigSight(DistributionReleases releases)
{
    /// <summary>Largest file that is fetched; larger ones are refused by their size.</summary>
    private const int Cap = 1024 * 1024;

    /// <summary>Lists what is at the top of a commit.</summary>
    /// <returns>Null when the forge does not show the commit.</returns>
    public static async Task<ConfigFiles?> FilesAsync(GitHubRepository repository, string commit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(repository);
        return await repository.TopLevelAsync(commit, cancellationToken) is { } entries ? ConfigFiles.Of(entries) : null;
    }

    /// <summary>Reads the config of a commit.</summary>
    /// <returns>Null when the commit has none.</returns>
    public async Task<SeenConfig?> ReadAsync(GitHubRepository repository, string commit, ConfigFiles files, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(repository);
        ArgumentNullException.ThrowIfNull(files);
        if (files.Candidates is not [var counting, ..])
        {
            return null;
        }

        var aliases = (await releases.CurrentAsync(cancellationToken)).Aliases;
        IReadOnlyList<string> notRead = [.. files.Candidates.Skip(1).Select(entry => entry.Path)];
        if (counting.Size is { } size && PackageConfigReader.RefuseBySize(size) is { } refused)
        {
            return new SeenConfig(counting.Path, [], refused, notRead, aliases);
        }

        if (await repository.FileAsync(counting.Path, commit, Cap, cancellationToken) is not { } content)
        {
            // A link that leads out of the repository.
            return null;
        }

        var reading = PackageConfigReader.Read(
            content,
            new ConfigSource { RepositoryName = repository.Name.Name, FileName = counting.Path, TopLevelFiles = files.TopLevel, Aliases = aliases });
        return new SeenConfig(counting.Path, content, reading, notRead, aliases);
    }
}
