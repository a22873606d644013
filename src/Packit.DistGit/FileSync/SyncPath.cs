namespace Packit.DistGit;

/// <summary>A path as users write it in <c>files_to_sync</c>, resolved against a root.</summary>
/// <param name="Path">Relative to the repository, without dots; empty for its root.</param>
/// <param name="IsContent">Whether it ended with a slash (or was a dot): what is in it, not itself.</param>
internal readonly record struct SyncPath(string Path, bool IsContent)
{
    /// <summary>Resolves a path below a root; null when it leads out of it.</summary>
    public static SyncPath? Parse(string root, string text)
    {
        if (text.StartsWith('/') || text.Length > 4096 || text.Any(char.IsControl))
        {
            return null;
        }

        var parts = new List<string>();
        foreach (var part in text.Split('/'))
        {
            switch (part)
            {
                case "" or ".":
                    break;
                case ".." when parts.Count == 0:
                    return null;
                case "..":
                    parts.RemoveAt(parts.Count - 1);
                    break;
                default:
                    parts.Add(part);
                    break;
            }
        }

        var path = Join(root, string.Join('/', parts));
        return new SyncPath(path, parts.Count == 0 || text.EndsWith('/'));
    }

    public static string Join(string directory, string path) =>
        directory.Length == 0 ? path : path.Length == 0 ? directory : directory + "/" + path;

    /// <summary>The directory that a path is in; empty for the root.</summary>
    public static string Parent(string path) => path.LastIndexOf('/') is var at and >= 0 ? path[..at] : "";

    public static string Name(string path) => path[(path.LastIndexOf('/') + 1)..];
}
