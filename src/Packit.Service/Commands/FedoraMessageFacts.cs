using System.Runtime.InteropServices;
using System.Text.Json;
using Packit.Automation.Events;
using Packit.Automation.Storage;

namespace Packit.Service.Commands;

/// <summary>
/// The envelope of a message of Fedora's bus, as <c>fedora-messaging</c> stores it, as datagrepper answers it, or as AMQP carries it
/// (the topic is the routing key there).
/// </summary>
internal static class FedoraMessageFacts
{
    private static readonly string[] TopicNames = ["topic", "routing_key"];
    private static readonly string[] IdNames = ["id", "msg_id", "message_id"];

    public static EventFacts Read(byte[] bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = 64 });
            var envelope = document.RootElement;
            if (envelope.ValueKind != JsonValueKind.Object || Text(envelope, TopicNames) is not { } topic)
            {
                return Unreadable("The body is no message: an object with 'topic', 'id' and 'body' is expected.");
            }

            var id = Text(envelope, IdNames) ?? (envelope.TryGetProperty("properties", out var properties) ? Text(properties, IdNames) : null);
            return new EventFacts(
                Readable: true, [("source", "fedora-messaging"), ("type", topic), ("topic", topic), ("id", id)],
                Reaction(topic, envelope));
        }
        catch (JsonException broken)
        {
            return Unreadable($"The body is not JSON: {broken.Message}");
        }
    }

    private static string Reaction(string topic, JsonElement envelope) => envelope.TryGetProperty("body", out var body)
        ? BusEvents.Read(new InboxDelivery
        {
            Source = DeliverySource.FedoraMessaging, DeliveryId = "", EventType = topic, Body = JsonMarshal.GetRawUtf8Value(body).ToArray(),
            ReceivedAt = DateTimeOffset.UnixEpoch, NextAttemptAt = DateTimeOffset.UnixEpoch,
        }).Match(new ReactionTexts())
        : "It would be refused: it has no body.";

    private static string? Text(JsonElement parent, string[] names)
    {
        foreach (var name in names)
        {
            if (parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String)
            {
                return value.GetString();
            }
        }

        return null;
    }

    private static EventFacts Unreadable(string reason) => new(Readable: false, [("source", "fedora-messaging"), ("error", reason)], "It would be refused.");
}
