namespace Packit.Sandbox.Bus;

/// <summary>A message as fedora-messaging carries it.</summary>
/// <param name="Id">UUID; two deliveries of one message have the same.</param>
/// <param name="Topic">With its prefix: <c>org.fedoraproject.prod.buildsys.tag</c>.</param>
/// <param name="SentAt">Header <c>sent-at</c>, whole seconds.</param>
/// <param name="Schema">Header <c>fedora_messaging_schema</c>; Pagure's messages have <c>base.message</c>.</param>
/// <param name="Severity">Header <c>fedora_messaging_severity</c>: 10 debug, 20 info, 30 warning, 40 error.</param>
/// <param name="Body">The JSON object, as text.</param>
public sealed record BusMessage(string Id, string Topic, DateTimeOffset SentAt, string Schema, int Severity, string Body);
