using System.Collections.Frozen;
using Packit.PackageConfig.Yaml;

namespace Packit.PackageConfig.Schema;

/// <summary>What is said about a key that does not exist: an old name, a name of another level, or a slip.</summary>
internal static class UnknownKeys
{
    /// <summary>Names of former versions of the format, with what to write today.</summary>
    private static readonly FrozenDictionary<string, string> Old = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["synced_files"] = "Write `files_to_sync`.",
        ["current_version_command"] = "Write the command as action: `actions: {get-current-version: ...}`.",
        ["create_tarball_command"] = "Write the command as action: `actions: {create-archive: ...}`.",
        ["upstream_project_name"] = "Write `upstream_package_name`.",
        ["upstream_name"] = "Write `upstream_package_name`.",
        ["package_name"] = "Write `downstream_package_name`.",
        ["checks"] = "Remove it; checks of dist-git pull requests are not configured here any more.",
        ["release_to"] = "Write `dist_git_branches` in a job `propose_downstream`.",
        ["dist-git-branch"] = "Write `dist_git_branches`.",
        ["dist_git_branch"] = "Write `dist_git_branches`.",
        ["is_sub_package"] = "Remove it; list the packages in `packages`.",
        ["follow_fedora_branching"] = "Remove it; write `fedora-all` in `dist_git_branches`.",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static void Report(YamlEntry entry, ConfigPath path, IEnumerable<string> known, ProblemList problems, string? belongs = null)
    {
        var at = path.Key(entry.Name);
        if (Old.TryGetValue(entry.Name, out var today))
        {
            problems.Error(ProblemCodes.OldKey, entry.Key, at, $"`{entry.Name}` is an old key that is not read any more.", today);
            return;
        }

        var near = belongs is null && !problems.IsFull ? NearMiss.Of(entry.Name, known) : null;
        problems.Error(
            ProblemCodes.UnknownKey, entry.Key, at, $"There is no key `{entry.Name}` here.",
            belongs ?? (near is null ? null : $"Did you mean `{near}`?"));
    }
}
