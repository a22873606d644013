namespace Packit.PackageConfig;

/// <summary>How a job reads its branch list. Packit: each job has its own defaults.</summary>
/// <param name="WhenEmpty">Names that stand for an empty list.</param>
/// <param name="DefaultBranch">Name that Rawhide's branch gets in the result.</param>
/// <param name="WithAliases">True: <c>rawhide</c> is added when <paramref name="DefaultBranch"/> is in the result, so that both names match.</param>
public sealed record AliasDefaults(IReadOnlyList<string> WhenEmpty, string DefaultBranch, bool WithAliases)
{
    /// <summary>Koji builds, by push or side tag: <c>main</c>, which also answers to <c>rawhide</c>.</summary>
    public static AliasDefaults KojiBuild { get; } = new(["main"], "main", WithAliases: true);

    /// <summary>Bodhi updates: stable releases; Koji calls Rawhide <c>rawhide</c>.</summary>
    public static AliasDefaults BodhiUpdate { get; } = new(["fedora-stable"], "rawhide", WithAliases: false);

    /// <summary>The branch of a side tag.</summary>
    public static AliasDefaults SideTag { get; } = new([], "main", WithAliases: false);

    /// <summary>Release synchronisation: an empty list is the default branch of the dist-git repository.</summary>
    /// <param name="defaultBranch">The real default branch of the dist-git repository, e.g. <c>rawhide</c>.</param>
    public static AliasDefaults ReleaseSync(string defaultBranch) => new([defaultBranch], defaultBranch, WithAliases: false);
}
