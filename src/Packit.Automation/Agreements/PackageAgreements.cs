using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Packit.Automation.Events;
using Packit.Automation.Matching;
using Packit.Automation.Settings;
using Packit.Automation.Storage;
using Packit.PackageConfig;

namespace Packit.Automation.Agreements;

/// <summary>
/// A package belongs to its packagers: whether they agree that an upstream project proposes to it. They do when the package's configuration in
/// dist-git names the project, or when one of them with commit rights said so.
/// </summary>
public sealed class PackageAgreements(
    IPackitDbFactory databases,
    DistGitConfigs configs,
    UpstreamIdentities identities,
    DistGitAddresses addresses,
    IOptions<AgreementOptions> options,
    TimeProvider time)
{
    /// <summary>Whether this deployment asks for agreements at all.</summary>
    public bool AreNeeded => options.Value.Rule == AgreementRule.Packagers;

    /// <summary>Looks for an agreement. What a packager said costs no call to dist-git; a configuration is read once for all branches.</summary>
    /// <param name="package">Name of the dist-git repository.</param>
    /// <param name="upstream">The upstream project.</param>
    /// <param name="projectId">Its row.</param>
    /// <param name="branch">The dist-git branch that it is about: its own configuration counts for it too. Null for what counts for all.</param>
    /// <param name="cancellationToken">Ends the look-up.</param>
    /// <exception cref="Http.RemoteException">A remote does not answer: that is neither yes nor no.</exception>
    public async Task<AgreementStanding> FindAsync(
        string package, UpstreamRepository upstream, int projectId, BranchHead? branch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(upstream);
        if (!AreNeeded)
        {
            return new AgreementStanding.NotNeeded();
        }

        var identity = await identities.OfAsync(upstream, cancellationToken);
        var about = new Subject(package, projectId, identity, upstream.WebUrl);
        var found = await GivenAsync(package, projectId, identity, AgreementKind.Packager, cancellationToken)
            ?? await NamedAsync(about, "", await configs.OfDefaultBranchAsync(package, cancellationToken), cancellationToken)
            ?? (branch is null
                ? null
                : await NamedAsync(about, branch.Name, await configs.OfCommitAsync(package, branch.Commit, cancellationToken), cancellationToken));
        return found is null ? new AgreementStanding.Missing(identity) : new AgreementStanding.Agreed(identity, found);
    }

    /// <summary>What is stored for all branches of a package; nobody else is asked.</summary>
    /// <param name="package">Name of the dist-git repository.</param>
    /// <param name="projectId">Row of the upstream project.</param>
    /// <param name="identity">Which repository it is.</param>
    /// <param name="kind">How it was given; null for either.</param>
    /// <param name="cancellationToken">Ends the look-up.</param>
    public async Task<PackageAgreement?> GivenAsync(
        string package, int projectId, UpstreamIdentity identity, AgreementKind? kind, CancellationToken cancellationToken)
    {
        var (repositoryId, ownerId) = identity;
        await using var database = databases.Create();
        return await database.Agreements.AsNoTracking()
            .Where(row => row.Package == package && row.ProjectId == projectId && row.RepositoryId == repositoryId && row.OwnerId == ownerId
                && row.Branch == "" && row.RevokedAt == null && (kind == null || row.Kind == kind))
            .OrderBy(row => row.Id).FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>Whether a configuration in dist-git names a project as it stands now. Nothing is kept: for those who only look.</summary>
    /// <param name="package">Name of the dist-git repository.</param>
    /// <param name="webUrl">Page of the upstream repository.</param>
    /// <param name="branch">The branch whose configuration counts; null for the default branch.</param>
    /// <param name="cancellationToken">Ends the look-up.</param>
    /// <exception cref="Http.RemoteException">dist-git does not answer.</exception>
    public async Task<bool> IsNamedAsync(string package, string webUrl, BranchHead? branch, CancellationToken cancellationToken)
    {
        var config = branch is null
            ? await configs.OfDefaultBranchAsync(package, cancellationToken)
            : await configs.OfCommitAsync(package, branch.Commit, cancellationToken);
        return config is LoadedConfig.Valid valid && Names(valid.Config, package, webUrl);
    }

    /// <summary>Keeps that a packager agreed.</summary>
    /// <param name="word">Who, to what.</param>
    /// <param name="cancellationToken">Ends the work; a command that was read before is not counted again, also after it was taken back.</param>
    /// <returns>The agreement by this command, or the one that was there before.</returns>
    public async Task<PackageAgreement> GiveAsync(PackagerWord word, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(word);
        await using var database = databases.Create();
        var said = Said(database, word).AsNoTracking().OrderByDescending(row => row.Id);
        if (await said.FirstOrDefaultAsync(row => row.CommandId == word.CommandId, cancellationToken) is { } own)
        {
            return own;
        }

        await database.InsertIfAbsentAsync(
            new PackageAgreement
            {
                Package = word.Package, ProjectId = word.ProjectId, RepositoryId = word.Identity.RepositoryId, OwnerId = word.Identity.OwnerId,
                Kind = AgreementKind.Packager, GivenBy = word.Login, Evidence = word.Comment, GivenAt = time.GetUtcNow(), CommandId = word.CommandId,
            },
            cancellationToken);
        var (repositoryId, ownerId) = word.Identity;
        return await said.FirstAsync(row => row.RepositoryId == repositoryId && row.OwnerId == ownerId, cancellationToken);
    }

    /// <summary>Ends what packagers agreed to, whatever repository stood behind the project's name then.</summary>
    /// <param name="word">Who, about what.</param>
    /// <param name="cancellationToken">Ends the work; repeating it says the same again.</param>
    /// <returns>Whether this command ended anything.</returns>
    public async Task<bool> RevokeAsync(PackagerWord word, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(word);
        var now = time.GetUtcNow();
        await using var database = databases.Create();
        await Said(database, word).Where(row => row.RevokedAt == null).ExecuteUpdateAsync(
            change => change
                .SetProperty(row => row.RevokedAt, now)
                .SetProperty(row => row.RevokedBy, word.Login)
                .SetProperty(row => row.RevokedEvidence, word.Comment)
                .SetProperty(row => row.RevokedCommandId, word.CommandId),
            cancellationToken);
        return await Said(database, word).AnyAsync(row => row.RevokedCommandId == word.CommandId, cancellationToken);
    }

    private static IQueryable<PackageAgreement> Said(PackitDb database, PackagerWord word) => database.Agreements.Where(
        row => row.Package == word.Package && row.ProjectId == word.ProjectId && row.Kind == AgreementKind.Packager);

    /// <summary>What a configuration says: kept as an agreement while it names the project, and ended when it does not any more.</summary>
    private async Task<PackageAgreement?> NamedAsync(Subject about, string branch, LoadedConfig config, CancellationToken cancellationToken)
    {
        await using var database = databases.Create();
        var all = database.Agreements.Where(row => row.Package == about.Package && row.ProjectId == about.ProjectId
            && row.Kind == AgreementKind.DistGitConfig && row.RevokedAt == null);
        var stored = all.Where(row => row.Branch == branch);
        if (config is not LoadedConfig.Valid valid || !Names(valid.Config, about.Package, about.WebUrl))
        {
            var now = time.GetUtcNow();
            if (await stored.AnyAsync(cancellationToken))
            {
                await stored.ExecuteUpdateAsync(change => change.SetProperty(row => row.RevokedAt, now), cancellationToken);
            }

            return null;
        }

        // A configuration names a name. When another repository stands behind it than at first, that is for a person to decide.
        var known = await all.AsNoTracking().ToListAsync(cancellationToken);
        if (known.Exists(row => new UpstreamIdentity(row.RepositoryId, row.OwnerId) != about.Identity))
        {
            return null;
        }

        if (known.Find(row => row.Branch == branch) is { } same)
        {
            return same;
        }

        var source = await database.PackageConfigs.AsNoTracking().Where(row => row.Id == valid.StoredId)
            .Select(row => new { row.CommitSha, row.Path }).SingleAsync(cancellationToken);
        var (repositoryId, ownerId) = about.Identity;
        return await database.GetOrCreateAsync(
            row => row.Package == about.Package && row.ProjectId == about.ProjectId && row.RepositoryId == repositoryId && row.OwnerId == ownerId
                && row.Branch == branch && row.Kind == AgreementKind.DistGitConfig && row.RevokedAt == null,
            () => new PackageAgreement
            {
                Package = about.Package, ProjectId = about.ProjectId, RepositoryId = repositoryId, OwnerId = ownerId, Branch = branch, Kind = AgreementKind.DistGitConfig,
                Evidence = addresses.FilePage(about.Package, source.CommitSha, source.Path), GivenAt = time.GetUtcNow(),
            },
            cancellationToken);
    }

    private static bool Names(PackitConfig config, string package, string webUrl) => config.Packages.Values.Any(
        settings => settings.DownstreamPackageName == package && RepositoryUrls.AreSame(settings.UpstreamProjectUrl, webUrl));

    private sealed record Subject(string Package, int ProjectId, UpstreamIdentity Identity, string WebUrl);
}

/// <summary>A dist-git branch as it was seen.</summary>
public sealed record BranchHead(string Name, string Commit);

/// <summary>What a packager said.</summary>
/// <param name="Package">Name of the dist-git repository.</param>
/// <param name="ProjectId">Row of the upstream project.</param>
/// <param name="Identity">The upstream repository that it was said of.</param>
/// <param name="Login">Who.</param>
/// <param name="Comment">Page of the comment.</param>
/// <param name="CommandId">Row of the command.</param>
public sealed record PackagerWord(string Package, int ProjectId, UpstreamIdentity Identity, string Login, string Comment, int CommandId);
