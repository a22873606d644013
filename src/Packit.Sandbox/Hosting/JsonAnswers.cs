using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Packit.Sandbox.Hosting;

/// <summary>A JSON document as the whole answer.</summary>
internal static class JsonAnswers
{
    public static Task AnswerAsync(this HttpContext http, int status, JsonNode body)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(body.ToJsonString());
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = bytes.Length;
        return http.Response.Body.WriteAsync(bytes, http.RequestAborted).AsTask();
    }

    /// <summary>A list of texts.</summary>
    public static JsonArray List(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode?)text)]);
}
