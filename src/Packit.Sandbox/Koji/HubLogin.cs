namespace Packit.Sandbox.Koji;

/// <summary>What the web server in front of the hub has found out about a request.</summary>
/// <param name="RemoteUser">The account that was proved at HTTP level; null everywhere but under <c>ssllogin</c>.</param>
internal sealed record HubLogin(string? RemoteUser);
