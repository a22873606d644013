namespace Packit.Http;

/// <summary>What kind of "no" a remote service gave. Callers decide by this, never by message text.</summary>
public enum RemoteFailure
{
    /// <summary>No connection, a cut connection or a name that does not resolve. Worth repeating.</summary>
    Unreachable,

    /// <summary>No answer in time. The effect may have happened: ask before repeating a write.</summary>
    Timeout,

    /// <summary>The service answered 5xx. Worth repeating; the effect of a write may have happened.</summary>
    ServerError,

    /// <summary>A limit was reached; <see cref="RemoteException.RetryAfter"/> says how long to wait.</summary>
    RateLimited,

    /// <summary>Credentials are missing, expired or wrong. An operator must act.</summary>
    Unauthorized,

    /// <summary>The credentials are good but lack a right; the message names it.</summary>
    Forbidden,

    /// <summary>The thing does not exist, or is hidden from these credentials.</summary>
    NotFound,

    /// <summary>The remote state contradicts the request (exists already, moved on).</summary>
    Conflict,

    /// <summary>The request is wrong in content; repeating it cannot help.</summary>
    Invalid,

    /// <summary>An answer outside the protocol: wrong content type, unparsable or oversized body.</summary>
    Unexpected,
}
