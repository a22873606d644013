using System.Net;
using System.Text.Json;
using Packit.Http;

namespace Packit.GitHub;

/// <summary>Turns GitHub's refusals into typed failures that say what to do.</summary>
/// <remarks>GitHub: Troubleshooting the REST API; Rate limits for the REST API.</remarks>
internal static class GitHubErrors
{
    /// <summary>The least pause after a secondary limit that names none.</summary>
    public static readonly TimeSpan SecondaryPause = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);

    /// <summary>No answer stops an installation for longer than this.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromDays(1);

    private static readonly string[] DetailNames = ["resource", "field", "code", "message"];

    public static RemoteException Refused(GitHubRequest request, GitHubAnswer answer, DateTimeOffset now, TimeSpan secondaryPause)
    {
        var said = Said(answer.Body);
        if (Pause(answer, said, now, secondaryPause) is { } pause)
        {
            return new RemoteException(
                GitHubWire.Service, RemoteFailure.RateLimited,
                $"GitHub's rate limit was reached while {request.Doing}; the next call may go in {Math.Ceiling(pause.TotalSeconds):0} s. {said}")
            {
                Status = answer.Status,
                RetryAfter = pause,
            };
        }

        if (answer.Status == HttpStatusCode.Forbidden && said.StartsWith("Resource not accessible", StringComparison.OrdinalIgnoreCase))
        {
            return MissingPermission(request, answer, said);
        }

        if (answer.Status == HttpStatusCode.Forbidden && said.Contains("installation has been suspended", StringComparison.OrdinalIgnoreCase))
        {
            return InstallationUnavailableException.Suspended(request.Doing, said);
        }

        return new RemoteException(
            GitHubWire.Service, Failure(answer.Status),
            $"GitHub refused {request.Doing}: {(int)answer.Status} {said}{Advice(answer.Status)}")
        {
            Status = answer.Status,
            RetryAfter = Wait(answer),
        };
    }

    /// <summary>How long to wait when the answer is a rate limit; null when it is something else.</summary>
    private static TimeSpan? Pause(GitHubAnswer answer, string said, DateTimeOffset now, TimeSpan secondaryPause)
    {
        if (answer.Status is not (HttpStatusCode.Forbidden or HttpStatusCode.TooManyRequests))
        {
            return null;
        }

        if (Wait(answer) is { } asked)
        {
            return asked;
        }

        if (answer.Budget is { Remaining: 0, Reset: var reset })
        {
            // A second more than GitHub's clock says, since its reset is rounded.
            return reset > now ? Min(reset - now + TimeSpan.FromSeconds(1), LongestPause) : ShortestPause;
        }

        var secondary = answer.Status == HttpStatusCode.TooManyRequests
            || said.Contains("secondary rate limit", StringComparison.OrdinalIgnoreCase)
            || said.Contains("abuse detection", StringComparison.OrdinalIgnoreCase);
        return secondary ? secondaryPause : null;
    }

    /// <summary>What <c>Retry-After</c> says, within sense.</summary>
    private static TimeSpan? Wait(GitHubAnswer answer) =>
        answer.RetryAfter is not { } wait ? null : wait < ShortestPause ? ShortestPause : Min(wait, LongestPause);

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static GitHubPermissionException MissingPermission(GitHubRequest request, GitHubAnswer answer, string said)
    {
        var permission = answer.AcceptedPermissions is { Length: > 0 } accepted
            ? RemoteText.Clean(accepted).Replace("=", ": ", StringComparison.Ordinal).Replace(";", " or", StringComparison.Ordinal)
            : request.Needs ?? "unknown";
        return new GitHubPermissionException(
            $"The GitHub App lacks the permission \"{permission}\" for {request.Doing}. Grant it in the App's settings; "
            + $"the owner of the repository then accepts it in the installation. GitHub said: {said}",
            permission)
        {
            Status = answer.Status,
        };
    }

    // GitHub answers 422 to content it does not accept, and to refs it does not know.
    private static RemoteFailure Failure(HttpStatusCode status) => status switch
    {
        HttpStatusCode.UnavailableForLegalReasons => RemoteFailure.Forbidden,
        _ => RemoteException.Classify(status),
    };

    private static string Advice(HttpStatusCode status) => status switch
    {
        HttpStatusCode.Unauthorized => " Check the App id, that the private key belongs to it, and that the clock is right.",
        HttpStatusCode.NotFound => " It does not exist, or the App is not installed there.",
        _ => "",
    };

    /// <summary>GitHub's own words: the message and the field errors of a validation, in one clean line.</summary>
    private static string Said(byte[] body)
    {
        try
        {
            var error = JsonSerializer.Deserialize(body, GitHubJson.Default.GitHubErrorBody);
            var details = (error?.Errors ?? []).Take(5).Select(Detail).Where(text => text.Length > 0);
            return RemoteText.Clean(string.Join(' ', [error?.Message ?? "", .. details]));
        }
        catch (JsonException)
        {
            return "(an answer that is not GitHub's JSON)";
        }
    }

    private static string Detail(JsonElement error) => error.ValueKind switch
    {
        JsonValueKind.String => error.GetString() ?? "",
        JsonValueKind.Object => string.Join(' ', DetailNames
            .Select(name => error.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null)
            .Where(text => !string.IsNullOrEmpty(text))),
        _ => "",
    };
}

/// <summary>The error document of the REST API.</summary>
internal sealed record GitHubErrorBody(string? Message = null, IReadOnlyList<JsonElement>? Errors = null);
