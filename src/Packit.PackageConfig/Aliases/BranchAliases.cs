namespace Packit.PackageConfig;

/// <summary>
/// What branch aliases such as <c>fedora-all</c> mean today. The rules are those of fedora-distro-aliases; unlike there, results have a
/// fixed order: Rawhide first, then newest first, Fedora before EPEL, names that are no alias last and in the order given.
/// </summary>
public sealed class BranchAliases
{
    private readonly Dictionary<string, IReadOnlyList<AliasMember>> _members;
    private readonly Dictionary<string, AliasMember> _byName = new(StringComparer.Ordinal);
    private readonly HashSet<string> _stableOrEpel;

    private BranchAliases(IEnumerable<DistributionRelease> releases, DateOnly? date)
    {
        Releases = AliasRules.Alive(releases);
        _members = AliasRules.Build(Releases);
        Date = date;
        All = _members.ToDictionary(a => a.Key, a => (IReadOnlyList<string>)[.. a.Value.Select(m => m.Branch)]);
        foreach (var member in _members["fedora-all"].Concat(_members["epel-all"]).Append(AliasMember.Eln))
        {
            _byName.TryAdd(member.NameVersion, member);
            _byName.TryAdd(member.Branch, member);
        }

        _stableOrEpel = [.. All["fedora-branched"], .. All["epel-all"]];
    }

    /// <summary>A snapshot that ships with the product, for the time before Bodhi has answered once; see <see cref="Date"/>.</summary>
    public static BranchAliases BuiltIn { get; } = new(AliasSnapshot.Releases, AliasSnapshot.Date);

    /// <summary>Day of the built-in snapshot; null for aliases made from an answer of Bodhi.</summary>
    public DateOnly? Date { get; }

    /// <summary>The releases that aliases are made of: those of Fedora, then those of EPEL, newest first, under their branches of today.</summary>
    public IReadOnlyList<DistributionRelease> Releases { get; }

    /// <summary>Each alias with the dist-git branches that it stands for, Rawhide first, then newest first.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> All { get; }

    /// <summary>Makes aliases from Bodhi's list of releases; archived, disabled and non-RPM releases may be in it.</summary>
    public static BranchAliases From(IEnumerable<DistributionRelease> releases) => new(releases, date: null);

    /// <summary>Turns branch names and aliases into branch names.</summary>
    /// <param name="names">Aliases, name-versions (<c>fedora-43</c>), branches; anything else is kept as a custom branch.</param>
    /// <param name="defaults">What an empty list means, and how Rawhide's branch is called.</param>
    /// <returns>Branch names, each once, in the order described at the class.</returns>
    public IReadOnlyList<string> Resolve(IReadOnlyList<string> names, AliasDefaults defaults)
    {
        var found = new Dictionary<string, (int Group, int Position)>(StringComparer.Ordinal);
        foreach (var name in names.Count == 0 ? defaults.WhenEmpty : names)
        {
            if (_members.TryGetValue(name, out var members))
            {
                foreach (var member in members)
                {
                    Add(member);
                }
            }
            else if (_byName.TryGetValue(name, out var member))
            {
                Add(member);
            }
            else
            {
                found.TryAdd(name, name == defaults.DefaultBranch ? AliasMember.RawhideRank : (AliasMember.CustomGroup, found.Count));
            }
        }

        if (defaults.WithAliases && found.ContainsKey(defaults.DefaultBranch))
        {
            found.TryAdd("rawhide", (AliasMember.RawhideRank.Group, 1));
        }

        return [.. found.OrderBy(f => f.Value.Group).ThenBy(f => f.Value.Position).Select(f => f.Key)];

        void Add(AliasMember member) => found.TryAdd(member.IsRawhide ? defaults.DefaultBranch : member.Branch, member.Rank);
    }

    /// <summary>True for branches of released or branched Fedora versions and of EPEL: those that <c>version_update_mask</c> guards.</summary>
    public bool IsStableOrEpel(string branch) => _stableOrEpel.Contains(branch);

    /// <summary>True when the name may be of a release that came after the built-in snapshot.</summary>
    internal bool MayBeNewer(string name)
    {
        var family = name[..(name.IndexOf('-') + 1)];
        return Date is not null
            && AliasRules.Parse(name[family.Length..]) is { } version
            && _byName.Values.Where(m => m.NameVersion.StartsWith(family, StringComparison.Ordinal)).All(m => AliasRules.Parse(m.NameVersion[family.Length..]) is not { } known || known < version);
    }

    /// <summary>True when the name is an alias, a name-version or a branch of a release that is alive.</summary>
    public bool Knows(string name) => _members.ContainsKey(name) || _byName.ContainsKey(name);
}
