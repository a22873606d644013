using System.Text;

namespace Packit.DistGit;

/// <summary>The file <c>.gitignore</c> of a dist-git repository, as <c>fedpkg new-sources</c> keeps it: archives are added, nothing is ever removed.</summary>
public static class GitIgnoreFile
{
    /// <summary>Adds a line <c>/name</c> for each archive that no line matches yet (a line is taken as a pattern, its leading slash ignored).</summary>
    /// <param name="current">The file's bytes, kept as they are; null when there is no file.</param>
    /// <param name="fileNames">Names of the archives.</param>
    /// <returns>The file's bytes; the same object when nothing was added.</returns>
    public static byte[] WithArchives(byte[]? current, IEnumerable<string> fileNames)
    {
        ArgumentNullException.ThrowIfNull(fileNames);
        // Latin-1 keeps any bytes.
        var text = Encoding.Latin1.GetString(current ?? []);
        var patterns = text.Split('\n').Select(static line => line.TrimEnd('\r').TrimStart('/')).Where(static line => line.Length > 0)
            .Select(static line => new Wildcard(line, WildcardStyle.Fnmatch)).ToList();
        var added = new StringBuilder();
        foreach (var name in fileNames)
        {
            var known = Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(name));
            if (!patterns.Exists(pattern => pattern.IsMatch(known)))
            {
                patterns.Add(new Wildcard(known, WildcardStyle.Fnmatch));
                added.Append('/').Append(known).Append('\n');
            }
        }

        if (added.Length == 0)
        {
            return current ?? [];
        }

        var separator = text.Length > 0 && !text.EndsWith('\n') ? "\n" : "";
        return Encoding.Latin1.GetBytes(text + separator + added);
    }
}
