using System.Text;

namespace Packit.DistGit;

/// <summary>One entry of one tree object, as it stands there: octal mode, blank, name, NUL, 20 bytes of object name.</summary>
/// <param name="Mode">The octal mode as written.</param>
/// <param name="Name">The name as Latin-1, so that any bytes survive; equal to the text for ASCII names.</param>
/// <param name="Oid">Full object name.</param>
internal sealed record TreeItem(string Mode, string Name, string Oid)
{
    public const string DirectoryMode = "40000";

    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    public bool IsDirectory => Mode.TrimStart('0') == DirectoryMode;

    public GitEntryKind Kind => Mode.TrimStart('0') switch
    {
        "120000" => GitEntryKind.SymbolicLink,
        "160000" => GitEntryKind.Submodule,
        "100755" or "100775" => GitEntryKind.ExecutableFile,
        _ => GitEntryKind.File,
    };

    /// <summary>The name as text; null when it is not valid UTF-8 or not a name that can be part of a path.</summary>
    public string? Text => TextOf(Encoding.Latin1.GetBytes(Name)) is { } text && GitName.IsPath(text) ? text : null;

    /// <summary>Bytes as UTF-8 text; null when they are not.</summary>
    public static string? TextOf(byte[] bytes)
    {
        try
        {
            return StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    public static string NameOf(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));

    public static string ModeOf(GitEntryKind kind) => kind switch
    {
        GitEntryKind.File => "100644",
        GitEntryKind.ExecutableFile => "100755",
        GitEntryKind.SymbolicLink => "120000",
        GitEntryKind.Submodule => "160000",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "not a kind of entry"),
    };

    /// <summary>Reads a tree object.</summary>
    /// <exception cref="GitException">It is malformed.</exception>
    public static List<TreeItem> Parse(ReadOnlySpan<byte> tree)
    {
        var items = new List<TreeItem>();
        while (!tree.IsEmpty)
        {
            var blank = tree.IndexOf((byte)' ');
            var end = tree.IndexOf((byte)0);
            if (blank <= 0 || end < blank + 2 || tree.Length < end + 21)
            {
                throw new GitException(GitFailure.Unexpected, "A tree of the repository is malformed.");
            }

            items.Add(new TreeItem(
                Encoding.ASCII.GetString(tree[..blank]),
                Encoding.Latin1.GetString(tree[(blank + 1)..end]),
                Convert.ToHexStringLower(tree.Slice(end + 1, 20))));
            tree = tree[(end + 21)..];
        }

        return items;
    }

    /// <summary>Writes a tree object: git orders entries by bytes, directories as if their names ended with a slash.</summary>
    public static byte[] Format(IEnumerable<TreeItem> items)
    {
        using var tree = new MemoryStream();
        foreach (var item in items.OrderBy(static item => item.IsDirectory ? item.Name + "/" : item.Name, StringComparer.Ordinal))
        {
            tree.Write(Encoding.ASCII.GetBytes(item.Mode + " "));
            tree.Write(Encoding.Latin1.GetBytes(item.Name));
            tree.WriteByte(0);
            tree.Write(Convert.FromHexString(item.Oid));
        }

        return tree.ToArray();
    }
}
