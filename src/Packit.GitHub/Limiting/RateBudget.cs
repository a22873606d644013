namespace Packit.GitHub;

/// <summary>What GitHub last said about the primary rate limit of one installation (headers <c>x-ratelimit-*</c>).</summary>
/// <param name="Limit">Requests per hour.</param>
/// <param name="Remaining">Requests left until <paramref name="Reset"/>.</param>
/// <param name="Reset">When the count starts anew.</param>
/// <param name="Resource">The counted family of calls, such as <c>core</c>.</param>
public sealed record RateBudget(int Limit, int Remaining, DateTimeOffset Reset, string Resource);
