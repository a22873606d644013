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

    private readonly RemoteExchange _exchange;
    private readonly Uri _root;

    /// <exception cref="ArgumentException">The client has no base address that ends with a slash.</exception>
    public GitHubWire(HttpClient http, TimeProvider time)
    {
        _root = RemoteExchange.Root(http, "https://api.github.com/");
        _exchange = new RemoteExchange(Service, http, time);
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
        using var message = Message(request, url, bearer, etag);
        return GitHubAnswer.From(await _exchange.SendAsync(message, request.Doing, request.Cap, cancellationToken));
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
}
