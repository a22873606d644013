using System.Text.Json;

namespace Packit.GitHub;

/// <summary>What the first level of a webhook's body tells, without reading the rest into memory.</summary>
internal struct FirstLevel
{
    private string? _action;
    private bool? _deleted;
    private bool _zen;
    private bool _hookId;
    private bool _hook;

    /// <summary>Reads the whole document.</summary>
    /// <returns>False when it holds nothing: an empty object or list, null, false, zero or an empty text.</returns>
    /// <exception cref="JsonException">It is not one JSON object.</exception>
    public static bool TryRead(ref Utf8JsonReader reader, out FirstLevel seen)
    {
        seen = default;
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return HoldsNothing(ref reader) ? false : throw new JsonException("The body is not an object.");
        }

        var any = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            any = true;
            seen.ReadProperty(ref reader);
        }

        // Finds what may stand after the object.
        reader.Read();
        return any;
    }

    /// <summary>The events and actions that the service acts on (Packit: the events its webhook endpoint enqueues, and what happens to installations and names).</summary>
    public readonly WebhookTriage Decide(string? eventType) => (eventType, _action) switch
    {
        ("ping", _) => WebhookTriage.Ping,
        _ when _zen && _hookId && _hook => WebhookTriage.Ping,
        ("check_run", "rerequested")
            or ("check_suite", "rerequested")
            or ("issue_comment", "created" or "edited")
            or ("pull_request", "opened" or "reopened" or "synchronize")
            or ("release", "published")
            or ("installation", "created" or "deleted" or "suspend" or "unsuspend" or "new_permissions_accepted")
            or ("installation_repositories", "added" or "removed")
            or ("installation_target", "renamed")
            or ("repository", "renamed" or "transferred" or "privatized" or "publicized")
            or ("commit_comment", "created") => WebhookTriage.Interesting,
        ("push", _) when _deleted is not true => WebhookTriage.Interesting,
        _ => WebhookTriage.NotInteresting,
    };

    private void ReadProperty(ref Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals("action"u8))
        {
            reader.Read();
            Once(_action is not null);
            _action = reader.TokenType == JsonTokenType.String && reader.ValueSpan.Length <= 32 ? reader.GetString() : "";
        }
        else if (reader.ValueTextEquals("deleted"u8))
        {
            reader.Read();
            Once(_deleted is not null);
            _deleted = reader.TokenType == JsonTokenType.True;
        }
        else
        {
            NotePing(ref reader);
            reader.Read();
        }

        reader.Skip();
    }

    private void NotePing(ref Utf8JsonReader reader)
    {
        _zen |= reader.ValueTextEquals("zen"u8);
        _hookId |= reader.ValueTextEquals("hook_id"u8);
        _hook |= reader.ValueTextEquals("hook"u8);
    }

    // A repeated key means different things to different readers, so it means nothing here.
    private static void Once(bool seenBefore)
    {
        if (seenBefore)
        {
            throw new JsonException("A key is repeated.");
        }
    }

    private static bool HoldsNothing(ref Utf8JsonReader reader)
    {
        var nothing = reader.TokenType switch
        {
            JsonTokenType.Null or JsonTokenType.False => true,
            JsonTokenType.String => reader.ValueSpan.IsEmpty,
            JsonTokenType.Number => reader.TryGetDouble(out var number) && number == 0,
            JsonTokenType.StartArray => reader.Read() && reader.TokenType == JsonTokenType.EndArray,
            _ => false,
        };
        return nothing && !reader.Read();
    }
}
