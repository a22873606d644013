using Packit.Http;

namespace Packit.DistGit;

/// <summary>A git command did not succeed. The text says what was tried, with whom, and what git answered; it is free of secrets.</summary>
public sealed class GitException(GitFailure kind, string message, Exception? innerException = null)
    : RemoteException("git", FailureOf(kind), message, innerException)
{
    /// <summary>The kind of failure in git's terms.</summary>
    public GitFailure Kind { get; } = kind;

    private static RemoteFailure FailureOf(GitFailure kind) => kind switch
    {
        GitFailure.NotFound => RemoteFailure.NotFound,
        GitFailure.Unauthorized => RemoteFailure.Unauthorized,
        GitFailure.Unreachable => RemoteFailure.Unreachable,
        GitFailure.TooLarge => RemoteFailure.Unexpected,
        GitFailure.Timeout => RemoteFailure.Timeout,
        GitFailure.Refused => RemoteFailure.Invalid,
        _ => RemoteFailure.Unexpected,
    };
}
