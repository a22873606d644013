using Packit.Automation.Releases;
using Packit.Automation.Storage;
using Packit.PackageConfig;
using Packit.Service.Dashboard.Words;

namespace Packit.Service.Dashboard.Reading;

/// <summary>What branch aliases mean today, by the list that the workers keep.</summary>
public sealed class AliasQuery(IPackitDbFactory databases, BodhiPages bodhi, TimeProvider time)
{
    /// <summary>The list is renewed every hour; one that is older than this means that Bodhi is away.</summary>
    private static readonly TimeSpan Old = TimeSpan.FromHours(3);

    public async Task<AliasFacts> ReadAsync(CancellationToken cancellationToken)
    {
        await using var database = databases.Create();
        var (aliases, fetchedAt) = await StoredReleases.AliasesAsync(database, cancellationToken);
        var releases = aliases.Releases.Select(release => Describe(release, aliases)).ToList();
        var byBranch = releases.GroupBy(release => release.Branch).ToDictionary(group => group.Key, group => group.First());
        return new AliasFacts(
            [.. aliases.All.Select(alias => new AliasRow(alias.Key, [.. alias.Value.Select(branch => byBranch[branch])]))],
            releases, fetchedAt, aliases.Date, fetchedAt is { } date && time.GetUtcNow() - date > Old);
    }

    private ReleaseFacts Describe(DistributionRelease release, BranchAliases aliases)
    {
        var isRawhide = release.Branch == "rawhide";
        var family = release.IdPrefix == "FEDORA" ? "fedora" : "epel";
        return new ReleaseFacts(
            release.LongName, bodhi.Release(release.Name), release.Branch, isRawhide ? "fedora-rawhide" : $"{family}-{release.Version}", release.State,
            [.. aliases.All.Where(alias => alias.Value.Contains(release.Branch)).Select(alias => alias.Key)]);
    }
}

/// <summary>What branch aliases mean today.</summary>
/// <param name="Aliases">The aliases, those of Fedora first.</param>
/// <param name="Releases">The releases they are made of, Rawhide first.</param>
/// <param name="FetchedAt">When Bodhi gave the list; null for the one that ships with the product.</param>
/// <param name="BuiltIn">Day of the list that ships with the product, when that is the one.</param>
/// <param name="IsOld">Whether the list should have been renewed since.</param>
public sealed record AliasFacts(
    IReadOnlyList<AliasRow> Aliases, IReadOnlyList<ReleaseFacts> Releases, DateTimeOffset? FetchedAt, DateOnly? BuiltIn, bool IsOld);

/// <summary>An alias with the releases that it stands for.</summary>
public sealed record AliasRow(string Name, IReadOnlyList<ReleaseFacts> Members);

/// <summary>A release of the distribution.</summary>
/// <param name="Title">Such as <c>Fedora 43</c>.</param>
/// <param name="Url">Its page in Bodhi.</param>
/// <param name="Branch">Branch in dist-git.</param>
/// <param name="Name">The name that a config may write instead of the branch: <c>fedora-43</c>.</param>
/// <param name="State"><c>current</c>, <c>frozen</c> or <c>pending</c>.</param>
/// <param name="Aliases">The aliases that it belongs to.</param>
public sealed record ReleaseFacts(string Title, string Url, string Branch, string Name, string State, IReadOnlyList<string> Aliases);
