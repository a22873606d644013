using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Packit.Sandbox.Koji;

/// <summary>The values of one call by the names of its parameters.</summary>
internal sealed class Arguments(IReadOnlyDictionary<string, JsonNode?> values)
{
    public JsonNode? this[string name] => values.GetValueOrDefault(name);

    public bool Has(string name) => values.GetValueOrDefault(name) is not null;

    /// <summary>Python's truth: nil, zero, the empty text and empty containers are false.</summary>
    public bool IsTrue(string name) => IsTrue(this[name]);

    public string Text(string name) => this[name] is JsonValue value && value.GetValueKind() == JsonValueKind.String
        ? value.GetValue<string>()
        : throw HubFault.Parameter($"Invalid type for value '{this[name]}': {TypeName(this[name])}, expected type <class 'str'>");

    public string? TextOrNull(string name) => Has(name) ? Text(name) : null;

    public int Int(string name) => IntOrNull(this[name]) ?? throw HubFault.Parameter($"Invalid type for value '{this[name]}': {TypeName(this[name])}, expected type <class 'int'>");

    public static int? IntOrNull(JsonNode? node) =>
        node is JsonValue value && value.GetValueKind() == JsonValueKind.Number
        && int.TryParse(value.ToJsonString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number)
            ? number
            : null;

    public static string? StringOrNull(JsonNode? node) =>
        node is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    public static bool IsTrue(JsonNode? node) => node switch
    {
        null => false,
        JsonArray array => array.Count > 0,
        JsonObject members => members.Count > 0,
        _ => node.GetValueKind() switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            JsonValueKind.Number => node.ToJsonString() is not "0",
            _ => node.GetValue<string>().Length > 0,
        },
    };

    private static string TypeName(JsonNode? node) => node switch
    {
        null => "<class 'NoneType'>",
        JsonArray => "<class 'list'>",
        JsonObject => "<class 'dict'>",
        _ => node.GetValueKind() switch
        {
            JsonValueKind.True or JsonValueKind.False => "<class 'bool'>",
            JsonValueKind.Number => "<class 'int'>",
            _ => "<class 'str'>",
        },
    };
}
