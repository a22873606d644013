using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Packit.Pagure;

/// <summary>
/// Pagure's times: seconds since 1970 as text, with a fraction (<c>"1795328648.038637"</c>) or without (<c>"1574794962"</c>),
/// depending on the instance's libraries; in commit information a number.
/// </summary>
internal sealed class EpochConverter : JsonConverter<DateTimeOffset>
{
    private const NumberStyles Style = NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign;

    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var seconds = reader.TokenType switch
        {
            JsonTokenType.Number when reader.TryGetDecimal(out var number) => number,
            JsonTokenType.String when decimal.TryParse(reader.GetString(), Style, CultureInfo.InvariantCulture, out var text) => text,
            _ => throw new JsonException("A time in seconds since 1970 was expected."),
        };
        if (seconds < 0 || seconds > DateTimeOffset.MaxValue.ToUnixTimeSeconds())
        {
            throw new JsonException("A time lies outside the calendar.");
        }

        return DateTimeOffset.UnixEpoch.AddTicks((long)(seconds * TimeSpan.TicksPerSecond));
    }

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
}
