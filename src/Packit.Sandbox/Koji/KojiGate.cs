namespace Packit.Sandbox.Koji;

/// <summary>The gate in front of <c>/kojihub/ssllogin</c>, where the real hub's Apache asks for Negotiate or a certificate.</summary>
public enum KojiGate
{
    /// <summary>Everybody is taken for the service's account. The real gate, Kerberos, is tried against a real KDC by the tests of Packit.Koji.</summary>
    Open,

    /// <summary><c>Authorization: Bearer</c> with the world's Koji token; without it the 401 that Apache gives.</summary>
    Token,
}
