using Packit.GitHub;
using Packit.PackageConfig;

namespace Packit.Automation.ConfigCheck;

/// <summary>What lies at the top of a commit, with the files that may be its package config.</summary>
/// <param name="Candidates">Files with a name of a package config, the one that counts first.</param>
/// <param name="TopLevel">All names.</param>
public sealed record ConfigFiles(IReadOnlyList<TreeEntry> Candidates, IReadOnlyList<string> TopLevel)
{
    public static ConfigFiles Of(IReadOnlyList<TreeEntry> topLevel)
    {
        ArgumentNullException.ThrowIfNull(topLevel);
        return new ConfigFiles(
            [
                .. ConfigFileNames.InOrder
                    .Select(name => topLevel.FirstOrDefault(entry => entry.Path == name && entry.Kind is TreeEntryKind.File or TreeEntryKind.Symlink))
                    .OfType<TreeEntry>(),
            ],
            [.. topLevel.Select(entry => entry.Path)]);
    }

    /// <summary>Whether both commits have the same config files, byte for byte.</summary>
    public bool SameAs(ConfigFiles other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Candidates.Select(Identity).SequenceEqual(other.Candidates.Select(Identity));
    }

    private static (string Path, string Mode, string Sha) Identity(TreeEntry entry) => (entry.Path, entry.Mode, entry.Sha);
}
