using System.Text;

namespace Packit.Service.Commands;

/// <summary>A table that tells which repository each of many config files is from.</summary>
internal sealed class RepositoryNames
{
    private readonly Dictionary<string, string> _byFile;

    private RepositoryNames(Dictionary<string, string> byFile) => _byFile = byFile;

    public static RepositoryNames Empty { get; } = new([]);

    /// <summary>Reads the table: file, tab, repository. Lines without a tab are skipped.</summary>
    public static RepositoryNames Read(byte[] table)
    {
        var byFile = new Dictionary<string, string>();
        foreach (var line in Encoding.UTF8.GetString(table).Split('\n'))
        {
            var columns = line.TrimEnd('\r').Split('\t');
            if (columns.Length > 1)
            {
                byFile[columns[0]] = columns[1][(columns[1].LastIndexOf('/') + 1)..];
            }
        }

        return new RepositoryNames(byFile);
    }

    /// <summary>The repository's name, for the file as it was given or any end of its path; null when the table does not have it.</summary>
    public string? Of(string file)
    {
        for (var end = file; ; end = end[(end.IndexOf('/') + 1)..])
        {
            if (_byFile.TryGetValue(end, out var name))
            {
                return name;
            }

            if (!end.Contains('/', StringComparison.Ordinal))
            {
                return null;
            }
        }
    }
}
