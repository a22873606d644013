namespace Packit.Stub;

/// <summary>Recordings of real servers, which lie beside the repository on some machines.</summary>
public static class Captures
{
    /// <summary>A folder of recordings; the test is skipped where there is none.</summary>
    public static string Folder(string name)
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            var folder = Path.Combine(at.FullName, "shared", "captures", name);
            if (Directory.Exists(folder) || File.Exists(folder))
            {
                return folder;
            }
        }

        Assert.Skip($"The recordings '{name}' are not on this machine.");
        return "";
    }
}
