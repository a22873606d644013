namespace Packit.PackageConfig;

/// <summary>Why a regular expression of a configuration file cannot be used.</summary>
/// <param name="Message">One sentence.</param>
/// <param name="IsInvalid">True: it is wrong for Python as well. False: Python knows a construct that .NET has not.</param>
public sealed record RegexFault(string Message, bool IsInvalid);
