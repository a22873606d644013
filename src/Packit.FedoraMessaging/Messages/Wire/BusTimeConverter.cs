using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Packit.FedoraMessaging;

/// <summary>
/// The times of several senders: seconds since 1970 as number (Koji's tasks, older messages) or as text (Pagure), or ISO 8601 with a zone
/// (Koji's builds); without a zone UTC is meant.
/// </summary>
internal sealed class BusTimeConverter : JsonConverter<DateTimeOffset>
{
    private const NumberStyles Style = NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign;

    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.Number when reader.TryGetDecimal(out var seconds) => OfSeconds(seconds),
        JsonTokenType.String => Parse(reader.GetString()!) ?? throw new JsonException("A time was expected."),
        _ => throw new JsonException("A time was expected."),
    };

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(value);

    /// <returns>Null when it is no time.</returns>
    public static DateTimeOffset? Parse(string text)
    {
        if (decimal.TryParse(text, Style, CultureInfo.InvariantCulture, out var seconds))
        {
            return OfSeconds(seconds);
        }

        const DateTimeStyles utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return text.Length <= 40 && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, utc, out var time) ? time : null;
    }

    private static DateTimeOffset OfSeconds(decimal seconds) => seconds >= 0 && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
        ? DateTimeOffset.UnixEpoch.AddTicks((long)(seconds * TimeSpan.TicksPerSecond))
        : throw new JsonException("A time lies outside the calendar.");
}
