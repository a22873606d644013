using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Packit.Http;

namespace Packit.Bodhi;

/// <summary>Requests and answers, and all that can go wrong with them.</summary>
internal sealed class BodhiWire
{
    public const string Service = "Bodhi";
    private const int Cap = 16 * 1024 * 1024;

    private readonly RemoteExchange _exchange;
    private readonly Uri _root;

    /// <exception cref="ArgumentException">The client has no base address that ends with a slash.</exception>
    public BodhiWire(HttpClient http, TimeProvider time)
    {
        _root = RemoteExchange.Root(http, "https://bodhi.fedoraproject.org/");
        _exchange = new RemoteExchange(Service, http, time);
    }

    /// <exception cref="RemoteException">No answer, a refusal, or an answer that cannot be understood.</exception>
    public async Task<T> GetAsync<T>(string path, string doing, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(HttpMethod.Get, new Uri(_root, path));
        // Several addresses of Bodhi give a page for people otherwise.
        message.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        var answer = await _exchange.SendAsync(message, doing, Cap, cancellationToken);
        return answer.Status == HttpStatusCode.OK
            ? RemoteExchange.Read(Service, answer.Body, type, doing)
            : throw new RemoteException(Service, RemoteException.Classify(answer.Status), $"Bodhi refused {doing}: {(int)answer.Status} {Said(answer.Body)}")
            {
                Status = answer.Status,
                RetryAfter = answer.RetryAfter,
            };
    }

    private static string Said(byte[] body)
    {
        try
        {
            return RemoteText.Clean(string.Join("; ", JsonSerializer.Deserialize(body, BodhiJson.Default.BodhiErrorBody)?.Errors.Take(5) ?? []));
        }
        catch (JsonException)
        {
            return "(a page that is not of Bodhi's API)";
        }
    }
}
