using System.Net.Sockets;
using System.Security.Cryptography;
using Packit.Http;

namespace Packit.DistGit;

/// <summary>
/// Downloads archives from addresses that others chose: each address is checked before the request and at the moment of connecting,
/// redirects included; the body goes to disk while it is hashed; size and time are limited; nothing of an error page is shown.
/// </summary>
/// <param name="client">A client guarded by the same policy (<see cref="Client"/>).</param>
/// <param name="guard">Checks addresses.</param>
/// <param name="limits">Limits.</param>
/// <param name="time">The clock of the time limits.</param>
public sealed class ArchiveDownloader(HttpClient client, EgressGuard guard, ArchiveLimits limits, TimeProvider time)
{
    private readonly GuardedRequests _requests = new(client, guard);

    /// <summary>Makes a client for a downloader.</summary>
    public static HttpClient Client(EgressPolicy policy, string userAgent, TimeProvider time) => HttpClients.Create(
        new HttpClientSettings { UserAgent = userAgent, Egress = policy, Retries = 1, Timeout = Timeout.InfiniteTimeSpan }, time);

    /// <summary>Fetches an archive.</summary>
    /// <param name="url">Where it is said to be.</param>
    /// <param name="path">Where it is put; unless <see cref="ArchiveDownload.Fetched"/> is returned, nothing stays there.</param>
    /// <param name="cancellationToken">Ends the download.</param>
    /// <returns>The file with its hash, or why there is none.</returns>
    public async Task<ArchiveDownload> FetchAsync(Uri url, string path, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(url);
        using var total = new CancellationTokenSource(limits.TotalTime, time);
        using var idle = new CancellationTokenSource(limits.IdleTime, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, total.Token, idle.Token);
        var part = path + ".part";
        try
        {
            var (answer, problem) = await _requests.SendAsync(
                HttpMethod.Get, url, prepare: null, () => idle.CancelAfter(limits.IdleTime), stop.Token);
            using (answer)
            {
                return answer is null
                    ? new ArchiveDownload.Refused(Text(url, problem))
                    : await SaveAsync(url, answer, part, path, () => idle.CancelAfter(limits.IdleTime), stop.Token);
            }
        }
        catch (EgressDeniedException denied)
        {
            return new ArchiveDownload.Refused(Text(url, denied.Message));
        }
        catch (HttpRequestException failed) when (failed.InnerException is EgressDeniedException denied)
        {
            return new ArchiveDownload.Refused(Text(url, denied.Message));
        }
        catch (HttpRequestException failed)
        {
            return new ArchiveDownload.NotThere(null, Text(url, $"The host cannot be reached ({failed.HttpRequestError})."));
        }
        catch (IOException cut) when (cut is HttpIOException || cut.InnerException is SocketException)
        {
            return new ArchiveDownload.NotThere(null, Text(url, "The connection was cut before the end of the file."));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ArchiveDownload.NotThere(null, Text(url, total.IsCancellationRequested
                ? $"The download took longer than {limits.TotalTime.TotalSeconds:0.#} seconds."
                : $"Nothing arrived for {limits.IdleTime.TotalSeconds:0.#} seconds."));
        }
        finally
        {
            File.Delete(part);
        }
    }

    private async Task<ArchiveDownload> SaveAsync(
        Uri url, HttpResponseMessage answer, string part, string path, Action onProgress, CancellationToken cancellationToken)
    {
        if (!answer.IsSuccessStatusCode)
        {
            return new ArchiveDownload.NotThere(
                answer.StatusCode,
                Text(url, $"{(int)answer.StatusCode} {answer.StatusCode}"),
                RetryAfterHeader.Read(answer.Headers));
        }

        if (answer.Content.Headers.ContentLength > limits.MaxBytes)
        {
            return TooLarge(url);
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA512);
        long? size;
        await using (var file = new FileStream(part, FileMode.Create, FileAccess.Write, FileShare.None, 1, FileOptions.Asynchronous))
        await using (var body = await answer.Content.ReadAsStreamAsync(cancellationToken))
        {
            size = await HashedCopy.RunAsync(body, file, hash, limits.MaxBytes, cancellationToken, onProgress);
        }

        switch (size)
        {
            case null:
                return TooLarge(url);
            case 0:
                return new ArchiveDownload.Refused(Text(url, "The file is empty (zero bytes)."));
            default:
                if (answer.Content.Headers.LastModified is { } modified)
                {
                    File.SetLastWriteTimeUtc(part, modified.UtcDateTime);
                }

                File.Move(part, path, overwrite: true);
                return new ArchiveDownload.Fetched(path, size.Value, Convert.ToHexStringLower(hash.GetHashAndReset()));
        }
    }

    private ArchiveDownload.Refused TooLarge(Uri url) => new(Text(url, $"The file is larger than {limits.MaxBytes} bytes."));

    // Packit: text of the failure that the retries of propose-downstream react to; shown in checks and issues.
    private static string Text(Uri url, string error)
    {
        var shown = url.IsAbsoluteUri ? url.GetComponents(UriComponents.AbsoluteUri & ~UriComponents.UserInfo, UriFormat.UriEscaped) : url.OriginalString;
        return $"Failed to download source from {shown}:\n{error}";
    }
}
