using System.Text;

namespace Packit.Sandbox;

/// <summary>What a file of a commit holds. A text or bytes convert by themselves.</summary>
public sealed class FileContent
{
    private FileContent(byte[]? bytes, string mode)
    {
        Bytes = bytes;
        Mode = mode;
    }

    /// <summary>The file is removed by the commit.</summary>
    public static FileContent Removed { get; } = new(null, "");

    /// <summary>The content, the target of a link, or null for <see cref="Removed"/>.</summary>
    public byte[]? Bytes { get; }

    /// <summary>git's mode: 100644, 100755 or 120000.</summary>
    public string Mode { get; }

    /// <summary>A symbolic link.</summary>
    public static FileContent Link(string target) => new(Encoding.UTF8.GetBytes(target), "120000");

    /// <summary>An executable file.</summary>
    public static FileContent Script(string text) => new(Encoding.UTF8.GetBytes(text), "100755");

    public static FileContent From(byte[] bytes) => new(bytes, "100644");

    public static FileContent From(string text) => From(Encoding.UTF8.GetBytes(text));

    public static implicit operator FileContent(string text) => From(text);

    public static implicit operator FileContent(byte[] bytes) => From(bytes);
}
