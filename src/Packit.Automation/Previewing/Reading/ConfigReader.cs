using Packit.Automation.Reporting.Texts;
using Packit.DistGit;
using Packit.PackageConfig;

namespace Packit.Automation.Previewing;

/// <summary>Reads the package config of a commit that was fetched. It is looked at and kept nowhere.</summary>
internal static class ConfigReader
{
    /// <summary>Largest file that is read; the reader accepts far less and says so.</summary>
    private const int Cap = 1024 * 1024;

    /// <summary>Reads it.</summary>
    /// <param name="repository">Where the commit is.</param>
    /// <param name="tree">What the commit holds.</param>
    /// <param name="repositoryName">The default of package names.</param>
    /// <param name="aliases">What branch aliases mean.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>What people see of it, and the config when it can be used.</returns>
    public static async Task<(PreviewConfig Seen, PackitConfig? Config)> ReadAsync(
        GitRepository repository, GitTree tree, string repositoryName, BranchAliases aliases, CancellationToken cancellationToken)
    {
        if (ConfigFileNames.InOrder.FirstOrDefault(name => File(tree, name) is not null) is not { } path)
        {
            return (new PreviewConfig(PreviewConfigState.Missing, null, []), null);
        }

        ConfigReading reading;
        try
        {
            var content = await repository.ReadAsync(File(tree, path)!, Cap, cancellationToken);
            reading = PackageConfigReader.Read(
                content, new ConfigSource { RepositoryName = repositoryName, FileName = path, TopLevelFiles = TopLevel(tree), Aliases = aliases });
        }
        catch (GitException large) when (large.Kind == GitFailure.TooLarge)
        {
            reading = PackageConfigReader.RefuseBySize(Cap + 1) ?? throw new InvalidOperationException("The reader accepts what is not fetched.", large);
        }

        IReadOnlyList<string> problems = [.. reading.Problems.Select(problem => ConfigTexts.Line(path, problem))];
        return (new PreviewConfig(reading.IsValid ? PreviewConfigState.Valid : PreviewConfigState.Invalid, path, problems), reading.Config);
    }

    // As on the forge, a link that stays inside the repository is followed, once.
    private static GitTreeEntry? File(GitTree tree, string path) => tree.Find(path) switch
    {
        { IsFile: true } file => file,
        { Kind: GitEntryKind.SymbolicLink, LinkTarget: { } target } when GitName.IsPath(target) => tree.Find(target) is { IsFile: true } file ? file : null,
        _ => null,
    };

    private static List<string> TopLevel(GitTree tree) =>
    [
        .. tree.Entries.Select(entry => entry.Path.IndexOf('/', StringComparison.Ordinal) is >= 0 and var slash ? entry.Path[..slash] : entry.Path)
            .Distinct(StringComparer.Ordinal),
    ];
}
