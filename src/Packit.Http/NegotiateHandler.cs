using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;

namespace Packit.Http;

/// <summary>
/// Sends a Kerberos token with each request instead of waiting for a 401, so that a large body goes over the wire once.
/// The credentials are those of the process: <c>KRB5_CLIENT_KTNAME</c> and <c>KRB5CCNAME</c>, set before it starts.
/// </summary>
/// <remarks>
/// The handlers of .NET answer every Kerberos problem with a plain 401; here the status of the library is reported instead.
/// </remarks>
public sealed class NegotiateHandler(HttpMessageHandler inner, string service) : DelegatingHandler(inner)
{
    /// <exception cref="RemoteException">No token could be had; the text names the cause and what to check.</exception>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var host = request.RequestUri!.Host;
        // The library talks to the KDC synchronously; a worker thread keeps the caller free, the wait is bounded by the token.
        var token = await Task.Run(() => Token(host), cancellationToken).WaitAsync(cancellationToken);
        request.Headers.Authorization = new AuthenticationHeaderValue("Negotiate", token);
        return await base.SendAsync(request, cancellationToken);
    }

    private string Token(string host)
    {
        try
        {
            using var authentication = new NegotiateAuthentication(new NegotiateAuthenticationClientOptions
            {
                Package = "Negotiate",
                TargetName = "HTTP/" + host,
                Credential = CredentialCache.DefaultNetworkCredentials,
            });
            return authentication.GetOutgoingBlob((string?)null, out var status) ?? throw Failed(host, status);
        }
        catch (TypeInitializationException missing)
        {
            throw new RemoteException(
                service, RemoteFailure.Unauthorized,
                "The Kerberos library libgssapi_krb5.so.2 is not installed (package krb5-libs or libgssapi-krb5-2).", missing);
        }
    }

    private RemoteException Failed(string host, NegotiateAuthenticationStatusCode status) => new(
        service,
        status == NegotiateAuthenticationStatusCode.GenericFailure ? RemoteFailure.Unreachable : RemoteFailure.Unauthorized,
        $"No Kerberos ticket for HTTP/{host} ({status}). Check that KRB5_CLIENT_KTNAME names a readable keytab, "
        + "that KRB5_CONFIG knows the realm's KDC and that the clock is right.");
}
