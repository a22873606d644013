using System.Globalization;
using System.Net;
using Packit.Http;

namespace Packit.GitHub;

/// <summary>What came back: the parts of the head that matter, and the whole body.</summary>
internal sealed record GitHubAnswer(HttpStatusCode Status, byte[] Body)
{
    public string? ETag { get; init; }

    public string? Link { get; init; }

    public string? MediaType { get; init; }

    public Uri? Location { get; init; }

    public TimeSpan? RetryAfter { get; init; }

    public RateBudget? Budget { get; init; }

    /// <summary><c>X-Accepted-GitHub-Permissions</c>: what would be enough for this call.</summary>
    public string? AcceptedPermissions { get; init; }

    public bool IsSuccess => (int)Status is >= 200 and < 300;

    public bool IsRedirect => Status is HttpStatusCode.MovedPermanently or HttpStatusCode.Found
        or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect;

    public static GitHubAnswer From(RemoteAnswer answer) => new(answer.Status, answer.Body)
    {
        ETag = answer.Headers.ETag?.ToString(),
        Link = Header(answer, "Link"),
        MediaType = answer.MediaType,
        Location = answer.Headers.Location,
        RetryAfter = answer.RetryAfter,
        Budget = BudgetOf(answer),
        AcceptedPermissions = Header(answer, "X-Accepted-GitHub-Permissions"),
    };

    private static RateBudget? BudgetOf(RemoteAnswer answer) =>
        Number(answer, "x-ratelimit-limit") is { } limit
        && Number(answer, "x-ratelimit-remaining") is { } remaining
        && Number(answer, "x-ratelimit-reset") is { } reset
            ? new RateBudget(
                (int)Math.Min(limit, int.MaxValue),
                (int)Math.Min(remaining, int.MaxValue),
                DateTimeOffset.FromUnixTimeSeconds(Math.Min(reset, DateTimeOffset.MaxValue.ToUnixTimeSeconds())),
                RemoteText.Clean(Header(answer, "x-ratelimit-resource") ?? "core"))
            : null;

    private static long? Number(RemoteAnswer answer, string name) =>
        long.TryParse(Header(answer, name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string? Header(RemoteAnswer answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;
}
