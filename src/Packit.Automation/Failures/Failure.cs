using Packit.Automation.Storage;

namespace Packit.Automation.Failures;

/// <summary>Why something did not succeed, in the words that people read.</summary>
/// <param name="Kind">Who must act, and whether it is repeated.</param>
/// <param name="Code">Stable code, one of <see cref="FailureCodes"/> or of the rooms below.</param>
/// <param name="Text">What happened, where, and what to do. Free of secrets.</param>
public sealed record Failure(FailureKind Kind, string Code, string Text)
{
    public static Failure Transient(string code, string text) => new(FailureKind.Transient, code, text);

    public static Failure UserFixable(string code, string text) => new(FailureKind.UserFixable, code, text);

    public static Failure Rejected(string code, string text) => new(FailureKind.Rejected, code, text);

    public static Failure Bug(string code, string text) => new(FailureKind.Bug, code, text);
}
