using System.Net;
using System.Net.Http.Headers;
using Packit.Http;

namespace Packit.DistGit;

/// <summary>Looks whether archives are there and how large they are, at addresses that others chose, with the guards of <see cref="ArchiveDownloader"/>.</summary>
/// <param name="client">A client guarded by the same policy (<see cref="ArchiveDownloader.Client"/>).</param>
/// <param name="guard">Checks addresses.</param>
/// <param name="limits">The size that an archive may have, and the time for one look (<see cref="ArchiveLimits.IdleTime"/>).</param>
/// <param name="time">The clock of the time limit.</param>
public sealed class ArchiveProbe(HttpClient client, EgressGuard guard, ArchiveLimits limits, TimeProvider time)
{
    private readonly GuardedRequests _requests = new(client, guard);

    /// <summary>Looks at an address: by HEAD, and by the first byte where a host does not answer to that. No body is read.</summary>
    public async Task<ArchiveSight> LookAsync(Uri url, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(url);
        using var late = new CancellationTokenSource(limits.IdleTime, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        try
        {
            var seen = await AskAsync(HttpMethod.Head, url, prepare: null, stop.Token);
            return seen is ArchiveSight.There { Size: > 0 } or ArchiveSight.Refused or ArchiveSight.Missing
                ? seen
                : await AskAsync(HttpMethod.Get, url, static request => request.Headers.Range = new RangeHeaderValue(0, 0), stop.Token);
        }
        catch (EgressDeniedException denied)
        {
            return new ArchiveSight.Refused(denied.Message);
        }
        catch (HttpRequestException failed) when (failed.InnerException is EgressDeniedException denied)
        {
            return new ArchiveSight.Refused(denied.Message);
        }
        catch (HttpRequestException failed)
        {
            return new ArchiveSight.Unknown($"The host cannot be reached ({failed.HttpRequestError}).");
        }
        catch (IOException)
        {
            return new ArchiveSight.Unknown("The connection was cut.");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ArchiveSight.Unknown($"The host did not answer within {limits.IdleTime.TotalSeconds:0.#} seconds.");
        }
    }

    private async Task<ArchiveSight> AskAsync(HttpMethod method, Uri url, Action<HttpRequestMessage>? prepare, CancellationToken cancellationToken)
    {
        var (answer, problem) = await _requests.SendAsync(method, url, prepare, onProgress: null, cancellationToken);
        using (answer)
        {
            return answer is null ? new ArchiveSight.Refused(problem) : Read(answer);
        }
    }

    private ArchiveSight Read(HttpResponseMessage answer)
    {
        var headers = answer.Content.Headers;
        var size = answer.StatusCode == HttpStatusCode.PartialContent ? headers.ContentRange?.Length : headers.ContentLength;
        return answer.StatusCode switch
        {
            HttpStatusCode.OK or HttpStatusCode.PartialContent when size > limits.MaxBytes =>
                new ArchiveSight.Refused($"The file is larger than {limits.MaxBytes} bytes."),
            HttpStatusCode.OK or HttpStatusCode.PartialContent => new ArchiveSight.There(size),
            // An empty file has no first byte.
            HttpStatusCode.RequestedRangeNotSatisfiable => new ArchiveSight.Refused("The file is empty (zero bytes)."),
            HttpStatusCode.NotFound or HttpStatusCode.Gone => new ArchiveSight.Missing(),
            var status => new ArchiveSight.Unknown($"{(int)status} {status}"),
        };
    }
}
