using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Packit.Sandbox.Bus;

/// <summary>A message as fedora-messaging carries it.</summary>
/// <param name="Id">UUID; two deliveries of one message have the same.</param>
/// <param name="Topic">With its prefix: <c>org.fedoraproject.prod.buildsys.tag</c>.</param>
/// <param name="SentAt">Header <c>sent-at</c>, whole seconds.</param>
/// <param name="Schema">Header <c>fedora_messaging_schema</c>; Pagure's messages have <c>base.message</c>.</param>
/// <param name="Severity">Header <c>fedora_messaging_severity</c>: 10 debug, 20 info, 30 warning, 40 error.</param>
/// <param name="Body">The JSON object, as text.</param>
public sealed record BusMessage(string Id, string Topic, DateTimeOffset SentAt, string Schema, int Severity, string Body)
{
    /// <summary>Whom it concerns: each becomes a header <c>fedora_messaging_user_NAME</c>.</summary>
    public IReadOnlyList<string> Users { get; init; } = [];

    /// <summary>Which source packages it concerns: each becomes a header <c>fedora_messaging_rpm_NAME</c>.</summary>
    public IReadOnlyList<string> Packages { get; init; } = [];

    /// <summary>Koji sends some of its messages with 2; 0 is not sent as a property.</summary>
    public int Priority { get; init; }

    /// <summary>Header <c>fedora_messaging_schema_package</c>: the Python package that holds the schema.</summary>
    [JsonIgnore]
    public string SchemaPackage => Schema.Split('.')[0] switch
    {
        "base" => "fedora_messaging",
        "bodhi" => "bodhi_messages",
        var other => other + "_messages",
    };

    /// <summary>The headers of the AMQP message, by name.</summary>
    public JsonObject Headers()
    {
        var headers = new JsonObject
        {
            ["fedora_messaging_schema"] = Schema,
            ["fedora_messaging_schema_package"] = SchemaPackage,
            ["sent-at"] = SentAt.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture),
            ["fedora_messaging_severity"] = Severity,
            ["priority"] = Priority,
        };
        foreach (var user in Users)
        {
            headers["fedora_messaging_user_" + user] = true;
        }

        foreach (var package in Packages)
        {
            headers["fedora_messaging_rpm_" + package] = true;
        }

        return headers;
    }
}
