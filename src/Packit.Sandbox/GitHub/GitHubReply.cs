using System.Text;
using System.Text.Json.Nodes;

namespace Packit.Sandbox.GitHub;

/// <summary>What an endpoint answers.</summary>
internal sealed record GitHubReply(int Status, byte[] Body, string ContentType, string? Link = null, string? Location = null)
{
    private const string JsonType = "application/json; charset=utf-8";

    public static GitHubReply Json(JsonNode body, int status = 200, string? link = null) =>
        new(status, Encoding.UTF8.GetBytes(body.ToJsonString()), JsonType, link);

    public static GitHubReply Created(JsonNode body) => Json(body, 201);

    public static GitHubReply Empty() => new(204, [], JsonType);

    public static GitHubReply Redirect(string location) => new(302, [], JsonType, Location: location);

    public static Task<GitHubReply> JsonTask(JsonNode body, int status = 200) => Task.FromResult(Json(body, status));
}
