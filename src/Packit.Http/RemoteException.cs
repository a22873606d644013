using System.Net;

namespace Packit.Http;

/// <summary>A call to a remote service that did not succeed. Its text says what was asked, what came back and what to do.</summary>
public class RemoteException : Exception
{
    /// <param name="service">Name of the service as people know it: <c>GitHub</c>, <c>Pagure</c>, <c>lookaside cache</c>.</param>
    /// <param name="failure">The kind of failure.</param>
    /// <param name="message">What was asked and what came back; free of secrets.</param>
    /// <param name="innerException">The cause, where there is one.</param>
    public RemoteException(string service, RemoteFailure failure, string message, Exception? innerException = null)
        : base(message, innerException)
    {
        Service = service;
        Failure = failure;
    }

    public string Service { get; }

    public RemoteFailure Failure { get; }

    /// <summary>The HTTP status, where an answer came.</summary>
    public HttpStatusCode? Status { get; init; }

    /// <summary>How long the service asked to wait; set for <see cref="RemoteFailure.RateLimited"/> and some 503.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether the same call can succeed later without anybody changing anything.</summary>
    public bool IsTransient =>
        Failure is RemoteFailure.Unreachable or RemoteFailure.Timeout or RemoteFailure.ServerError or RemoteFailure.RateLimited;

    /// <summary>The kind of failure that an HTTP status means when the service's own protocol says nothing more precise.</summary>
    public static RemoteFailure Classify(HttpStatusCode status) => status switch
    {
        HttpStatusCode.Unauthorized => RemoteFailure.Unauthorized,
        HttpStatusCode.Forbidden => RemoteFailure.Forbidden,
        HttpStatusCode.NotFound or HttpStatusCode.Gone => RemoteFailure.NotFound,
        HttpStatusCode.Conflict or HttpStatusCode.PreconditionFailed => RemoteFailure.Conflict,
        HttpStatusCode.TooManyRequests => RemoteFailure.RateLimited,
        HttpStatusCode.RequestTimeout or HttpStatusCode.GatewayTimeout => RemoteFailure.Timeout,
        >= HttpStatusCode.InternalServerError => RemoteFailure.ServerError,
        >= HttpStatusCode.BadRequest => RemoteFailure.Invalid,
        _ => RemoteFailure.Unexpected,
    };
}
