using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Packit.DistGit;

/// <summary>
/// Writes loose objects (gitrepository-layout(5): <c>objects/xx/yyyy…</c>, deflated <c>type size NUL content</c>, named by the
/// SHA-1 of that). A commit of a few files costs so less than the start of one process.
/// </summary>
internal sealed class ObjectWriter(string folder)
{
    public string WriteBlob(ReadOnlySpan<byte> content) => Write("blob", content);

    public string WriteTree(IEnumerable<TreeItem> items) => Write("tree", TreeItem.Format(items));

    public string WriteCommit(string tree, CommitDraft draft)
    {
        var who = $"{Checked(draft.Author.Name)} <{Checked(draft.Author.Email)}> {draft.Date.ToUnixTimeSeconds()} {Offset(draft.Date.Offset)}";
        var message = draft.Message.Replace("\r\n", "\n", StringComparison.Ordinal).Trim('\n');
        if (message.Length == 0 || message.Contains('\0', StringComparison.Ordinal))
        {
            throw new ArgumentException("A commit needs a message without NUL characters.", nameof(draft));
        }

        return Write("commit", Encoding.UTF8.GetBytes(
            $"tree {tree}\nparent {GitName.Object(draft.Parent)}\nauthor {who}\ncommitter {who}\n\n{message}\n"));
    }

    private static string Checked(string identity) => identity.Length > 0 && identity.AsSpan().IndexOfAny("<>\n\r\0") < 0
        ? identity
        : throw new ArgumentException($"'{GitName.Clip(identity)}' cannot stand in a commit as a name or address.", nameof(identity));

    private static string Offset(TimeSpan offset) => $"{(offset < TimeSpan.Zero ? '-' : '+')}{offset:hhmm}";

    private string Write(string type, ReadOnlySpan<byte> content)
    {
        var header = Encoding.ASCII.GetBytes($"{type} {content.Length}\0");
        var oid = Name(header, content);
        var path = Path.Combine(folder, "objects", oid[..2], oid[2..]);
        if (File.Exists(path))
        {
            return oid;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var temporary = Path.Combine(folder, "objects", "tmp_obj_" + Path.GetRandomFileName());
        using (var file = File.Create(temporary))
        using (var deflated = new ZLibStream(file, CompressionLevel.Fastest))
        {
            deflated.Write(header);
            deflated.Write(content);
        }

        File.Move(temporary, path, overwrite: true);
        return oid;
    }

    private static string Name(ReadOnlySpan<byte> header, ReadOnlySpan<byte> content)
    {
#pragma warning disable CA5350 // SHA-1 is the name of an object by git's format; nothing is proven with it.
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
#pragma warning restore CA5350
        hash.AppendData(header);
        hash.AppendData(content);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
