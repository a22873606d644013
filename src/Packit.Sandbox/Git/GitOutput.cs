using System.Text;

namespace Packit.Sandbox.Git;

/// <summary>What a git command left behind.</summary>
internal sealed record GitOutput(int ExitCode, byte[] Bytes, string Errors)
{
    /// <summary>Standard output as UTF-8.</summary>
    public string Text => Encoding.UTF8.GetString(Bytes);

    /// <summary>Standard output, line by line, without the empty ones.</summary>
    public string[] Lines => Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
