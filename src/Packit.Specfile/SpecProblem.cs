namespace Packit.Specfile;

/// <summary>Something a maintainer has to change, with the place.</summary>
/// <param name="Code">One of <see cref="SpecProblems"/>.</param>
/// <param name="Message">What is wrong and what to do about it, one sentence or two.</param>
/// <param name="Line">Line of the spec, from 1; 0 when no line is to blame.</param>
/// <param name="LineText">That line's text without its line end, or an empty string.</param>
public sealed record SpecProblem(string Code, string Message, int Line, string LineText)
{
    /// <summary>
    /// What an edit would have changed beside what was wanted, as lines of a diff: what the spec says now behind a minus, what it would say
    /// behind a plus. Empty where that is not the problem.
    /// </summary>
    public IReadOnlyList<string> Diff { get; init; } = [];
}
