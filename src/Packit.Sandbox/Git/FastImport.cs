using System.Text;

namespace Packit.Sandbox.Git;

/// <summary>Writes the stream that <c>git fast-import</c> reads: several commits and tags with one process.</summary>
internal sealed class FastImport : IDisposable
{
    private readonly MemoryStream _stream = new();
    private int _marks;

    public ReadOnlyMemory<byte> Bytes => _stream.GetBuffer().AsMemory(0, (int)_stream.Length);

    /// <summary>Adds a commit on top of <paramref name="from"/> (a commit or a full ref name; null for a first commit) and asks for its sha.</summary>
    /// <returns>The mark by which later parts of the stream name it.</returns>
    public string Commit(string reference, string? from, FileSet files, string message, Person author, DateTimeOffset when)
    {
        string mark = ":" + ++_marks;
        Line("commit " + reference);
        Line("mark " + mark);
        Line("author " + Signature(author, when));
        Line("committer " + Signature(author, when));
        Data(Encoding.UTF8.GetBytes(message.EndsWith('\n') ? message : message + "\n"));
        if (from is not null)
        {
            Line("from " + from);
        }

        foreach (var (path, content) in files)
        {
            if (content.Bytes is null)
            {
                Line("D " + Quoted(path));
                continue;
            }

            Line($"M {content.Mode} inline {Quoted(path)}");
            Data(content.Bytes);
        }

        Line("");
        Line("get-mark " + mark);
        return mark;
    }

    /// <summary>Adds a merge of <paramref name="merged"/> into <paramref name="into"/> with this tree, and asks for its sha.</summary>
    public void Merge(string reference, string into, string merged, string tree, string message, Person author, DateTimeOffset when)
    {
        string mark = ":" + ++_marks;
        Line("commit " + reference);
        Line("mark " + mark);
        Line("author " + Signature(author, when));
        Line("committer " + Signature(author, when));
        Data(Encoding.UTF8.GetBytes(message + "\n"));
        Line("from " + into);
        Line("merge " + merged);
        Line($"M 040000 {tree} \"\"");
        Line("");
        Line("get-mark " + mark);
    }

    /// <summary>Sets a ref to a commit.</summary>
    public void Reset(string reference, string target)
    {
        Line("reset " + reference);
        Line("from " + target);
        Line("");
    }

    /// <summary>Adds an annotated tag.</summary>
    public void Tag(string name, string target, string message, Person tagger, DateTimeOffset when)
    {
        Line("tag " + name);
        Line("from " + target);
        Line("tagger " + Signature(tagger, when));
        Data(Encoding.UTF8.GetBytes(message + "\n"));
    }

    public void Dispose() => _stream.Dispose();

    private static string Signature(Person person, DateTimeOffset when) => $"{person.Name} <{person.Email}> {when.ToUnixTimeSeconds()} +0000";

    private static string Quoted(string path) =>
        "\"" + path.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal) + "\"";

    private void Line(string text) => _stream.Write(Encoding.UTF8.GetBytes(text + "\n"));

    private void Data(byte[] bytes)
    {
        Line("data " + bytes.Length);
        _stream.Write(bytes);
        Line("");
    }
}
