namespace Packit.DistGit;

/// <summary>A spec that rpm itself is to read.</summary>
/// <param name="Spec">The file.</param>
public sealed record RpmSpecQuestion(ReadOnlyMemory<byte> Spec)
{
    /// <summary>Macros to read it with; null takes one away (rpm: <c>--define</c>, <c>--undefine</c>).</summary>
    public IReadOnlyDictionary<string, string?> Macros { get; init; } = new Dictionary<string, string?>();

    /// <summary>Files beside the spec, by plain file name: what it includes or loads.</summary>
    public IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Files { get; init; } = new Dictionary<string, ReadOnlyMemory<byte>>();
}

/// <summary>What came of asking rpm.</summary>
public abstract record RpmSpecAnswer
{
    private RpmSpecAnswer()
    {
    }

    /// <summary>
    /// The spec as rpm read it: macros expanded, conditions decided. The spec's own code made this text, so it is as untrusted as the spec;
    /// it is good for reading values, never for writing a spec.
    /// </summary>
    public sealed record Parsed(byte[] Spec) : RpmSpecAnswer;

    /// <summary>rpm could not read the spec, or a limit was reached.</summary>
    /// <param name="Reason">A sentence for a log; it may quote what the spec's code wrote, made harmless.</param>
    public sealed record Failed(string Reason) : RpmSpecAnswer;

    /// <summary>rpm cannot be asked on this machine.</summary>
    /// <param name="Reason">Why, and what to change, a sentence.</param>
    public sealed record Unavailable(string Reason) : RpmSpecAnswer;
}
