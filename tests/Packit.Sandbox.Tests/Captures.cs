namespace Packit.Sandbox.Tests;

/// <summary>Recordings of the real servers, when they lie beside the repository.</summary>
internal static class Captures
{
    /// <summary>The folder of recordings; skips the test when there is none.</summary>
    public static string Folder(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder?.Parent is not null; folder = folder.Parent)
        {
            string captures = Path.Combine(folder.Parent.FullName, "shared", "captures", name);
            if (Directory.Exists(captures))
            {
                return captures;
            }
        }

        Assert.Skip($"The recordings '{name}' are not there: they are looked for in ../shared/captures beside the repository.");
        return "";
    }
}
