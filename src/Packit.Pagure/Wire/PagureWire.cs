using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Serialization.Metadata;
using Packit.Http;

namespace Packit.Pagure;

/// <summary>Requests and answers, and all that can go wrong with them.</summary>
internal sealed class PagureWire
{
    public const string Service = "Pagure";

    private readonly RemoteExchange _exchange;
    private readonly Secret? _token;

    /// <exception cref="ArgumentException">The client has no base address that ends with a slash.</exception>
    public PagureWire(HttpClient http, Secret? token, TimeProvider time)
    {
        Root = RemoteExchange.Root(http, "https://src.fedoraproject.org/");
        _exchange = new RemoteExchange(Service, http, time);
        _token = token;
    }

    public Uri Root { get; }

    /// <exception cref="RemoteException">No answer, too large an answer, or a refusal (<see cref="PagureException"/>).</exception>
    public async Task<byte[]> CallAsync(PagureRequest request, CancellationToken cancellationToken)
    {
        var answer = await SendAsync(request, cancellationToken);
        return answer.IsSuccess ? answer.Body : throw PagureErrors.Refused(request, Root, answer);
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
    public async Task<RemoteAnswer> SendAsync(PagureRequest request, CancellationToken cancellationToken)
    {
        using var message = Message(request);
        return await _exchange.SendAsync(message, request.Doing, request.Cap, cancellationToken);
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
