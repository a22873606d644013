using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Serialization.Metadata;
using Packit.Http;

namespace Packit.Pagure;

/// <summary>Requests and answers, and all that can go wrong with them.</summary>
internal sealed class PagureWire
{
    public const string Service = "Pagure";

    private readonly HttpClient _http;
    private readonly Secret? _token;
    private readonly TimeProvider _time;

    /// <exception cref="ArgumentException">The client has no base address that ends with a slash.</exception>
    public PagureWire(HttpClient http, Secret? token, TimeProvider time)
    {
        Root = http.BaseAddress is { } root && root.AbsolutePath.EndsWith('/')
            ? root
            : throw new ArgumentException(
                "The client needs the instance's root as its base address, with a slash at the end: https://src.fedoraproject.org/", nameof(http));
        _http = http;
        _token = token;
        _time = time;
    }

    public Uri Root { get; }

    /// <exception cref="RemoteException">No answer, too large an answer, or a refusal (<see cref="PagureException"/>).</exception>
    public async Task<byte[]> CallAsync(PagureRequest request, CancellationToken cancellationToken)
    {
        var (status, body, retryAfter) = await SendAsync(request, cancellationToken);
        return (int)status is >= 200 and < 300
            ? body
            : throw PagureErrors.Refused(request, Root, status, body, retryAfter);
    }

    public async Task<T> CallAsync<T>(PagureRequest request, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        PagureJson.Read(await CallAsync(request, cancellationToken), type, request);

    /// <returns>Null when Pagure answers with one of the codes, which say that the thing does not exist.</returns>
    public async Task<T?> FindAsync<T>(PagureRequest request, JsonTypeInfo<T> type, string[] missingCodes, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return await CallAsync(request, type, cancellationToken);
        }
        catch (PagureException missing) when (missing.Status == HttpStatusCode.NotFound && missingCodes.Contains(missing.Code))
        {
            return null;
        }
    }

    /// <summary>The bare answer, whatever its status.</summary>
    public async Task<(HttpStatusCode Status, byte[] Body, TimeSpan? RetryAfter)> SendAsync(PagureRequest request, CancellationToken cancellationToken)
    {
        // The client's own limit ends with the headers; this one covers the body too.
        using var limit = new CancellationTokenSource(_http.Timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        using var message = Message(request);
        try
        {
            using var response = await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, either.Token);
            await using var stream = await response.Content.ReadAsStreamAsync(either.Token);
            var body = await BodyReader.ReadAsync(stream, request.Cap, either.Token)
                ?? throw new RemoteException(
                    Service, RemoteFailure.Unexpected, $"Pagure's answer is larger than {request.Cap} bytes while {request.Doing}.")
                {
                    Status = response.StatusCode,
                };
            return (response.StatusCode, body, response.Headers.RetryAfter?.Delta);
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw new RemoteException(
                Service, RemoteFailure.Timeout, $"{Root.Host} gave no whole answer within {_http.Timeout.TotalSeconds:0} s while {request.Doing}.", late);
        }
        catch (Exception cut) when (cut is HttpRequestException or IOException)
        {
            throw new RemoteException(
                Service, RemoteFailure.Unreachable, $"The connection to {Root.Host} failed while {request.Doing}: {RemoteText.Clean(cut.Message)}", cut);
        }
    }

    private HttpRequestMessage Message(PagureRequest request)
    {
        var message = new HttpRequestMessage(request.Method, new Uri(Root, request.Path));
        if (request.SignedIn && _token is { } token)
        {
            message.Headers.Authorization = new AuthenticationHeaderValue("token", token.Reveal());
        }

        if (request.Method != HttpMethod.Get)
        {
            message.Content = new FormUrlEncodedContent(request.Form.Where(field => field.Value is not null)!);
        }

        return message;
    }
}
