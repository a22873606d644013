using System.Net.Http.Headers;

namespace Packit.Http;

/// <summary>How long a service asks to wait (RFC 9110, section 10.2.3): a number of seconds, or a date.</summary>
public static class RetryAfterHeader
{
    /// <returns>Never less than nothing; null when it asks for nothing, or names a date without saying what time it thinks it is.</returns>
    public static TimeSpan? Read(HttpResponseHeaders headers)
    {
        ArgumentNullException.ThrowIfNull(headers);
        return headers.RetryAfter switch
        {
            { Delta: { } seconds } => seconds,
            // Their clock and ours may differ; what theirs says of both times does not.
            { Date: { } date } when headers.Date is { } said => date > said ? date - said : TimeSpan.Zero,
            _ => null,
        };
    }
}
