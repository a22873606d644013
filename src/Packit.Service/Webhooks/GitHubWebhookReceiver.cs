using System.Net.Mime;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using Packit.Automation.Intake;
using Packit.Automation.Storage;
using Packit.GitHub;
using Packit.Http;

namespace Packit.Service.Webhooks;

/// <summary>
/// Takes GitHub's deliveries in: raw bytes, signature, a look at what it is, inbox, answer. Nothing is parsed before the signature
/// is known to be right, and nothing is answered as accepted before it is on the disk.
/// </summary>
internal sealed partial class GitHubWebhookReceiver(
    DeliveryInbox inbox, IReadOnlyList<Secret> secrets, int limit, BodyBudget budget, ILogger<GitHubWebhookReceiver> log)
{
    private readonly WebhookAnswer _tooLarge = WebhookAnswer.TooLarge(limit);

    public async Task ReceiveAsync(HttpContext context)
    {
        var answer = await AnswerAsync(context);
        await answer.WriteAsync(context.Response);
    }

    private async Task<WebhookAnswer> AnswerAsync(HttpContext context)
    {
        var request = context.Request;
        if (!IsJson(request.ContentType))
        {
            return WebhookAnswer.NotJson;
        }

        if (request.ContentLength > limit)
        {
            return _tooLarge;
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            // Kestrel counts the framing of chunks too; the exact count is made below.
            size.MaxRequestBodySize = 64 * 1024 + (2L * limit);
        }

        if (RentedBody.TryRent(budget, request.ContentLength) is not { } body)
        {
            LogNoMemory();
            return WebhookAnswer.Unavailable;
        }

        // The inbox takes the body over with the delivery; whatever ends earlier gives it back here.
        var handedOver = false;
        try
        {
            if (await ReadAsync(request, body) is { } refusal)
            {
                return refusal;
            }

            if (Refuse(request, body.Memory.Span, out var delivery, out var eventType) is { } answer)
            {
                return answer;
            }

            handedOver = true;
            return await StoreAsync(new IncomingDelivery(DeliverySource.GitHub, delivery, eventType, body.Memory, body));
        }
        finally
        {
            if (!handedOver)
            {
                body.Dispose();
            }
        }
    }

    private async Task<WebhookAnswer?> ReadAsync(HttpRequest request, RentedBody body)
    {
        try
        {
            while (true)
            {
                var read = await request.BodyReader.ReadAsync(request.HttpContext.RequestAborted);
                var fits = body.Memory.Length + read.Buffer.Length <= limit;
                var appended = fits && body.TryAppend(read.Buffer);
                request.BodyReader.AdvanceTo(read.Buffer.End);
                if (!appended)
                {
                    return fits ? WebhookAnswer.Unavailable : _tooLarge;
                }

                if (read.IsCompleted)
                {
                    return null;
                }
            }
        }
        catch (BadHttpRequestException broken)
        {
            return broken.StatusCode == StatusCodes.Status413PayloadTooLarge ? _tooLarge : WebhookAnswer.Broken(broken.StatusCode);
        }
    }

    /// <summary>Decides everything that can be decided without storing.</summary>
    /// <returns>The final answer, or null when the delivery is to be stored.</returns>
    private WebhookAnswer? Refuse(HttpRequest request, ReadOnlySpan<byte> body, out string delivery, out string eventType)
    {
        (delivery, eventType) = ("", "");
        if (body.IsEmpty)
        {
            return WebhookAnswer.Empty;
        }

        switch (WebhookSignature.Verify(body, One(request.Headers[WebhookSignature.HeaderName]), secrets))
        {
            case SignatureResult.Rejected rejected:
                LogRejected(rejected.GetType().Name, request.HttpContext.Connection.RemoteIpAddress);
                return WebhookAnswer.Unauthorized(rejected.Reason);
            case SignatureResult.Valid { SecretIndex: > 0 } valid:
                LogOldSecret(valid.SecretIndex + 1);
                break;
        }

        if (One(request.Headers[GitHubWebhook.EventHeaderName]) is not { } type || !IncomingDelivery.IsValidName(type))
        {
            return WebhookAnswer.NoEvent;
        }

        if (One(request.Headers[GitHubWebhook.DeliveryHeaderName]) is not { } id || !IncomingDelivery.IsValidName(id))
        {
            return WebhookAnswer.NoDelivery;
        }

        (delivery, eventType) = (id, type);
        return GitHubWebhook.Triage(type, body) switch
        {
            WebhookTriage.Empty => WebhookAnswer.Empty,
            WebhookTriage.Malformed => WebhookAnswer.Malformed,
            WebhookTriage.Ping => WebhookAnswer.Pong,
            WebhookTriage.NotInteresting => WebhookAnswer.NotInteresting,
            WebhookTriage.Interesting => null,
            var unknown => throw new InvalidOperationException($"{unknown} is no triage."),
        };
    }

    private async Task<WebhookAnswer> StoreAsync(IncomingDelivery delivery)
    {
        var outcome = await inbox.StoreAsync(delivery);
        LogStored(delivery.DeliveryId, delivery.EventType, outcome);
        return outcome == StoreOutcome.Unavailable ? WebhookAnswer.Unavailable : WebhookAnswer.Accepted;
    }

    private static bool IsJson(string? contentType) =>
        contentType == MediaTypeNames.Application.Json
        || (MediaTypeHeaderValue.TryParse(contentType, out var parsed) && parsed.MediaType.Equals(MediaTypeNames.Application.Json, StringComparison.OrdinalIgnoreCase));

    private static string? One(StringValues header) => header.Count == 1 ? header[0] : null;

    [LoggerMessage(Level = LogLevel.Debug, Message = "Delivery {Delivery} ({EventType}): {Outcome}")]
    private partial void LogStored(string delivery, string eventType, StoreOutcome outcome);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A delivery was refused: signature {Reason}, from {Address}")]
    private partial void LogRejected(string reason, System.Net.IPAddress? address);

    [LoggerMessage(Level = LogLevel.Information, Message = "A delivery was signed with webhook secret number {Number}: the rotation is not complete")]
    private partial void LogOldSecret(int number);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A delivery was refused because bodies take all the memory they may")]
    private partial void LogNoMemory();
}
