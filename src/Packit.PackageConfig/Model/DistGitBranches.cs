namespace Packit.PackageConfig;

/// <summary>Branches and aliases of a job, in file order, and where each may be fast-forwarded to.</summary>
/// <param name="Names">Branch names and aliases; empty for the job's own default.</param>
/// <param name="FastForwardInto">
/// Only for the dictionary form: to each name the branches and aliases that are offered the same change (<c>fast_forward_merge_into</c>).
/// </param>
public sealed record DistGitBranches(IReadOnlyList<string> Names, IReadOnlyDictionary<string, IReadOnlyList<string>> FastForwardInto)
{
    /// <summary>Nothing is set.</summary>
    public static DistGitBranches None { get; } = new([], new Dictionary<string, IReadOnlyList<string>>());

    /// <summary>True when the file used the dictionary form.</summary>
    public bool IsDictionary { get; init; }

    /// <summary>
    /// Branches that a change prepared for <paramref name="sourceBranch"/> is also offered to.
    /// A name that stands for Rawhide covers both of its branch names.
    /// </summary>
    /// <param name="sourceBranch">Branch the change was prepared for.</param>
    /// <param name="aliases">What aliases mean.</param>
    /// <param name="defaults">How Rawhide's branch is called; whether both names are wanted.</param>
    /// <returns>Branch names in the order of <see cref="BranchAliases.Resolve"/>; empty when there are none.</returns>
    public IReadOnlyList<string> FastForwardBranches(string sourceBranch, BranchAliases aliases, AliasDefaults defaults)
    {
        foreach (var (name, targets) in FastForwardInto)
        {
            if (targets.Count > 0 && aliases.Resolve([name], defaults with { WithAliases = true }).Contains(sourceBranch))
            {
                return aliases.Resolve(targets, defaults);
            }
        }

        return [];
    }
}
