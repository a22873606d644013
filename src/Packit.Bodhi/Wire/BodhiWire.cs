using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Packit.Http;

namespace Packit.Bodhi;

/// <summary>Requests and answers.</summary>
internal sealed class BodhiWire
{
    public const string Service = "Bodhi";
    private const int Cap = 16 * 1024 * 1024;

    /// <summary>A read that takes longer is not coming; a write may be, since Bodhi asks Koji, dist-git and the bug tracker meanwhile.</summary>
    private static readonly TimeSpan ReadTime = TimeSpan.FromSeconds(60);

    private readonly RemoteExchange _reads;
    private readonly RemoteExchange _writes;

    /// <exception cref="ArgumentException">The client has no base address that ends with a slash.</exception>
    public BodhiWire(HttpClient http, TimeProvider time)
    {
        Root = RemoteExchange.Root(http, "https://bodhi.fedoraproject.org/");
        _writes = new RemoteExchange(Service, http, time);
        _reads = new RemoteExchange(Service, http, time) { Limit = _writes.Limit < ReadTime ? _writes.Limit : ReadTime };
    }

    public Uri Root { get; }

    /// <exception cref="RemoteException">No answer, a refusal (<see cref="BodhiException"/>), or an answer that cannot be understood.</exception>
    public async Task<T> GetAsync<T>(string path, string doing, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        var request = BodhiRequest.Get(path, doing);
        return Read(request, await ReadAsync(request, credential: null, cancellationToken), type);
    }

    /// <returns>Null when Bodhi says that there is no such thing.</returns>
    public async Task<T?> FindAsync<T>(string path, string doing, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        var request = BodhiRequest.Get(path, doing);
        var answer = await ReadAsync(request, credential: null, cancellationToken);
        return answer.Status == HttpStatusCode.NotFound && BodhiErrors.Read(answer.Body).Count > 0 ? null : Read(request, answer, type);
    }

    /// <summary>The bare answer to a read, whatever its status.</summary>
    /// <param name="credential">Adds what shows who asks.</param>
    public async Task<RemoteAnswer> ReadAsync(BodhiRequest request, Action<HttpRequestHeaders>? credential, CancellationToken cancellationToken)
    {
        using var message = Message(request);
        credential?.Invoke(message.Headers);
        return await _reads.SendAsync(message, request.Doing, Cap, cancellationToken);
    }

    /// <summary>The bare answer to a write, which is sent once.</summary>
    public async Task<RemoteAnswer> WriteAsync(BodhiRequest request, BodhiCredentials credentials, CancellationToken cancellationToken)
    {
        var body = new ArrayBufferWriter<byte>();
        await using (var writer = new Utf8JsonWriter(body))
        {
            writer.WriteStartObject();
            request.Fields?.Invoke(writer);
            writer.WriteString("csrf_token", credentials.FormToken.Reveal());
            writer.WriteEndObject();
        }

        using var message = Message(request);
        message.Headers.TryAddWithoutValidation("Cookie", $"{credentials.Ticket.Pair}; {credentials.Session.Pair}");
        message.Content = new ReadOnlyMemoryContent(body.WrittenMemory);
        message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return await _writes.SendAsync(message, request.Doing, Cap, cancellationToken);
    }

    public T Read<T>(BodhiRequest request, RemoteAnswer answer, JsonTypeInfo<T> type) => answer.Status == HttpStatusCode.OK
        ? RemoteExchange.Read(Service, answer.Body, type, request.Doing)
        : throw BodhiErrors.Refused(request, Root, answer);

    private HttpRequestMessage Message(BodhiRequest request)
    {
        var message = new HttpRequestMessage(request.Method, new Uri(Root, request.Path));
        // Several addresses of Bodhi give a page for people otherwise.
        message.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        return message;
    }
}
