namespace Packit.DistGit;

/// <summary>One run of a program that is not trusted, or that reads what is not trusted.</summary>
/// <param name="Program">Absolute path of the program as the confinement sees it, below <c>/usr</c>.</param>
/// <param name="Arguments">Its arguments; no shell reads them.</param>
public sealed record ConfinedCommand(string Program, params IReadOnlyList<string> Arguments)
{
    /// <summary>Where the folder of the run stands inside; also the working directory.</summary>
    public const string FolderInside = "/work";

    /// <summary>
    /// A folder of this machine that is shown at <see cref="FolderInside"/>; null for an empty one. When this process is root the
    /// run is not (<see cref="ConfinedProgram"/>), so the folder must be open to others.
    /// </summary>
    public string? Folder { get; init; }

    /// <summary>Whether the folder may be written to. What comes out of it is as untrusted as the program.</summary>
    public bool CanWrite { get; init; }

    /// <summary>Whether the network of this machine is there. Without it there is not even a loopback interface to listen on.</summary>
    public bool AllowNetwork { get; init; }

    /// <summary>The whole environment beside <c>PATH</c>, <c>HOME</c> and <c>LC_ALL</c>. It is readable to the program: no secrets.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    public ConfinedLimits Limits { get; init; } = new();
}

/// <summary>How a confined run ended.</summary>
public abstract record ConfinedResult
{
    private ConfinedResult()
    {
    }

    /// <summary>The program came to its end, or died of a limit of its own (memory, processor time, size of files).</summary>
    /// <param name="ExitCode">0 for success; 128 and the signal's number when it was killed.</param>
    /// <param name="Output">Standard output, complete.</param>
    /// <param name="Errors">The beginning of standard error as one clean line: no control characters, a few hundred characters.</param>
    public sealed record Ended(int ExitCode, byte[] Output, string Errors) : ConfinedResult;

    /// <summary>It was killed from outside.</summary>
    /// <param name="Reason">Which limit it reached, a sentence.</param>
    public sealed record Stopped(string Reason) : ConfinedResult;

    /// <summary>This machine cannot confine programs; nothing was run.</summary>
    /// <param name="Reason">Why, and what to change, a sentence.</param>
    public sealed record Unavailable(string Reason) : ConfinedResult;
}
