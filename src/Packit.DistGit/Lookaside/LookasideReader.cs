using System.Net;
using Packit.Http;

namespace Packit.DistGit;

/// <summary>What anybody may ask the lookaside cache of dist-git: where a file is, and whether it is there.</summary>
/// <param name="download">A client for reading (<see cref="LookasideClients.Download"/>).</param>
/// <param name="options">Addresses.</param>
public sealed class LookasideReader(HttpClient download, LookasideOptions options)
{
    internal const string Service = "lookaside cache";

    /// <summary>Where a file can be read.</summary>
    /// <exception cref="ArgumentException">The package or file name may not go to the cache.</exception>
    public Uri UrlOf(string package, SourceEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var file = Uri.EscapeDataString(Checked(entry.FileName));
        return new Uri(
            $"{options.DownloadUrl.AbsoluteUri.TrimEnd('/')}/{Name(package)}/{file}/{entry.HashType.ToLowerInvariant()}/{entry.Hash}/{file}");
    }

    /// <summary>Asks anonymously whether a file can be read (HEAD of its address).</summary>
    /// <exception cref="RemoteException">The cache could not be reached, or answered neither 200 nor 404.</exception>
    public async Task<bool> ExistsAsync(string package, SourceEntry entry, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, UrlOf(package, entry));
        using var answer = await SendAsync(download, request, $"Looking for {entry.FileName}", cancellationToken);
        return answer.StatusCode switch
        {
            HttpStatusCode.OK => true,
            HttpStatusCode.NotFound => false,
            var status => throw new RemoteException(Service, RemoteException.Classify(status), $"Looking for {entry.FileName}: the lookaside cache answered {(int)status}.") { Status = status },
        };
    }

    internal static async Task<HttpResponseMessage> SendAsync(
        HttpClient client, HttpRequestMessage request, string what, CancellationToken cancellationToken)
    {
        try
        {
            return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (HttpRequestException failed)
        {
            throw new RemoteException(Service, RemoteFailure.Unreachable, $"{what}: the lookaside cache cannot be reached ({failed.HttpRequestError}).", failed);
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw new RemoteException(Service, RemoteFailure.Timeout, $"{what}: the lookaside cache did not answer in time.", late);
        }
    }

    internal string Name(string package) => options.Namespace.Length == 0 ? Checked(package) : $"{options.Namespace}/{Checked(package)}";

    internal static string Checked(string name) => LookasideName.IsValid(name)
        ? name
        : throw new ArgumentException(
            $"'{GitName.Clip(name)}' cannot be stored in the lookaside cache: only ASCII letters, digits and ._+~^- may stand in a name.", nameof(name));
}
