using System.Diagnostics;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Packit.Http;

namespace Packit.Scenarios.Telling;

/// <summary>A webhook request that a story writes by hand.</summary>
public sealed record RawDelivery(string Event, string Body)
{
    /// <summary>The secret that signs the body; null for the world's.</summary>
    public string? Secret { get; init; }

    /// <summary>The signature header, instead of a right one; empty for none.</summary>
    public string? Signature { get; init; }

    /// <summary>The GUID of the delivery.</summary>
    public string Id { get; init; } = Guid.NewGuid().ToString();

    /// <summary>Whether the length of the body is announced, or comes in chunks.</summary>
    public bool Chunked { get; init; }

    /// <summary>Posts it to the service.</summary>
    public async Task<RawAnswer> SendAsync(Story story)
    {
        ArgumentNullException.ThrowIfNull(story);
        var bytes = Encoding.UTF8.GetBytes(Body);
        using var http = HttpClients.Create(new HttpClientSettings { Retries = 0, Timeout = TimeSpan.FromSeconds(20) }, TimeProvider.System);
        using var request = new HttpRequestMessage(HttpMethod.Post, story.Service.Webhook)
        {
            Content = Chunked ? new StreamContent(new Trickle(bytes)) : new ByteArrayContent(bytes),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.TransferEncodingChunked = Chunked ? true : null;
        request.Headers.Add("X-GitHub-Event", Event);
        request.Headers.Add("X-GitHub-Delivery", Id);
        if ((Signature ?? Sign(bytes, Secret ?? story.World.WebhookSecret)) is { Length: > 0 } signature)
        {
            request.Headers.Add("X-Hub-Signature-256", signature);
        }

        var begun = Stopwatch.StartNew();
        using var answer = await http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return new RawAnswer((int)answer.StatusCode, JsonSerializer.Deserialize<string>(text), begun.Elapsed);
    }

    private static string Sign(byte[] body, string secret) =>
        "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body));

    /// <summary>A stream that does not tell its length.</summary>
    private sealed class Trickle(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}

/// <summary>What the service answered.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Text">The JSON string of the body.</param>
/// <param name="Took">How long it took.</param>
public sealed record RawAnswer(int Status, string? Text, TimeSpan Took);
