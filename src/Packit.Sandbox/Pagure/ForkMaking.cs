namespace Packit.Sandbox.Pagure;

/// <summary>Makes forks. A fork holds what the package held at that moment, and Pagure never brings it up to date.</summary>
internal static class ForkMaking
{
    /// <summary>Makes a user's fork: nobody sees it before it is whole, and of two who ask at the same time one makes it.</summary>
    /// <returns>False when it is there already.</returns>
    public static async Task<bool> TryMakeAsync(PagureStandIn pagure, Project origin, string user, CancellationToken ct)
    {
        await pagure.Forking.WaitAsync(ct);
        try
        {
            if (pagure.Find(origin.Namespace, origin.Name, user) is not null)
            {
                return false;
            }

            string place = pagure.GitOf($"forks/{user}/{origin.Namespace}/{origin.Name}").Folder;
            string making = $"{place}-{Guid.NewGuid():N}";
            Copy(pagure.GitOf(origin).Folder, making);
            if (Directory.Exists(place))
            {
                // Left by a start that ended before it was written down.
                Directory.Delete(place, recursive: true);
            }

            Directory.Move(making, place);
            pagure.News.Forked(pagure.Add(origin.Namespace, origin.Name, user, origin), user);
            return true;
        }
        finally
        {
            pagure.Forking.Release();
        }
    }

    /// <summary>Refs come first: a push that goes on at the same time adds objects before it moves refs, so that none is missing in the copy.</summary>
    private static void Copy(string from, string to)
    {
        foreach (string folder in Directory.EnumerateDirectories(from, "*", SearchOption.AllDirectories).Prepend(from).ToList())
        {
            string path = Path.GetRelativePath(from, folder);
            if (!IsInWork(path))
            {
                Directory.CreateDirectory(Path.GetFullPath(Path.Combine(to, path)));
            }
        }

        foreach (string file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(from, file))
            .Where(file => !IsInWork(file))
            .OrderBy(file => file.StartsWith("objects/", StringComparison.Ordinal))
            .ToList())
        {
            string target = Path.Combine(to, file);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(Path.Combine(from, file), target);
        }
    }

    /// <summary>Whether git is at work on it: a lock, an object that is not whole, the folder of a push that is not accepted yet.</summary>
    private static bool IsInWork(string path) =>
        path.EndsWith(".lock", StringComparison.Ordinal)
        || path.Split('/').Any(part => part.StartsWith("tmp_", StringComparison.Ordinal) || part.StartsWith("incoming-", StringComparison.Ordinal));
}
