using System.Text.Json.Nodes;

namespace Packit.Sandbox.GitHub;

/// <summary>An answer that ends a request: GitHub's status and text.</summary>
internal sealed class GitHubRefusal(int status, string text, params JsonObject[] errors) : Exception(text)
{
    public int Status { get; } = status;

    /// <summary>The permission that was missing, such as <c>checks=write</c>.</summary>
    public string? Accepted { get; private init; }

    /// <summary>How long to wait, when the answer says so.</summary>
    public TimeSpan? RetryAfter { get; private init; }

    public static GitHubRefusal NotFound(string text = "Not Found") => new(404, text);

    public static GitHubRefusal BadCredentials() => new(401, "Bad credentials");

    public static GitHubRefusal NoJwt(string text = "A JSON web token could not be decoded") => new(401, text);

    public static GitHubRefusal NotAccessible(string? accepted) => new(403, "Resource not accessible by integration") { Accepted = accepted };

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

        body["documentation_url"] = "https://docs.github.com/rest";
        body["status"] = Status.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return body;
    }
}
