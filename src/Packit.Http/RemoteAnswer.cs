using System.Net;
using System.Net.Http.Headers;

namespace Packit.Http;

/// <summary>A whole answer: status, head and body. Whether the status is a refusal is for the client to say.</summary>
public sealed record RemoteAnswer(HttpStatusCode Status, byte[] Body, HttpResponseHeaders Headers, HttpContentHeaders ContentHeaders)
{
    public bool IsSuccess => (int)Status is >= 200 and < 300;

    /// <summary>How long the service asks to wait.</summary>
    public TimeSpan? RetryAfter => RetryAfterHeader.Read(Headers);

    /// <summary>The type of the body without its parameters: <c>application/json</c>; null when none was given.</summary>
    public string? MediaType => ContentHeaders.ContentType?.MediaType;
}
