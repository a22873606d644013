namespace Packit.Sandbox.Git;

/// <summary>
/// The refs of a bare repository, read from its files without a process: <c>packed-refs</c>, then the loose ones on top,
/// as gitrepository-layout(5) describes them.
/// </summary>
internal sealed class RefTable
{
    private const string Heads = "refs/heads/";
    private const string Tags = "refs/tags/";
    private readonly SortedDictionary<string, string> _refs = new(StringComparer.Ordinal);

    private RefTable()
    {
    }

    /// <summary>Branch name to commit.</summary>
    public IEnumerable<KeyValuePair<string, string>> Branches => Under(Heads);

    /// <summary>Tag name to the object it names: a commit or, when annotated, a tag object.</summary>
    public IEnumerable<KeyValuePair<string, string>> TagObjects => Under(Tags);

    public static RefTable Read(string repository)
    {
        var table = new RefTable();
        string packed = Path.Combine(repository, "packed-refs");
        if (File.Exists(packed))
        {
            foreach (string line in File.ReadAllLines(packed).Where(line => line.Length > 41 && line[0] is not ('#' or '^')))
            {
                table._refs[line[41..]] = line[..40];
            }
        }

        string root = Path.Combine(repository, "refs");
        foreach (string file in Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories))
        {
            if (!file.EndsWith(".lock", StringComparison.Ordinal) && TryRead(file) is { Length: 40 } sha)
            {
                table._refs["refs/" + Path.GetRelativePath(root, file).Replace('\\', '/')] = sha;
            }
        }

        return table;
    }

    /// <summary>The object of a full ref name, or null.</summary>
    public string? Find(string reference) => _refs.GetValueOrDefault(reference);

    public string? Branch(string name) => Find(Heads + name);

    public string? Tag(string name) => Find(Tags + name);

    private static string? TryRead(string file)
    {
        try
        {
            return File.ReadAllText(file).Trim();
        }
        catch (IOException)
        {
            // Removed between the listing and the reading: a push is at work.
            return null;
        }
    }

    private IEnumerable<KeyValuePair<string, string>> Under(string prefix) =>
        _refs.Where(pair => pair.Key.StartsWith(prefix, StringComparison.Ordinal))
            .Select(pair => KeyValuePair.Create(pair.Key[prefix.Length..], pair.Value));
}
