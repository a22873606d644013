using System.Net;
using System.Net.Security;

namespace Packit.TestSupport;

/// <summary>The server's side of Negotiate, in a process whose environment is that of a <see cref="Kdc"/>.</summary>
public static class KerberosServer
{
    /// <param name="authorization">The header of a request.</param>
    /// <returns>The principal that a valid ticket names, such as <c>bot@PACKIT.TEST</c>; null without one.</returns>
    public static string? Principal(string? authorization)
    {
        const string scheme = "Negotiate ";
        using var authentication = new NegotiateAuthentication(new NegotiateAuthenticationServerOptions
        {
            Package = "Negotiate",
            Credential = CredentialCache.DefaultNetworkCredentials,
        });
        if (authorization?.StartsWith(scheme, StringComparison.Ordinal) == true)
        {
            authentication.GetOutgoingBlob(authorization[scheme.Length..], out _);
        }

        return authentication.IsAuthenticated ? authentication.RemoteIdentity.Name : null;
    }
}
