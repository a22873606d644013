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

    private readonly HttpClient _http;
    private readonly TimeProvider _time;
    private readonly Uri _root;

    /// <exception cref="ArgumentException">The client has no base address that ends with a slash.</exception>
    public BodhiWire(HttpClient http, TimeProvider time)
    {
        _root = http.BaseAddress is { } root && root.AbsolutePath.EndsWith('/')
            ? root
            : throw new ArgumentException(
                "The client needs Bodhi's root as its base address, with a slash at the end: https://bodhi.fedoraproject.org/", nameof(http));
        _http = http;
        _time = time;
    }

    /// <exception cref="RemoteException">No answer, a refusal, or an answer that cannot be understood.</exception>
    public async Task<T> GetAsync<T>(string path, string doing, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        var (status, body, retryAfter) = await SendAsync(path, doing, cancellationToken);
        if (status != HttpStatusCode.OK)
        {
            throw new RemoteException(Service, RemoteException.Classify(status), $"Bodhi refused {doing}: {(int)status} {Said(body)}")
            {
                Status = status,
                RetryAfter = retryAfter,
            };
        }

        try
        {
            return JsonSerializer.Deserialize(body, type) ?? throw new JsonException("The document is null.");
        }
        catch (JsonException broken)
        {
            throw new RemoteException(
                Service, RemoteFailure.Unexpected, $"Bodhi's answer cannot be understood while {doing}: {RemoteText.Clean(broken.Message)}", broken);
        }
    }

    private async Task<(HttpStatusCode Status, byte[] Body, TimeSpan? RetryAfter)> SendAsync(string path, string doing, CancellationToken cancellationToken)
    {
        // The client's own limit ends with the headers; this one covers the body too.
        using var limit = new CancellationTokenSource(_http.Timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        using var message = new HttpRequestMessage(HttpMethod.Get, new Uri(_root, path));
        // Several addresses of Bodhi give a page for people otherwise.
        message.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        try
        {
            using var response = await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, either.Token);
            await using var stream = await response.Content.ReadAsStreamAsync(either.Token);
            var body = await BodyReader.ReadAsync(stream, Cap, either.Token)
                ?? throw new RemoteException(Service, RemoteFailure.Unexpected, $"Bodhi's answer is larger than {Cap} bytes while {doing}.");
            return (response.StatusCode, body, response.Headers.RetryAfter?.Delta);
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw new RemoteException(
                Service, RemoteFailure.Timeout, $"{_root.Host} gave no whole answer within {_http.Timeout.TotalSeconds:0} s while {doing}.", late);
        }
        catch (Exception cut) when (cut is HttpRequestException or IOException)
        {
            throw new RemoteException(
                Service, RemoteFailure.Unreachable, $"The connection to {_root.Host} failed while {doing}: {RemoteText.Clean(cut.Message)}", cut);
        }
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
