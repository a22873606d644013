using System.Text.Json;

namespace Packit.Service.Commands;

/// <summary>The envelope of a message of Fedora's bus, as <c>fedora-messaging</c> stores it and as datagrepper answers it.</summary>
internal static class FedoraMessageFacts
{
    private static readonly string[] IdNames = ["id", "msg_id"];

    public static EventFacts Read(byte[] bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = 64 });
            var envelope = document.RootElement;
            if (envelope.ValueKind != JsonValueKind.Object || Text(envelope, "topic") is not { } topic)
            {
                return Unreadable("The body is no message: an object with 'topic', 'id' and 'body' is expected.");
            }

            return new EventFacts(
                Readable: true,
                [("source", "fedora-messaging"), ("type", topic), ("topic", topic), ("id", IdNames.Select(name => Text(envelope, name)).FirstOrDefault(id => id is not null))],
                "No job reacts to messages of Fedora's bus yet.");
        }
        catch (JsonException broken)
        {
            return Unreadable($"The body is not JSON: {broken.Message}");
        }
    }

    private static string? Text(JsonElement envelope, string name) =>
        envelope.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static EventFacts Unreadable(string reason) => new(Readable: false, [("source", "fedora-messaging"), ("error", reason)], "It would be refused.");
}
