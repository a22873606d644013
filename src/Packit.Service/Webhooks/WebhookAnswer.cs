using System.Text.Encodings.Web;
using System.Text.Json;

namespace Packit.Service.Webhooks;

/// <summary>A status and a JSON string, encoded once. The texts of the established Packit service are kept where it has one.</summary>
internal sealed class WebhookAnswer(int status, string text)
{
    // The established service does not escape apostrophes, and no browser reads this.
    private static readonly JsonSerializerOptions PlainText = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static readonly WebhookAnswer Accepted = new(StatusCodes.Status202Accepted, "Webhook accepted. We thank you, Github.");

    public static readonly WebhookAnswer NotInteresting = new(StatusCodes.Status202Accepted, "Thanks but we don't care about this event");

    public static readonly WebhookAnswer Pong = new(StatusCodes.Status200OK, "Pong!");

    public static readonly WebhookAnswer Empty = new(StatusCodes.Status400BadRequest, "We haven't received any JSON data.");

    public static readonly WebhookAnswer Malformed = new(StatusCodes.Status400BadRequest, "The body is not one valid JSON object.");

    public static readonly WebhookAnswer NoDelivery = new(
        StatusCodes.Status400BadRequest, "X-GitHub-Delivery must be one header of 1 to 200 printable ASCII characters.");

    public static readonly WebhookAnswer NoEvent = new(
        StatusCodes.Status400BadRequest, "X-GitHub-Event must be one header of 1 to 200 printable ASCII characters.");

    public static readonly WebhookAnswer NotJson = new(
        StatusCodes.Status415UnsupportedMediaType, "The content type of the webhook must be set to application/json.");

    public static readonly WebhookAnswer Unavailable = new(
        StatusCodes.Status503ServiceUnavailable, "The delivery could not be stored now. Please deliver it again.");

    private readonly byte[] _body = JsonSerializer.SerializeToUtf8Bytes(text, PlainText);

    public static WebhookAnswer TooLarge(int limit) => new(StatusCodes.Status413PayloadTooLarge, $"The body is larger than {limit} bytes.");

    public static WebhookAnswer Unauthorized(string reason) => new(StatusCodes.Status401Unauthorized, reason);

    public static WebhookAnswer Broken(int status) => new(status, "The request ended before its body was complete, or was not valid HTTP.");

    public Task WriteAsync(HttpResponse response)
    {
        response.StatusCode = status;
        response.ContentType = "application/json";
        response.ContentLength = _body.Length;
        if (status == StatusCodes.Status503ServiceUnavailable)
        {
            response.Headers.RetryAfter = "10";
        }

        return response.Body.WriteAsync(_body, CancellationToken.None).AsTask();
    }
}
