using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Packit.Http;

namespace Packit.GitHub;

/// <summary>Bodies of GitHub's webhooks. The signature is to be checked before.</summary>
/// <remarks>GitHub: Webhook events and payloads.</remarks>
public static class GitHubWebhook
{
    /// <summary>The header that holds the type of the event.</summary>
    public const string EventHeaderName = "X-GitHub-Event";

    /// <summary>The header that holds the delivery's id; the same when GitHub delivers again.</summary>
    public const string DeliveryHeaderName = "X-GitHub-Delivery";

    private const int MaxDepth = 64;

    /// <summary>
    /// Decides whether a delivery is worth storing. Reads the whole body as tokens but nothing of it into memory, since this
    /// runs for each delivery of each repository that the App is installed in.
    /// </summary>
    /// <param name="eventType">The value of <see cref="EventHeaderName"/>.</param>
    /// <param name="body">The raw body.</param>
    public static WebhookTriage Triage(string? eventType, ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = MaxDepth });
        try
        {
            return FirstLevel.TryRead(ref reader, out var seen) ? seen.Decide(eventType) : WebhookTriage.Empty;
        }
        catch (JsonException)
        {
            return body.TrimStart(" \t\r\n"u8).IsEmpty ? WebhookTriage.Empty : WebhookTriage.Malformed;
        }
    }

    /// <summary>Reads a body. Fields that are not used are skipped.</summary>
    /// <returns>The event; <see cref="OtherEvent"/> for types that are not read, <see cref="MalformedEvent"/> for bodies that cannot be.</returns>
    public static GitHubEvent Parse(string eventType, ReadOnlyMemory<byte> body)
    {
        ArgumentNullException.ThrowIfNull(eventType);
        return eventType switch
        {
            "release" => Read(eventType, body, WebhookJson.Default.ReleaseEvent),
            "issue_comment" => Read(eventType, body, WebhookJson.Default.IssueCommentEvent),
            "commit_comment" => Read(eventType, body, WebhookJson.Default.CommitCommentEvent),
            "check_run" => Read(eventType, body, WebhookJson.Default.CheckRunEvent),
            "check_suite" => Read(eventType, body, WebhookJson.Default.CheckSuiteEvent),
            "pull_request" => Read(eventType, body, WebhookJson.Default.PullRequestEvent),
            "push" => Read(eventType, body, WebhookJson.Default.PushEvent),
            "installation" => Read(eventType, body, WebhookJson.Default.InstallationEvent),
            "installation_repositories" => Read(eventType, body, WebhookJson.Default.InstallationRepositoriesEvent),
            "installation_target" => Read(eventType, body, WebhookJson.Default.InstallationTargetEvent),
            "repository" => Read(eventType, body, WebhookJson.Default.RepositoryChangedEvent),
            "ping" => Read(eventType, body, WebhookJson.Default.PingEvent),
            _ => new OtherEvent(RemoteText.Clean(eventType)),
        };
    }

    private static GitHubEvent Read<T>(string eventType, ReadOnlyMemory<byte> body, JsonTypeInfo<T> type)
        where T : GitHubEvent
    {
        try
        {
            // The document is the stricter reader: it finds repeated keys in the parts that are not used, too.
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = MaxDepth, AllowDuplicateProperties = false });
            return (GitHubEvent?)document.Deserialize(type) ?? new MalformedEvent(eventType, "The body is null.");
        }
        catch (JsonException broken)
        {
            return new MalformedEvent(eventType, $"Not a {eventType} event as GitHub sends it: {RemoteText.Clean(broken.Message)}");
        }
    }
}
