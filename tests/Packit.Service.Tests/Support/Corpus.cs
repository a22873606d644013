namespace Packit.Service.Tests.Support;

/// <summary>Real files of projects; kept beside the repository, not in it.</summary>
internal static class Corpus
{
    /// <summary>A path inside the corpora; skips the test when this checkout has none beside it.</summary>
    public static string Find(string path)
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            var candidate = Path.Combine(directory.FullName, "shared", "corpora", path);
            if (Path.Exists(candidate))
            {
                return candidate;
            }
        }

        Assert.Skip($"The corpora (../shared/corpora/{path} beside the repository) are not on this machine.");
        return "";
    }
}
