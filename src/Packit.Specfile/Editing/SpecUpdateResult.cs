namespace Packit.Specfile;

/// <summary>How <see cref="SpecUpdate.Apply"/> ended.</summary>
public abstract record SpecUpdateResult
{
    private SpecUpdateResult()
    {
    }

    /// <summary>
    /// The spec that rpm may be asked about, because something of it is needed and unknown (<see cref="SpecReading.Missing"/>): with its
    /// answer in <see cref="SpecUpdate.RpmReading"/> the same update gets further. Null when everything is known.
    /// </summary>
    public ReadOnlyMemory<byte>? Question { get; init; }

    /// <summary>What is needed of <see cref="Question"/> and not known without running it; null when everything is known.</summary>
    public SpecValue.Unknown? Missing { get; init; }

    /// <summary>The edited spec, proven to say what was wanted.</summary>
    /// <param name="Bytes">The new file.</param>
    /// <param name="Before">What the dist-git spec said before; null when dist-git had none.</param>
    /// <param name="After">What the new file says.</param>
    public sealed record Edited(byte[] Bytes, SpecReading? Before, SpecReading After) : SpecUpdateResult
    {
        /// <summary>The file beside the spec that got the changelog entry, when the spec includes one; null for all others.</summary>
        public DetachedChangelog? Changelog { get; init; }
    }

    /// <summary>Nothing was edited, because the result would not have been certain.</summary>
    /// <param name="Code">One of <see cref="SpecProblems"/>.</param>
    /// <param name="Message">What stands in the way and what to change, for the maintainer.</param>
    /// <param name="Line">Line of the spec, from 1; 0 when no line is to blame.</param>
    /// <param name="LineText">That line's text.</param>
    public sealed record Refused(string Code, string Message, int Line, string LineText) : SpecUpdateResult
    {
        internal Refused(SpecProblem problem)
            : this(problem.Code, problem.Message, problem.Line, problem.LineText) => Diff = problem.Diff;

        /// <inheritdoc cref="SpecProblem.Diff"/>
        public IReadOnlyList<string> Diff { get; init; } = [];
    }
}

/// <summary>A changelog that is a file of its own.</summary>
/// <param name="Path">Its plain name; it stands beside the spec.</param>
/// <param name="Bytes">Its content.</param>
public sealed record DetachedChangelog(string Path, byte[] Bytes);
