namespace Packit.DistGit;

/// <summary>How git is started and where its limits are.</summary>
public sealed record GitOptions
{
    /// <summary>The program: a name looked up in <c>PATH</c>, or an absolute path. Version 2.37 or later.</summary>
    public string Program { get; init; } = "git";

    /// <summary>The longest time one command may run; then its whole process group is killed.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a transfer may go on with nothing arriving.</summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The most bytes a repository folder may hold, watched while a transfer runs.</summary>
    public long MaxBytes { get; init; } = 1L << 30;

    /// <summary>The size in bytes from which blobs are fetched only when they are read, where a fetch asks for that.</summary>
    public int LargeBlob { get; init; } = 1 << 20;

    /// <summary>Plain http remotes: the sandbox and tests.</summary>
    public bool AllowHttp { get; init; }

    /// <summary>Remotes of this machine's file system: tests only.</summary>
    public bool AllowFile { get; init; }

    /// <summary>Whether anything may be pushed; what only reads is made without.</summary>
    public bool MayPush { get; init; } = true;

    /// <summary>What git calls itself to servers. Some of them serve git only to names that begin with <c>git/</c>.</summary>
    public string UserAgent { get; init; } = "git/packit-service (+https://packit.dev)";

    /// <summary>Every problem of these options, as sentences; empty when they are good.</summary>
    public IEnumerable<string> Problems()
    {
        if (string.IsNullOrWhiteSpace(Program))
        {
            yield return "Git program: name the git program, such as 'git' or '/usr/bin/git'.";
        }

        if (Timeout <= TimeSpan.Zero || StallTimeout < TimeSpan.FromSeconds(1))
        {
            yield return "Git timeouts: the time limit must be positive and the stall limit at least one second.";
        }

        if (MaxBytes < 1 << 20 || LargeBlob < 1024)
        {
            yield return "Git limits: a repository needs room for at least 1 MiB, and a large blob is 1 KiB or more.";
        }

        if (string.IsNullOrWhiteSpace(UserAgent) || UserAgent.Any(char.IsControl))
        {
            yield return "Git user agent: a line of text without control characters is needed.";
        }
    }
}
