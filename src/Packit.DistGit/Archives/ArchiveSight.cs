namespace Packit.DistGit;

/// <summary>What a look at the address of an archive told, without fetching the archive.</summary>
public abstract record ArchiveSight
{
    private ArchiveSight()
    {
    }

    /// <summary>It is there.</summary>
    /// <param name="Size">In bytes; null when the host does not tell.</param>
    public sealed record There(long? Size) : ArchiveSight;

    /// <summary>The host says that there is no such file.</summary>
    public sealed record Missing : ArchiveSight;

    /// <summary>It would not be fetched; repeating cannot help.</summary>
    public sealed record Refused(string Reason) : ArchiveSight;

    /// <summary>Nobody can say now.</summary>
    public sealed record Unknown(string Reason) : ArchiveSight;
}
