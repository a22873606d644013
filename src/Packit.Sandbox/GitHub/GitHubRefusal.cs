using System.Text.Json.Nodes;

namespace Packit.Sandbox.GitHub;

/// <summary>An answer that ends a request: GitHub's status and text.</summary>
internal sealed class GitHubRefusal(int status, string text, params JsonObject[] errors) : Exception(text)
{
    public int Status { get; } = status;

    /// <summary>The permission that was missing, such as <c>checks=write</c>.</summary>
    public string? Accepted { get; private init; }

    /// <summary>Where what was asked for is now.</summary>
    public string? Location { get; private init; }

    /// <summary>A repository of another name. What writes is asked to be repeated as it is.</summary>
    public static GitHubRefusal Moved(string location, string method) => new(method is "GET" or "HEAD" ? 301 : 307, "Moved Permanently") { Location = location };

    /// <summary>How long to wait, when the answer says so.</summary>
    public TimeSpan? RetryAfter { get; private init; }

    public static GitHubRefusal NotFound(string text = "Not Found") => new(404, text);

    public static GitHubRefusal BadCredentials() => new(401, "Bad credentials");

    public static GitHubRefusal NoJwt(string text = "A JSON web token could not be decoded") => new(401, text);

    public static GitHubRefusal NotAccessible(string? accepted) => new(403, "Resource not accessible by integration") { Accepted = accepted };

    /// <summary>The issue takes no comments of Apps.</summary>
    public static GitHubRefusal Locked() => new(403, "Unable to create comment because issue is locked.");

    /// <summary>The issue takes no reactions at all.</summary>
    public static GitHubRefusal LockedReactions() => new(403, "Unable to create reaction because issue is locked.");

    /// <summary>The issue is a discussion now.</summary>
    public static GitHubRefusal Converted() => new(403, "This issue cannot be modified because it has been converted to a discussion.");

    /// <summary>The issue was deleted.</summary>
    public static GitHubRefusal Deleted() => new(410, "This issue was deleted");

    /// <summary>One of the limits beside the hourly one.</summary>
    public static GitHubRefusal Secondary(SecondaryLimits limits) => new(
        limits.Status, "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.") { RetryAfter = limits.RetryAfter };

    /// <summary>A body that does not fit the schema.</summary>
    public static GitHubRefusal Schema(string detail) => new(422, "Invalid request.\n\n" + detail);

    /// <summary>A field whose value is refused, with a text of its own.</summary>
    public static GitHubRefusal Custom(string resource, string field, string message) => new(
        422, "Validation Failed", new JsonObject { ["resource"] = resource, ["code"] = "custom", ["field"] = field, ["message"] = message });

    /// <summary>A field that is missing.</summary>
    public static GitHubRefusal Missing(string resource, string field) => new(
        422, "Validation Failed", new JsonObject { ["resource"] = resource, ["code"] = "missing_field", ["field"] = field });

    public JsonObject Body()
    {
        var body = new JsonObject { ["message"] = Message };
        if (errors.Length > 0)
        {
            body["errors"] = new JsonArray([.. errors.Select(error => error.DeepClone())]);
        }

        if (Location is not null)
        {
            body["url"] = Location;
        }

        body["documentation_url"] = "https://docs.github.com/rest";
        body["status"] = Status.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return body;
    }
}
