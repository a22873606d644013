using System.Net;
using System.Net.Http.Headers;
using Packit.Http;

namespace Packit.GitHub;

/// <summary>Requests and answers, with redirects and all that can go wrong before an answer is there.</summary>
internal sealed class GitHubWire
{
    public const string Service = "GitHub";
    private const string ApiVersion = "2022-11-28";
    private const int MaxRedirects = 3;

    private readonly HttpClient _http;
    private readonly TimeProvider _time;
    private readonly Uri _root;

    /// <exception cref="ArgumentException">The client has no base address that ends with a slash.</exception>
    public GitHubWire(HttpClient http, TimeProvider time)
    {
        _root = http.BaseAddress is { } root && root.AbsolutePath.EndsWith('/')
            ? root
            : throw new ArgumentException("The client needs the API root as its base address, with a slash at the end: https://api.github.com/", nameof(http));
        _http = http;
        _time = time;
    }

    /// <summary>Sends and follows redirects to the same host: of a read always, of a write where the method stays (307, 308).</summary>
    /// <exception cref="RemoteException">No answer, too large an answer, or a redirect that may not be followed.</exception>
    public async Task<GitHubAnswer> SendAsync(GitHubRequest request, Secret bearer, string? etag, CancellationToken cancellationToken)
    {
        var url = Address(request.Path, request);
        for (var hop = 0; ; hop++)
        {
            var answer = await OnceAsync(request, url, bearer, etag, cancellationToken);
            if (!answer.IsRedirect)
            {
                return answer;
            }

            url = RedirectTarget(request, url, answer, hop);
        }
    }

    /// <summary>The absolute address of something under the API root.</summary>
    /// <exception cref="RemoteException">The address leads elsewhere, where the token must not go.</exception>
    public Uri Address(string path, GitHubRequest request)
    {
        if (Uri.TryCreate(_root, path, out var url)
            && Uri.Compare(url, _root, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0
            && url.AbsolutePath.StartsWith(_root.AbsolutePath, StringComparison.Ordinal)
            && url.UserInfo.Length == 0)
        {
            return url;
        }

        throw new RemoteException(
            Service, RemoteFailure.Unexpected,
            $"While {request.Doing}, GitHub pointed to an address outside {_root}; the token is not sent there: {RemoteText.Clean(path)}");
    }

    private Uri RedirectTarget(GitHubRequest request, Uri from, GitHubAnswer answer, int hop)
    {
        var methodStays = answer.Status is HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect;
        if (answer.Location is { } location && hop < MaxRedirects && (request.IsRead || methodStays))
        {
            return Address(new Uri(from, location).AbsoluteUri, request);
        }

        throw new RemoteException(
            Service, RemoteFailure.Unexpected,
            $"While {request.Doing}, GitHub answered {(int)answer.Status} with a redirect that cannot be followed. Was the repository renamed?")
        {
            Status = answer.Status,
        };
    }

    private async Task<GitHubAnswer> OnceAsync(GitHubRequest request, Uri url, Secret bearer, string? etag, CancellationToken cancellationToken)
    {
        // The client's own limit ends with the headers; this one covers the body too.
        using var limit = new CancellationTokenSource(_http.Timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        using var message = Message(request, url, bearer, etag);
        try
        {
            using var response = await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, either.Token);
            await using var stream = await response.Content.ReadAsStreamAsync(either.Token);
            var body = await BodyReader.ReadAsync(stream, request.Cap, either.Token);
            return body is null ? throw TooLarge(request, response.StatusCode) : GitHubAnswer.From(response, body);
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw new RemoteException(
                Service, RemoteFailure.Timeout, $"GitHub gave no whole answer within {_http.Timeout.TotalSeconds:0} s while {request.Doing}.", late);
        }
        catch (Exception cut) when (cut is HttpRequestException or IOException)
        {
            throw new RemoteException(
                Service, RemoteFailure.Unreachable, $"The connection to {_root.Host} failed while {request.Doing}: {RemoteText.Clean(cut.Message)}", cut);
        }
    }

    private static HttpRequestMessage Message(GitHubRequest request, Uri url, Secret bearer, string? etag)
    {
        var message = new HttpRequestMessage(request.Method, url);
        message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer.Reveal());
        message.Headers.Accept.ParseAdd(request.Accept);
        message.Headers.Add("X-GitHub-Api-Version", ApiVersion);
        if (etag is not null)
        {
            message.Headers.TryAddWithoutValidation("If-None-Match", etag);
        }

        if (request.Body is { } body)
        {
            message.Content = new ByteArrayContent(body);
            message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        return message;
    }

    private static RemoteException TooLarge(GitHubRequest request, HttpStatusCode status) => new(
        Service, RemoteFailure.Unexpected, $"GitHub's answer is larger than {request.Cap} bytes while {request.Doing}.")
    {
        Status = status,
    };
}
