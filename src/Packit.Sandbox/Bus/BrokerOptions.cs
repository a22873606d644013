namespace Packit.Sandbox.Bus;

/// <summary>A real broker that gets every message of the world.</summary>
/// <param name="Address">With account and virtual host: <c>amqp://user:password@127.0.0.1:5672/%2Fpublic_pubsub</c>.</param>
/// <param name="Exchange">The topic exchange, which must be there.</param>
public sealed record BrokerOptions(Uri Address, string Exchange = "amq.topic");
