using Microsoft.AspNetCore.Http;

namespace Packit.Sandbox.Hosting;

/// <summary>Looks which XML-RPC methods a request calls, and leaves its body as it was.</summary>
internal static class XmlRpcCalls
{
    private const int InMemory = 1 << 20;

    /// <returns>The method's name, after it those within a <c>multiCall</c>; empty for a request that is no XML.</returns>
    public static async Task<IReadOnlyList<string>> PeekAsync(HttpRequest request)
    {
        if (request.ContentType?.StartsWith("text/xml", StringComparison.OrdinalIgnoreCase) != true)
        {
            return [];
        }

        request.EnableBuffering(InMemory);
        using var reader = new StreamReader(request.Body, leaveOpen: true);
        string xml = await reader.ReadToEndAsync(request.HttpContext.RequestAborted);
        request.Body.Position = 0;
        string[] method = Between(xml, "<methodName>", "</methodName>");
        return method is ["multiCall" or "system.multicall"]
            ? [.. method, .. Between(xml, "<name>methodName</name>", "</member>").Select(member => string.Concat(Between(member, "<string>", "</string>")))]
            : method;
    }

    private static string[] Between(string text, string start, string end) =>
        [.. text.Split(start).Skip(1).Select(part => part.Split(end, 2)[0].Trim())];
}
