using System.Collections;

namespace Packit.Sandbox;

/// <summary>The files that a commit writes: <c>new FileSet { ["hello.spec"] = "Name: hello" }</c>. Paths are relative, with slashes.</summary>
public sealed class FileSet : IEnumerable<KeyValuePair<string, FileContent>>
{
    private readonly SortedDictionary<string, FileContent> _files = new(StringComparer.Ordinal);

    public FileContent this[string path]
    {
        get => _files[path];
        set => _files[path] = value;
    }

    public void Add(string path, FileContent content) => _files.Add(path, content);

    public IEnumerator<KeyValuePair<string, FileContent>> GetEnumerator() => _files.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
