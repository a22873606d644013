using Packit.PackageConfig;

namespace Packit.Automation.ConfigCheck;

/// <summary>The package config of a commit as it was read for people to look at; nothing is ever started by it.</summary>
/// <param name="Path">The file that counts, at the top of the repository.</param>
/// <param name="Content">Its bytes; empty when it is too large to be fetched.</param>
/// <param name="Reading">What came of reading it.</param>
/// <param name="NotRead">Other files with a name of a package config, which do not count beside this one.</param>
/// <param name="Aliases">What branch aliases meant when it was read.</param>
public sealed record SeenConfig(string Path, byte[] Content, ConfigReading Reading, IReadOnlyList<string> NotRead, BranchAliases Aliases);
