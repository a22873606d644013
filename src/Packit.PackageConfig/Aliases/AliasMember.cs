namespace Packit.PackageConfig;

/// <summary>A release that is a member of aliases.</summary>
/// <param name="NameVersion">E.g. <c>fedora-43</c>, <c>fedora-rawhide</c>, <c>epel-10.1</c>.</param>
/// <param name="Branch">Branch in dist-git.</param>
/// <param name="Rank">Place in ordered results: group, then position in it.</param>
internal sealed record AliasMember(string NameVersion, string Branch, (int Group, int Position) Rank)
{
    public const int FedoraGroup = 1;
    public const int EpelGroup = 3;
    public const int CustomGroup = 4;

    public static (int Group, int Position) RawhideRank => (0, 0);

    /// <summary>Not in any alias, but its names are understood.</summary>
    public static AliasMember Eln { get; } = new("fedora-eln", "eln", (2, 0));

    public bool IsRawhide => Rank == RawhideRank;
}
