using System.Globalization;

namespace Packit.PackageConfig;

/// <summary>From Bodhi's releases to aliases. Rules: fedora-distro-aliases; versions are compared part by part, so that 10.10 is newer than 10.2.</summary>
internal static class AliasRules
{
    private const string Rawhide = "rawhide";

    private const string Fedora = "FEDORA";
    private const string Epel = "FEDORA-EPEL";

    /// <summary>Living releases of Fedora, then of EPEL, newest first, with their branches of today.</summary>
    public static IReadOnlyList<DistributionRelease> Alive(IEnumerable<DistributionRelease> releases)
    {
        var alive = releases
            .Where(r => r.Name != "ELN" && r.State is "current" or "pending" or "frozen")
            .Where(r => Parse(r.Version) is not null)
            .OrderByDescending(r => Parse(r.Version))
            .ToList();
        return [.. alive.Where(r => r.IdPrefix == Fedora).Select(InFedora), .. alive.Where(r => r.IdPrefix == Epel)];
    }

    /// <param name="alive">What <see cref="Alive"/> returned.</param>
    public static Dictionary<string, IReadOnlyList<AliasMember>> Build(IReadOnlyList<DistributionRelease> alive)
    {
        var aliases = new Dictionary<string, IReadOnlyList<AliasMember>>(StringComparer.Ordinal);
        AddFedora(aliases, [.. alive.Where(r => r.IdPrefix == Fedora)]);
        AddEpel(aliases, [.. alive.Where(r => r.IdPrefix == Epel).Select(r => (r, Parse(r.Version)!.Major))]);
        return aliases;
    }

    /// <summary>The newest Fedora is Rawhide. While a release is branched off it, Bodhi keeps its branch at "rawhide" for some time.</summary>
    private static DistributionRelease InFedora(DistributionRelease release, int index) => release with
    {
        Branch = index == 0 ? Rawhide : index == 1 && release.Branch == Rawhide ? "f" + release.Version : release.Branch,
    };

    /// <param name="newestFirst">Fedora releases, Rawhide first.</param>
    private static void AddFedora(Dictionary<string, IReadOnlyList<AliasMember>> aliases, List<DistributionRelease> newestFirst)
    {
        var all = newestFirst.Select((release, index) => (Member: FedoraMember(release, index), release.State)).ToList();
        var stable = all.Where(r => r.State == "current").Select(r => r.Member).ToList();
        var development = all.Where(r => r.State != "current").Select(r => r.Member).ToList();
        aliases["fedora-all"] = [.. all.Select(r => r.Member)];
        aliases["fedora-stable"] = stable;
        aliases["fedora-development"] = development;
        aliases["fedora-latest"] = development.Count > 1 ? [development[1]] : [.. stable.Take(1)];
        aliases["fedora-latest-stable"] = [.. stable.Take(1)];
        aliases["fedora-branched"] = [.. all.Select(r => r.Member).Where(m => stable.Contains(m) || development.Skip(1).Contains(m))];
    }

    private static AliasMember FedoraMember(DistributionRelease release, int index) => index == 0
        ? new AliasMember("fedora-rawhide", Rawhide, AliasMember.RawhideRank)
        : new AliasMember("fedora-" + release.Version, release.Branch, (AliasMember.FedoraGroup, index));

    private static void AddEpel(
        Dictionary<string, IReadOnlyList<AliasMember>> aliases, List<(DistributionRelease Release, int Major)> newestFirst)
    {
        var all = newestFirst
            .Select((r, index) => (Member: new AliasMember("epel-" + r.Release.Version, r.Release.Branch, (AliasMember.EpelGroup, index)), r.Major))
            .ToList();
        aliases["epel-all"] = [.. all.Select(r => r.Member)];
        foreach (var major in all.Where(r => r.Major >= 10).GroupBy(r => r.Major))
        {
            var name = "epel-" + major.Key.ToString(CultureInfo.InvariantCulture);
            aliases[name] = [.. major.Where(r => !r.Member.Branch.Contains('.')).Select(r => r.Member)];
            aliases[name + "-all"] = [.. major.Select(r => r.Member)];
            aliases[name + "-branched"] = [.. major.Where(r => r.Member.Branch.Contains('.')).Select(r => r.Member)];
        }
    }

    /// <returns>Null for what is no version.</returns>
    public static Version? Parse(string version) =>
        Version.TryParse(version.Contains('.') ? version : version + ".0", out var parsed) ? parsed : null;
}
