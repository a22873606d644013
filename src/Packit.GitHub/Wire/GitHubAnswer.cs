using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace Packit.GitHub;

/// <summary>What came back: the parts of the head that matter, and the whole body.</summary>
internal sealed record GitHubAnswer(HttpStatusCode Status, byte[] Body)
{
    public string? ETag { get; init; }

    public string? Link { get; init; }

    public string? MediaType { get; init; }

    public Uri? Location { get; init; }

    public RetryConditionHeaderValue? RetryAfter { get; init; }

    public RateBudget? Budget { get; init; }

    /// <summary><c>X-Accepted-GitHub-Permissions</c>: what would be enough for this call.</summary>
    public string? AcceptedPermissions { get; init; }

    public bool IsSuccess => (int)Status is >= 200 and < 300;

    public bool IsRedirect => Status is HttpStatusCode.MovedPermanently or HttpStatusCode.Found
        or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect;

    public static GitHubAnswer From(HttpResponseMessage response, byte[] body) => new(response.StatusCode, body)
    {
        ETag = response.Headers.ETag?.ToString(),
        Link = Header(response, "Link"),
        MediaType = response.Content.Headers.ContentType?.MediaType,
        Location = response.Headers.Location,
        RetryAfter = response.Headers.RetryAfter,
        Budget = BudgetOf(response),
        AcceptedPermissions = Header(response, "X-Accepted-GitHub-Permissions"),
    };

    private static RateBudget? BudgetOf(HttpResponseMessage response) =>
        Number(response, "x-ratelimit-limit") is { } limit
        && Number(response, "x-ratelimit-remaining") is { } remaining
        && Number(response, "x-ratelimit-reset") is { } reset
            ? new RateBudget(
                (int)Math.Min(limit, int.MaxValue),
                (int)Math.Min(remaining, int.MaxValue),
                DateTimeOffset.FromUnixTimeSeconds(Math.Min(reset, DateTimeOffset.MaxValue.ToUnixTimeSeconds())),
                RemoteText.Clean(Header(response, "x-ratelimit-resource") ?? "core"))
            : null;

    private static long? Number(HttpResponseMessage response, string name) =>
        long.TryParse(Header(response, name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;
}
