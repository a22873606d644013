namespace Packit.PackageConfig;

/// <summary>One thing that is wrong with a configuration file.</summary>
/// <param name="Code">Stable name of the kind of problem, see <see cref="ProblemCodes"/>.</param>
/// <param name="Severity">Error or warning.</param>
/// <param name="Path">Where in the structure, e.g. <c>jobs[0].trigger</c>; empty for the file as a whole.</param>
/// <param name="Line">Line in the file, from 1; 0 when unknown.</param>
/// <param name="Column">Column in the line, from 1; 0 when unknown.</param>
/// <param name="Message">What is wrong, one sentence.</param>
/// <param name="Hint">What to write instead, or null.</param>
public sealed record ConfigProblem(string Code, ConfigSeverity Severity, string Path, int Line, int Column, string Message, string? Hint);
