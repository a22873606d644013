using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Packit.Http;

namespace Packit.FedoraMessaging;

/// <summary>Datagrepper, which remembers all messages of Fedora's bus. Every method may throw <see cref="RemoteException"/>.</summary>
/// <remarks>Datagrepper: API version 2, <c>/v2/search</c>.</remarks>
public sealed class DatagrepperClient
{
    private const string Service = "datagrepper";
    private const int Rows = 100;
    private const int PageCap = 64 << 20;

    // Deeper than any sender's JSON library writes; it is read without recursion.
    private const int MaxDepth = 4096;
    private const int ErrorLength = 300;

    private readonly HttpClient _http;
    private readonly TimeProvider _time;

    /// <param name="http">With the root of datagrepper as base address: <c>https://apps.fedoraproject.org/datagrepper/</c>.</param>
    /// <param name="time">The clock for time limits.</param>
    /// <exception cref="ArgumentException">No base address with a slash at the end.</exception>
    public DatagrepperClient(HttpClient http, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(time);
        if (http.BaseAddress?.AbsolutePath.EndsWith('/') != true)
        {
            throw new ArgumentException("The client needs a base address that ends with a slash.", nameof(http));
        }

        _http = http;
        _time = time;
    }

    /// <summary>The messages of some topics within a time, oldest first, a page at a time so that memory stays bounded.</summary>
    /// <param name="topics">In full; datagrepper knows no wildcards.</param>
    /// <param name="start">From when on.</param>
    /// <param name="end">Until when; fixed, because pages would move otherwise.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async IAsyncEnumerable<IReadOnlyList<BusMessage>> SearchAsync(
        IReadOnlyList<string> topics, DateTimeOffset start, DateTimeOffset end, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(topics);
        var query = Query(topics, start, end);
        for (var page = 1; ; page++)
        {
            if (await PageAsync(query, page, Rows, cancellationToken) is { } found)
            {
                yield return found.Messages;
                if (page >= found.Pages)
                {
                    yield break;
                }
            }
            else
            {
                // Somebody sent messages so large that a page of them is not taken in: one by one, without those.
                var (messages, last) = await OneByOneAsync(query, page, cancellationToken);
                yield return messages;
                if (last)
                {
                    yield break;
                }
            }
        }
    }

    private static string Query(IReadOnlyList<string> topics, DateTimeOffset start, DateTimeOffset end)
    {
        var query = new StringBuilder("v2/search?order=asc");
        query.Append(CultureInfo.InvariantCulture, $"&start={start.ToUnixTimeSeconds()}&end={end.ToUnixTimeSeconds() + 1}");
        foreach (var topic in topics)
        {
            query.Append("&topic=").Append(Uri.EscapeDataString(topic));
        }

        return query.ToString();
    }

    private async Task<(IReadOnlyList<BusMessage> Messages, bool Last)> OneByOneAsync(string query, int page, CancellationToken cancellationToken)
    {
        var messages = new List<BusMessage>();
        for (var row = ((page - 1) * Rows) + 1; row <= page * Rows; row++)
        {
            if (await PageAsync(query, row, 1, cancellationToken) is not { } single)
            {
                continue;
            }

            messages.AddRange(single.Messages);
            if (row >= single.Pages)
            {
                return (messages, true);
            }
        }

        return (messages, false);
    }

    /// <returns>Null when the page is too large.</returns>
    private async Task<FoundPage?> PageAsync(string query, int page, int rows, CancellationToken cancellationToken)
    {
        var target = string.Create(CultureInfo.InvariantCulture, $"{query}&rows_per_page={rows}&page={page}");
        // The client's own limit ends with the headers; this one covers the body too.
        using var limit = new CancellationTokenSource(_http.Timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, target);
            // Exactly this: with any other value the answer is a page for people.
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
            using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            await using var stream = await answer.Content.ReadAsStreamAsync(either.Token);
            var body = await BodyReader.ReadAsync(stream, PageCap, either.Token);
            return answer.StatusCode == HttpStatusCode.OK ? body is null ? null : Read(body) : throw Refused(answer, body);
        }
        catch (Exception unreachable) when (unreachable is HttpRequestException or IOException)
        {
            throw new RemoteException(Service, RemoteFailure.Unreachable, $"Datagrepper at {_http.BaseAddress!.Host} cannot be reached: {unreachable.Message}", unreachable);
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw new RemoteException(Service, RemoteFailure.Timeout, $"Datagrepper at {_http.BaseAddress!.Host} did not answer in time.", late);
        }
    }

    private FoundPage Read(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = MaxDepth });
            var root = document.RootElement;
            return new FoundPage(
                root.GetProperty("pages").GetInt32(),
                [.. root.GetProperty("raw_messages").EnumerateArray().Select(MessageEnvelope.Read).OfType<BusMessage>()]);
        }
        catch (Exception broken) when (broken is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new RemoteException(
                Service, RemoteFailure.Unexpected,
                $"The answer of {_http.BaseAddress} is not datagrepper's: {RemoteText.Clean(broken.Message)} Is it the root of datagrepper?", broken);
        }
    }

    private static RemoteException Refused(HttpResponseMessage answer, byte[]? body)
    {
        var said = RemoteText.Clean(Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(body?.Length ?? 0, ErrorLength))));
        return new RemoteException(Service, RemoteException.Classify(answer.StatusCode), $"Datagrepper refused the search: {(int)answer.StatusCode} {said}")
        {
            Status = answer.StatusCode,
            RetryAfter = RetryAfterHeader.Read(answer.Headers),
        };
    }

    private sealed record FoundPage(int Pages, IReadOnlyList<BusMessage> Messages);
}
