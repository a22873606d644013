namespace Packit.DistGit;

/// <summary>What kind of "no" git gave. Callers decide by this, never by message text.</summary>
public enum GitFailure
{
    /// <summary>The repository or an object does not exist, or is hidden from these credentials.</summary>
    NotFound,

    /// <summary>Credentials are missing or wrong. Some hosts answer so for repositories that do not exist, too.</summary>
    Unauthorized,

    /// <summary>No connection, a cut connection or a server that is out of order. Worth repeating.</summary>
    Unreachable,

    /// <summary>A limit of size was reached.</summary>
    TooLarge,

    /// <summary>A limit of time was reached, or the transfer stalled.</summary>
    Timeout,

    /// <summary>A guard of ours or a rule of the server forbids it; repeating cannot help.</summary>
    Refused,

    /// <summary>git itself failed in a way that is not expected: a full disk, a missing program, a damaged repository.</summary>
    Unexpected,
}
