using System.Text;
using System.Xml;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Packit.Sandbox.Koji;

/// <summary>The hub over HTTP: <c>/kojihub</c> for every call, <c>/kojihub/ssllogin</c> behind the gate for the login.</summary>
internal static class HubRoutes
{
    /// <summary>Fedora's <c>MaxRequestLength</c>.</summary>
    private const long MaximumRequest = 167_772_160;

    private const string Unauthorized = """
        <!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01//EN" "http://www.w3.org/TR/html4/strict.dtd">
        <html><head>
        <title>401 Unauthorized</title>
        </head><body>
        <h1>Unauthorized</h1>
        <p>This server could not verify that you are authorized to access the document requested.</p>
        </body></html>

        """;

    public static void Map(IEndpointRouteBuilder routes, KojiStandIn koji)
    {
        var methods = new HubMethods(koji);
        routes.Map("/kojihub", (RequestDelegate)(http => RunAsync(http, koji, methods, new HubLogin(null))));
        routes.Map("/kojihub/ssllogin", (RequestDelegate)(http => LoginAsync(http, koji, methods)));
        WebRoutes.Map(routes, koji);
    }

    private static Task LoginAsync(HttpContext http, KojiStandIn koji, HubMethods methods)
    {
        if (koji.Gate == KojiGate.Token && http.Request.Headers.Authorization != "Bearer " + koji.Token)
        {
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            http.Response.Headers.WWWAuthenticate = "Negotiate";
            http.Response.ContentType = "text/html; charset=iso-8859-1";
            return http.Response.WriteAsync(Unauthorized, http.RequestAborted);
        }

        return RunAsync(http, koji, methods, new HubLogin(koji.ServiceUser));
    }

    private static async Task RunAsync(HttpContext http, KojiStandIn koji, HubMethods methods, HubLogin login)
    {
        http.Response.Headers["Koji-Version"] = KojiStandIn.Version;
        if (!HttpMethods.IsPost(http.Request.Method))
        {
            http.Response.Headers.Allow = "POST";
            await SayAsync(http, StatusCodes.Status405MethodNotAllowed, "Method Not Allowed\nThis is an XML-RPC server. Only POST requests are accepted.\n");
            return;
        }

        if (http.Request.ContentLength > MaximumRequest)
        {
            await AnswerAsync(http, XmlRpcWriter.Fault(1000, "Request too long"));
            return;
        }

        using var body = new StreamReader(http.Request.Body, Encoding.UTF8);
        string xml = await body.ReadToEndAsync(http.RequestAborted);
        if (xml.Length == 0)
        {
            await SayAsync(http, StatusCodes.Status400BadRequest, "Empty request\n");
            return;
        }

        string answer;
        try
        {
            var (method, parameters) = XmlRpcReader.ReadCall(xml);
            answer = Answer(http.Request, koji, methods, login, method, parameters);
        }
        catch (XmlException trouble)
        {
            await SayAsync(http, StatusCodes.Status400BadRequest, $"Invalid request: {XmlRpcReader.Describe(xml, trouble)}\n");
            return;
        }

        try
        {
            await AnswerAsync(http, answer);
        }
        finally
        {
            koji.Builder.Wake();
        }
    }

    private static string Answer(
        HttpRequest request, KojiStandIn koji, HubMethods methods, HubLogin login, string method, System.Text.Json.Nodes.JsonArray parameters)
    {
        try
        {
            lock (koji.State.Gate)
            {
                if (koji.IsOffline)
                {
                    throw new HubFault(1014, "server is offline");
                }

                var (session, number) = koji.Sessions.Check(request, method);
                return XmlRpcWriter.Response(methods.Run(method, parameters, login, session, number));
            }
        }
        catch (HubFault fault)
        {
            return XmlRpcWriter.Fault(fault.Code, fault.Message);
        }
    }

    private static Task AnswerAsync(HttpContext http, string xml)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(xml);
        http.Response.ContentType = "text/xml";
        http.Response.ContentLength = bytes.Length;
        return http.Response.Body.WriteAsync(bytes, http.RequestAborted).AsTask();
    }

    private static Task SayAsync(HttpContext http, int status, string text)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/plain";
        http.Response.ContentLength = Encoding.UTF8.GetByteCount(text);
        return http.Response.WriteAsync(text, http.RequestAborted);
    }
}
