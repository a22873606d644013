using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Packit.Http;

namespace Packit.FedoraMessaging;

/// <summary>Envelopes, from whatever brings them, made fit to be stored.</summary>
public static class MessageEnvelope
{
    internal const string SchemaHeader = "fedora_messaging_schema";
    internal const string SeverityHeader = "fedora_messaging_severity";
    internal const string SentAtHeader = "sent-at";

    private const int LongestName = 200;
    private const string NoTopic = "invalid";

    private static readonly string[] TopicNames = ["topic", "routing_key"];
    private static readonly string[] IdNames = ["id", "msg_id", "message_id"];

    /// <summary>
    /// Reads a message as <c>fedora-messaging</c> writes it into a file, as datagrepper answers it, or as AMQP carries it (the topic is the
    /// routing key there, id and headers are properties).
    /// </summary>
    /// <returns>Null when it is no message: an object with a topic and a body is needed.</returns>
    public static BusMessage? Read(JsonElement envelope)
    {
        if (Text(envelope, TopicNames) is not { } topic || !envelope.TryGetProperty("body", out var body))
        {
            return null;
        }

        var properties = Child(envelope, "properties");
        var headers = Child(envelope, "headers") ?? (properties is { } some ? Child(some, "headers") : null);
        return Make(
            Text(envelope, IdNames) ?? Text(properties, IdNames),
            topic,
            Text(headers, SentAtHeader),
            Text(headers, SchemaHeader),
            Number(headers, SeverityHeader),
            JsonMarshal.GetRawUtf8Value(body).ToArray());
    }

    /// <summary>
    /// Puts a message together from what came. One without a usable id gets one from its content, so that its repetition is recognised too;
    /// one that cannot be kept as it is says so in <see cref="BusMessage.Problem"/>.
    /// </summary>
    internal static BusMessage Make(string? id, string? topic, string? sentAt, string? schema, int? severity, ReadOnlyMemory<byte> body)
    {
        var message = new BusMessage(
            IsName(id) ? id! : ContentId(topic, body.Span),
            IsName(topic) ? topic! : NoTopic,
            sentAt is null ? null : Time(sentAt),
            IsName(schema) ? schema : null,
            severity,
            body);
        return body.Length > BusMessage.MaxBodyBytes
            ? message with { Body = default, Problem = $"The body had {body.Length} bytes and was not kept; at most {BusMessage.MaxBodyBytes} are taken in." }
            : ReferenceEquals(message.Topic, NoTopic)
                ? message with { Problem = $"The topic is none: {RemoteText.Clean(topic)}" }
                : message;
    }

    private static bool IsName(string? name) => name is { Length: > 0 and <= LongestName } && name.AsSpan().IndexOfAnyExceptInRange('!', '~') < 0;

    // Topic and body, with the topic's length before, so that the border between them counts.
    private static string ContentId(string? topic, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var name = Encoding.UTF8.GetBytes(topic ?? "");
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, name.Length);
        hash.AppendData(length);
        hash.AppendData(name);
        hash.AppendData(body);
        return "sha256:" + Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static DateTimeOffset? Time(string text) =>
        text.Length <= 40
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : null;

    private static JsonElement? Child(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var child) && child.ValueKind == JsonValueKind.Object ? child : null;

    private static string? Text(JsonElement? parent, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (parent is { ValueKind: JsonValueKind.Object } some && some.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String)
            {
                return Text(value);
            }
        }

        return null;
    }

    // A string may hold half a character, which is JSON and no text.
    private static string? Text(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static int? Number(JsonElement? parent, string name) =>
        parent is { } some && some.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number)
            ? number
            : null;
}
