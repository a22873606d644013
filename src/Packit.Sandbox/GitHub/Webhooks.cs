using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Packit.Sandbox.GitHub;

/// <summary>Signs and sends the App's deliveries, and remembers every attempt, as GitHub does for three days.</summary>
internal sealed class Webhooks(GitHubState state, HttpClient http, string secret, TimeProvider time)
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Where deliveries go; null while nobody listens.</summary>
    public Uri? Target { get; set; }

    /// <summary>Sends a new delivery once; GitHub never repeats by itself.</summary>
    /// <returns>The delivery's GUID.</returns>
    public Task<string> SendAsync(string @event, JsonObject payload, long? installation, long? repository, CancellationToken ct) =>
        AttemptAsync(Guid.NewGuid().ToString(), @event, payload.ToJsonString(), redelivery: false, installation, repository, ct);

    /// <summary>Sends a delivery of the past again, with the same GUID and the same body.</summary>
    public Task RepeatAsync(Delivery delivery, CancellationToken ct) =>
        AttemptAsync(delivery.Guid, delivery.Event, delivery.Payload, redelivery: true, delivery.InstallationId, delivery.RepositoryId, ct);

    /// <summary>The value of <c>X-Hub-Signature-256</c> for a body.</summary>
    public string Sign(byte[] body) => "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Utf8.GetBytes(secret), body));

    private async Task<string> AttemptAsync(
        string guid, string @event, string payload, bool redelivery, long? installation, long? repository, CancellationToken ct)
    {
        Delivery delivery;
        lock (state.Gate)
        {
            delivery = new Delivery
            {
                Id = state.NextId(),
                Guid = guid,
                Event = @event,
                Action = (string?)JsonNode.Parse(payload)?["action"],
                DeliveredAt = time.GetUtcNow(),
                Redelivery = redelivery,
                InstallationId = installation,
                RepositoryId = repository,
                Payload = payload,
            };
            state.Deliveries.Add(delivery);
        }

        if (Target is { } target)
        {
            await PostAsync(target, delivery, ct);
        }

        return guid;
    }

    private async Task PostAsync(Uri target, Delivery delivery, CancellationToken ct)
    {
        byte[] body = Utf8.GetBytes(delivery.Payload);
        using var request = new HttpRequestMessage(HttpMethod.Post, target) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.UserAgent.ParseAdd("GitHub-Hookshot/sandbox");
        request.Headers.Add("X-GitHub-Event", delivery.Event);
        request.Headers.Add("X-GitHub-Delivery", delivery.Guid);
        request.Headers.Add("X-GitHub-Hook-ID", "1");
        request.Headers.Add("X-GitHub-Hook-Installation-Target-Type", "integration");
        request.Headers.Add("X-GitHub-Hook-Installation-Target-ID", "1");
        request.Headers.Add("X-Hub-Signature-256", Sign(body));
        var watch = Stopwatch.StartNew();
        try
        {
            using var response = await http.SendAsync(request, ct);
            string answer = await response.Content.ReadAsStringAsync(ct);
            lock (state.Gate)
            {
                delivery.StatusCode = (int)response.StatusCode;
                delivery.Status = response.IsSuccessStatusCode ? "OK" : "Invalid HTTP Response: " + delivery.StatusCode.ToString(CultureInfo.InvariantCulture);
                delivery.Answer = answer;
                delivery.Duration = watch.Elapsed.TotalSeconds;
            }
        }
        catch (HttpRequestException)
        {
            delivery.Duration = watch.Elapsed.TotalSeconds;
        }
        catch (TaskCanceledException) when (!ct.IsCancellationRequested)
        {
            delivery.Status = "timed out";
        }
    }
}
