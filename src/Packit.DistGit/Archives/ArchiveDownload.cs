using System.Net;

namespace Packit.DistGit;

/// <summary>How the download of an archive ended.</summary>
public abstract record ArchiveDownload
{
    private ArchiveDownload()
    {
    }

    /// <summary>It is on disk.</summary>
    /// <param name="Path">Where.</param>
    /// <param name="Size">In bytes, at least one.</param>
    /// <param name="Sha512">Hexadecimal, lower case.</param>
    public sealed record Fetched(string Path, long Size, string Sha512) : ArchiveDownload;

    /// <summary>It cannot be had now: not published yet, or trouble on the way. Later it may.</summary>
    /// <param name="Status">The HTTP status; null when no answer came, or the answer was cut.</param>
    /// <param name="Text">For users: what was to be fetched, a line feed, why it did not come.</param>
    /// <param name="RetryAfter">How long the host asked to wait, where it did.</param>
    public sealed record NotThere(HttpStatusCode? Status, string Text, TimeSpan? RetryAfter = null) : ArchiveDownload;

    /// <summary>It will not be fetched; repeating cannot help.</summary>
    /// <param name="Text">For users: what was to be fetched, a line feed, why not.</param>
    public sealed record Refused(string Text) : ArchiveDownload;
}
