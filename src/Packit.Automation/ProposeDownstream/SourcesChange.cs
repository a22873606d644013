using Packit.DistGit;

namespace Packit.Automation.ProposeDownstream;

/// <summary>What a new set of archives does to <c>sources</c> and <c>.gitignore</c>: the same as <c>fedpkg new-sources</c>.</summary>
internal static class SourcesChange
{
    private const string SourcesPath = "sources";
    private const string IgnorePath = ".gitignore";

    /// <summary>The changed files; none when every archive stands in <c>sources</c> as it is.</summary>
    public static IEnumerable<TreeChange> Make(PlanInput input, IReadOnlyList<SourceEntry> entries)
    {
        if (entries.Count == 0 || entries.All(entry => input.Sources.Find(entry.FileName) == entry))
        {
            return [];
        }

        return
        [
            new TreeChange.Put(SourcesPath, SourcesFile.Of(entries).ToBytes()),
            new TreeChange.Put(IgnorePath, GitIgnoreFile.WithArchives(input.GitIgnore, entries.Select(entry => entry.FileName))),
        ];
    }
}
