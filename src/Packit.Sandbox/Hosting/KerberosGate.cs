using Microsoft.AspNetCore.Http;

namespace Packit.Sandbox.Hosting;

/// <summary>
/// What Apache with GSSAPI is in front of Fedora's services. Real tickets are tried against a real KDC by the tests of the clients;
/// here everybody is let in, or who has the world's token.
/// </summary>
/// <param name="login">Who is let in.</param>
/// <param name="user">The account that whoever is let in has.</param>
internal sealed class KerberosGate(KerberosLogin login, string user)
{
    public const string Token = "sandbox-kerberos-token";

    /// <summary>The account that whoever is let in has.</summary>
    public string User { get; set; } = user;

    /// <summary>Lets a request pass, or answers it as Apache does.</summary>
    /// <returns>Whether it may pass.</returns>
    public async Task<bool> PassAsync(HttpContext http)
    {
        if (login == KerberosLogin.Open || http.Request.Headers.Authorization == "Bearer " + Token)
        {
            return true;
        }

        http.Response.StatusCode = StatusCodes.Status401Unauthorized;
        http.Response.Headers.WWWAuthenticate = "Negotiate";
        http.Response.ContentType = "text/html; charset=iso-8859-1";
        await http.Response.WriteAsync(
            "<html><head><title>401 Unauthorized</title></head><body><h1>Unauthorized</h1></body></html>\n", http.RequestAborted);
        return false;
    }
}
