using Microsoft.EntityFrameworkCore;
using Packit.Automation.Downstream;
using Packit.Automation.KojiBuild;
using Packit.Automation.Settings;
using Packit.Automation.Storage;
using Packit.PackageConfig;
using Packit.Pagure;

namespace Packit.Automation.Matching;

/// <summary>
/// Package configs as they stand in dist-git. Most packages have none, and the bus speaks of all of them: what was looked up once for a
/// package and a commit is not looked up again.
/// </summary>
public sealed class DistGitConfigs(
    PagureClient pagure, DistGitAddresses addresses, DistGitProjects projects, IPackitDbFactory databases, TimeProvider time)
{
    /// <summary>Largest config that is asked for, in bytes; the reader itself accepts less and says so.</summary>
    private const int Cap = 1024 * 1024;

    /// <summary>How many answers are remembered. An answer is small, mostly "none".</summary>
    private const int Remembered = 8192;

    // Files of a commit do not change, but a server may be late to show a new one.
    private readonly BoundedCache<(string Package, string Commit), LoadedConfig> _commits = new(Remembered, TimeSpan.FromMinutes(10), time);
    private readonly BoundedCache<string, LoadedConfig> _defaults = new(Remembered, TimeSpan.FromMinutes(2), time);

    // The few packages of which a config is stored: nobody else's commits need be looked for in the database. What another process has
    // stored meanwhile is read from dist-git again, once.
    private readonly BoundedCache<string, IReadOnlySet<string>> _stored = new(1, TimeSpan.FromMinutes(2), time);

    /// <summary>The config at a commit; where the commit has none, the one at the head of the default branch.</summary>
    /// <exception cref="Http.RemoteException">dist-git does not answer.</exception>
    public async Task<LoadedConfig> OfCommitAsync(string package, string commit, CancellationToken cancellationToken)
    {
        var own = await _commits.GetAsync((package, commit), () => ReadAsync(package, commit), cancellationToken);
        return own is LoadedConfig.Missing ? await OfDefaultBranchAsync(package, cancellationToken) : own;
    }

    /// <summary>The config at the head of the default branch.</summary>
    /// <exception cref="Http.RemoteException">dist-git does not answer.</exception>
    public Task<LoadedConfig> OfDefaultBranchAsync(string package, CancellationToken cancellationToken) =>
        _defaults.GetAsync(package, () => ReadDefaultBranchAsync(package), cancellationToken);

    /// <summary>
    /// Commits were pushed: what is remembered of a default branch may be wrong now. One of another name than those that Fedora gives it is
    /// forgotten in time.
    /// </summary>
    public void Pushed(string package, string branch)
    {
        if (KojiBuildJob.IsRawhide(branch))
        {
            _defaults.Forget(package);
        }
    }

    private async Task<LoadedConfig> ReadDefaultBranchAsync(string package)
    {
        var branches = await pagure.BranchesAsync(addresses.Project(package), CancellationToken.None);
        return branches?.Default is { } name && branches.Commits.TryGetValue(name, out var head)
            ? await _commits.GetAsync((package, head), () => ReadAsync(package, head), CancellationToken.None)
            : new LoadedConfig.Missing();
    }

    private async Task<LoadedConfig> ReadAsync(string package, string commit)
    {
        if (await StoredAsync(package, commit) is { } stored)
        {
            return new LoadedConfig.Valid(ConfigLoader.Reread(stored, package), stored.Id, stored.Path, commit);
        }

        var project = addresses.Project(package);
        var files = await pagure.TopLevelFilesAsync(project, commit, CancellationToken.None) ?? [];
        if (ConfigFileNames.Choose(files) is not { } path
            || await pagure.RawFileAsync(project, commit, path, Cap, CancellationToken.None) is not { } content)
        {
            return new LoadedConfig.Missing();
        }

        // In dist-git the spec file has the name of the package, whatever else lies beside it.
        string[] topLevel = [$"{package}.spec"];
        var reading = PackageConfigReader.Read(
            content, new ConfigSource { RepositoryName = package, FileName = path, TopLevelFiles = topLevel });
        if (reading.Config is not { } config)
        {
            return new LoadedConfig.Invalid(path, [.. reading.Problems.Where(problem => problem.Severity == ConfigSeverity.Error)]);
        }

        var projectId = await projects.IdOfAsync(package, CancellationToken.None);
        var row = await databases.GetOrCreateAsync(
            known => known.ProjectId == projectId && known.CommitSha == commit,
            () => new StoredPackageConfig
            {
                ProjectId = projectId, CommitSha = commit, Path = path, Content = content, TopLevelFiles = string.Join('\n', topLevel),
            },
            CancellationToken.None);
        return new LoadedConfig.Valid(config, row.Id, path, commit);
    }

    private async Task<StoredPackageConfig?> StoredAsync(string package, string commit)
    {
        var url = addresses.WebUrl(package);
        if (!(await _stored.GetAsync("", ProjectsWithConfigAsync, CancellationToken.None)).Contains(url))
        {
            return null;
        }

        await using var database = databases.Create();
        return await database.PackageConfigs.AsNoTracking()
            .Where(row => row.CommitSha == commit && database.Projects.Any(project => project.Id == row.ProjectId && project.ProjectUrl == url))
            .SingleOrDefaultAsync();
    }

    private async Task<IReadOnlySet<string>> ProjectsWithConfigAsync()
    {
        await using var database = databases.Create();
        return await database.Projects.Where(project => database.PackageConfigs.Any(config => config.ProjectId == project.Id))
            .Select(project => project.ProjectUrl).ToHashSetAsync();
    }
}
