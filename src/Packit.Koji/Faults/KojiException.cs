using Packit.Http;

namespace Packit.Koji;

/// <summary>A call to the hub that did not succeed. <see cref="RemoteException.Failure"/> says what kind of trouble it is.</summary>
public sealed class KojiException : RemoteException
{
    /// <summary>The service's name as people know it.</summary>
    public const string ServiceName = "Koji";

    /// <param name="failure">The kind of failure.</param>
    /// <param name="message">What was asked and what came back; free of secrets.</param>
    /// <param name="innerException">The cause, where there is one.</param>
    public KojiException(RemoteFailure failure, string message, Exception? innerException = null)
        : base(ServiceName, failure, message, innerException)
    {
    }

    /// <summary>Whether the call may have changed something although it failed; always <see cref="KojiEffect.None"/> for reads.</summary>
    public KojiEffect Effect { get; init; }

    /// <summary>The fault's code; null when the hub answered no fault (no connection, a proxy's page).</summary>
    public KojiFaultCode? Code { get; init; }

    /// <summary>The fault's code as the hub sent it; 0 when there was no fault.</summary>
    public int FaultNumber { get; init; }

    /// <summary>What the hub said: of a Python traceback the last line; at most 4,000 characters. Text of others.</summary>
    public string FaultText { get; init; } = "";
}
