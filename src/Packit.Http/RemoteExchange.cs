using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Packit.Http;

/// <summary>
/// One request and its whole answer, with a cap on the body and one limit for all of it; what can go wrong before an answer is
/// there becomes a <see cref="RemoteException"/>. Shared by the clients, so that trouble on the way reads the same everywhere.
/// </summary>
/// <param name="service">Name of the service as people know it; each message of an exception names it.</param>
public sealed class RemoteExchange(string service, HttpClient http, TimeProvider time)
{
    /// <summary>Time for one answer, headers and body. A limit above the client's own has no effect.</summary>
    public TimeSpan Limit { get; init; } = http.Timeout;

    /// <summary>The base address of a client.</summary>
    /// <param name="example">The address as it stands in a configuration.</param>
    /// <exception cref="ArgumentException">The client has none that ends with a slash.</exception>
    public static Uri Root(HttpClient http, string example)
    {
        ArgumentNullException.ThrowIfNull(http);
        return http.BaseAddress is { } root && root.AbsolutePath.EndsWith('/')
            ? root
            : throw new ArgumentException($"The client needs the service's root as its base address, with a slash at the end: {example}", nameof(http));
    }

    /// <summary>Sends and reads the answer to its end. Redirects are answers like others.</summary>
    /// <param name="request">With an absolute address.</param>
    /// <param name="doing">What the call is for, in words that follow "while": <c>listing the releases</c>; free of secrets.</param>
    /// <param name="cap">The most bytes of a body.</param>
    /// <exception cref="RemoteException">
    /// No connection or a cut one (<see cref="RemoteFailure.Unreachable"/>), no whole answer in time (<see cref="RemoteFailure.Timeout"/>),
    /// or a body above the cap (<see cref="RemoteFailure.Unexpected"/>).
    /// </exception>
    public async Task<RemoteAnswer> SendAsync(HttpRequestMessage request, string doing, int cap, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        // The client's own limit ends with the headers; this one covers the body too.
        using var limit = new CancellationTokenSource(Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        var host = request.RequestUri!.Host;
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            await using var stream = await response.Content.ReadAsStreamAsync(either.Token);
            var body = await BodyReader.ReadAsync(stream, cap, either.Token)
                ?? throw new RemoteException(service, RemoteFailure.Unexpected, $"{service}'s answer is larger than {cap} bytes while {doing}.")
                {
                    Status = response.StatusCode,
                };
            return new RemoteAnswer(response.StatusCode, body, response.Headers, response.Content.Headers);
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw new RemoteException(
                service, RemoteFailure.Timeout, $"{host} gave no whole answer within {Limit.TotalSeconds:0} s while {doing}.", late);
        }
        catch (Exception cut) when (cut is HttpRequestException or IOException)
        {
            throw new RemoteException(
                service, RemoteFailure.Unreachable, $"The connection to {host} failed while {doing}: {RemoteText.Clean(cut.Message)}", cut);
        }
    }

    /// <summary>Reads a JSON document of the service.</summary>
    /// <param name="service">Name of the service.</param>
    /// <param name="doing">What the call was for.</param>
    /// <exception cref="RemoteException">The body is not the document that the type describes (<see cref="RemoteFailure.Unexpected"/>).</exception>
    public static T Read<T>(string service, byte[] body, JsonTypeInfo<T> type, string doing)
    {
        try
        {
            return JsonSerializer.Deserialize(body, type) ?? throw new JsonException("The document is null.");
        }
        catch (JsonException broken)
        {
            throw new RemoteException(
                service, RemoteFailure.Unexpected, $"{service}'s answer cannot be understood while {doing}: {RemoteText.Clean(broken.Message)}", broken);
        }
    }
}
