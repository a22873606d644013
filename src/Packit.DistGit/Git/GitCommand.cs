namespace Packit.DistGit;

/// <summary>The only sub-commands that are ever run. What is not here cannot be asked for.</summary>
internal enum GitVerb
{
    Version,
    Fetch,
    Push,
    LsRemote,
    CatFile,
    RevList,
    DiffTree,
}

/// <summary>One run of git.</summary>
internal sealed record GitCommand(GitVerb Verb, params IReadOnlyList<string> Arguments)
{
    /// <summary>The remote it may talk to, known to git under the name <see cref="GitEnvironment.RemoteName"/>. Null: no network at all.</summary>
    public GitRemote? Remote { get; init; }

    /// <summary>Leave blobs out from this size on.</summary>
    public int? BlobLimit { get; init; }

    /// <summary>Tell the server nothing about what is here already. Saves a round trip where little is to be had.</summary>
    public bool WithoutNegotiation { get; init; }

    /// <summary>The most bytes of output that are kept.</summary>
    public int OutputCap { get; init; } = 1 << 20;

    /// <summary>Whether output beyond the cap is cut off; otherwise it is a failure.</summary>
    public bool CutOutput { get; init; }

    public string Name => Verb switch
    {
        GitVerb.Version => "version",
        GitVerb.Fetch => "fetch",
        GitVerb.Push => "push",
        GitVerb.LsRemote => "ls-remote",
        GitVerb.CatFile => "cat-file",
        GitVerb.RevList => "rev-list",
        GitVerb.DiffTree => "diff-tree",
        _ => throw new InvalidOperationException($"{Verb} is not a sub-command."),
    };
}

/// <summary>What a run of git left.</summary>
/// <param name="ExitCode">0 for success.</param>
/// <param name="Output">Standard output, up to the cap.</param>
/// <param name="Errors">Standard error, up to 64 KiB, with secrets replaced by stars.</param>
/// <param name="WasCut">Whether output went beyond the cap.</param>
internal sealed record GitOutput(int ExitCode, byte[] Output, string Errors, bool WasCut);
