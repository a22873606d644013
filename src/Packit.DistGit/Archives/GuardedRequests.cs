using System.Net;
using Packit.Http;

namespace Packit.DistGit;

/// <summary>Sends requests to addresses that others chose: each address is checked, redirects included.</summary>
/// <param name="client">A client guarded by the same policy (<see cref="ArchiveDownloader.Client"/>).</param>
/// <param name="guard">Checks addresses.</param>
internal sealed class GuardedRequests(HttpClient client, EgressGuard guard)
{
    /// <summary>Sends a request and follows redirects.</summary>
    /// <param name="method">GET or HEAD.</param>
    /// <param name="url">Where to begin.</param>
    /// <param name="prepare">Completes each request; null when there is nothing to complete.</param>
    /// <param name="onProgress">Called after each answer.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The answer, whose body is not read yet; or null and why it will not be had.</returns>
    /// <exception cref="EgressDeniedException">An address on the way may not be called; also inside of a <see cref="HttpRequestException"/>.</exception>
    public async Task<(HttpResponseMessage? Answer, string Problem)> SendAsync(
        HttpMethod method, Uri url, Action<HttpRequestMessage>? prepare, Action? onProgress, CancellationToken cancellationToken)
    {
        var next = url;
        for (var redirects = 0; ; redirects++)
        {
            guard.Check(next);
            using var request = new HttpRequestMessage(method, next);
            request.Headers.AcceptEncoding.ParseAdd("identity");
            prepare?.Invoke(request);
            var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            onProgress?.Invoke();
            if (answer.StatusCode is not (HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther
                or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect))
            {
                return (answer, "");
            }

            var location = answer.Headers.Location;
            answer.Dispose();
            if (location is null || redirects == guard.Policy.MaxRedirects)
            {
                return (null, location is null ? "It redirects to nowhere." : $"It redirects more than {redirects} times.");
            }

            next = new Uri(next, location);
        }
    }
}
