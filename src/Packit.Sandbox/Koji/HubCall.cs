using System.Text.Json.Nodes;

namespace Packit.Sandbox.Koji;

/// <summary>One call of a method: who calls, and with what. Handlers run under the state's gate.</summary>
internal sealed class HubCall(KojiStandIn koji, KojiSession? session, HubLogin login, Arguments arguments)
{
    public KojiStandIn Koji { get; } = koji;

    public KojiState State => Koji.State;

    public KojiSession? Session { get; } = session;

    /// <summary>What the server in front of the hub found out about the caller.</summary>
    public HubLogin Login { get; } = login;

    public Arguments Arguments { get; } = arguments;

    public bool IsStrict => Arguments.IsTrue("strict");

    /// <summary>The caller's account, or null when there is no session.</summary>
    public KojiUser? Caller => Session is null ? null : Koji.Accounts.ById(Session.User);

    public KojiUser RequireLogin() => Caller ?? throw HubFault.NotAllowed("you must be logged in for this operation");

    public JsonObject? QueryOptions => Arguments["queryOpts"] as JsonObject;
}
