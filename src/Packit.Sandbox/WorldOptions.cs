using Packit.Sandbox.Bus;
using Packit.Sandbox.Koji;

namespace Packit.Sandbox;

/// <summary>How a world is made.</summary>
public sealed record WorldOptions
{
    /// <summary>Where repositories, files and <c>state.json</c> are kept. A second start on the same folder finds everything.</summary>
    public required string Folder { get; init; }

    /// <summary>The clock of the stand-ins: times of commits, comments and tokens.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The key with which GitHub signs its deliveries.</summary>
    public string WebhookSecret { get; init; } = "sandbox-webhook-secret";

    /// <summary>The App's name in URLs; its bot is <c>slug[bot]</c>.</summary>
    public string AppSlug { get; init; } = "packit-as-a-service";

    /// <summary>The Fedora account that the service works under.</summary>
    public string ServiceUser { get; init; } = "packit";

    /// <summary>Who may upload to the lookaside cache.</summary>
    public LookasideLogin LookasideLogin { get; init; } = LookasideLogin.Open;

    /// <summary>Who is let in where Fedora asks for a Kerberos ticket: the identity provider and the account system.</summary>
    public KerberosLogin KerberosLogin { get; init; } = KerberosLogin.Open;

    /// <summary>A real broker that gets every message of the world's bus; null for none.</summary>
    public BrokerOptions? Broker { get; init; }

    /// <summary>Who may log in to Koji under <c>ssllogin</c>.</summary>
    public KojiGate KojiGate { get; init; } = KojiGate.Open;

    /// <summary>
    /// Whether GitHub tells the App of what the App itself did (its comments and check runs), as the real one does.
    /// Off by default, so that a story sees the deliveries that it caused.
    /// </summary>
    public bool DeliverOwnEvents { get; init; }
}

/// <summary>The gate in front of the lookaside cache's upload.</summary>
public enum LookasideLogin
{
    /// <summary>Everybody is taken for a packager. The real gate, Kerberos, is tried against a real KDC by the tests of Packit.DistGit.</summary>
    Open,

    /// <summary><c>Authorization: Bearer</c> with the world's lookaside token; without it the 401 that Apache gives.</summary>
    Token,
}

/// <summary>The gate in front of what asks for a Kerberos ticket. Real tickets are tried against a real KDC by the clients' own tests.</summary>
public enum KerberosLogin
{
    /// <summary>Everybody is let in as the service's account.</summary>
    Open,

    /// <summary><c>Authorization: Bearer</c> with <see cref="World.KerberosToken"/>; without it the 401 that Apache gives.</summary>
    Token,
}
