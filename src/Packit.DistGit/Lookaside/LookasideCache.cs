using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Packit.Http;

namespace Packit.DistGit;

/// <summary>How an upload ended; both mean that the file is in the cache.</summary>
public enum LookasideUpload
{
    Stored,
    AlreadyThere,
}

/// <summary>
/// The lookaside cache of dist-git: archives under their name and hash, never changed once they are there
/// (upload.cgi of dist-git; client side as in rpkg).
/// </summary>
/// <param name="upload">A client that authenticates (<see cref="LookasideClients.Upload"/>); it must not repeat POST requests.</param>
/// <param name="download">A client for reading.</param>
/// <param name="options">Addresses.</param>
public sealed class LookasideCache(HttpClient upload, HttpClient download, LookasideOptions options)
{
    private const int AnswerCap = 16 * 1024;
    private const long AskFirstFrom = 1 << 20;

    private readonly LookasideReader _reader = new(download, options);

    /// <summary>Where a file can be read.</summary>
    /// <exception cref="ArgumentException">The package or file name may not go to the cache.</exception>
    public Uri UrlOf(string package, SourceEntry entry) => _reader.UrlOf(package, entry);

    /// <summary>Asks whether a file is in the cache, by the authenticated check call.</summary>
    /// <param name="package">The package, without namespace.</param>
    /// <param name="fileName">The file's name.</param>
    /// <param name="sha512">Its hash, hexadecimal, lower case.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="RemoteException">The cache refused, or could not be reached.</exception>
    public async Task<bool> CheckAsync(string package, string fileName, string sha512, CancellationToken cancellationToken)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent(_reader.Name(package)), "name" },
            { new StringContent(sha512), "sha512sum" },
            { new StringContent(LookasideReader.Checked(fileName)), "filename" },
        };
        return await PostAsync(form, $"Asking for {fileName}", cancellationToken) switch
        {
            "Available" => true,
            "Missing" => false,
            var other => throw Odd($"Asking for {fileName}", other),
        };
    }

    /// <summary>Uploads a file; its time of change goes with it.</summary>
    /// <param name="package">The package, without namespace.</param>
    /// <param name="path">The file; its name is the name in the cache.</param>
    /// <param name="sha512">Its hash, hexadecimal, lower case; the cache checks it.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="RemoteException">
    /// The cache refused, or could not be reached. After a lost answer <see cref="CheckAsync"/> tells whether the file was stored.
    /// </exception>
    public async Task<LookasideUpload> UploadAsync(string package, string path, string sha512, CancellationToken cancellationToken)
    {
        var fileName = LookasideReader.Checked(Path.GetFileName(path));
        var changed = new DateTimeOffset(File.GetLastWriteTimeUtc(path)).ToUnixTimeSeconds();
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 64 * 1024, FileOptions.Asynchronous);
        using var form = new MultipartFormDataContent
        {
            { new StringContent(_reader.Name(package)), "name" },
            { new StringContent(sha512), "sha512sum" },
            { new StringContent(changed.ToString(CultureInfo.InvariantCulture)), "mtime" },
            { new StreamContent(file, 64 * 1024), "file", fileName },
        };
        var answer = await PostAsync(form, $"Uploading {fileName}", cancellationToken, askFirst: file.Length >= AskFirstFrom);
        var first = answer.Split('\n')[0];
        return first.StartsWith($"File {fileName} size ", StringComparison.Ordinal) && first.EndsWith(" stored OK", StringComparison.Ordinal) ? LookasideUpload.Stored
            : first == $"File {fileName} already exists" ? LookasideUpload.AlreadyThere
            : throw Odd($"Uploading {fileName}", answer);
    }

    /// <summary>Asks anonymously whether a file can be read (HEAD of its address).</summary>
    /// <exception cref="RemoteException">The cache could not be reached, or answered neither 200 nor 404.</exception>
    public Task<bool> ExistsAsync(string package, SourceEntry entry, CancellationToken cancellationToken) =>
        _reader.ExistsAsync(package, entry, cancellationToken);

    /// <summary>Reads a file back and compares its hash: proof that the cache serves what was uploaded.</summary>
    /// <returns>False when the file is not there or has another content.</returns>
    /// <exception cref="RemoteException">The cache could not be reached, or answered neither 200 nor 404.</exception>
    public Task<bool> ReadBackAsync(string package, SourceEntry entry, CancellationToken cancellationToken) =>
        CopyAsync(package, entry, Stream.Null, cancellationToken);

    /// <summary>Downloads a file and checks its hash.</summary>
    /// <param name="package">The package, without namespace.</param>
    /// <param name="entry">The file.</param>
    /// <param name="path">Where it is put; nothing stays there when it fails.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="RemoteException">It is not there, has another content, or could not be read.</exception>
    public async Task DownloadAsync(string package, SourceEntry entry, string path, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var good = false;
        try
        {
            await using (var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 64 * 1024, FileOptions.Asynchronous))
            {
                good = await CopyAsync(package, entry, file, cancellationToken);
            }

            if (!good)
            {
                throw new RemoteException(LookasideReader.Service, RemoteFailure.NotFound, $"{entry.FileName} with the {entry.HashType} of the file 'sources' is not in the lookaside cache.");
            }
        }
        finally
        {
            if (!good)
            {
                File.Delete(path);
            }
        }
    }

    private async Task<bool> CopyAsync(string package, SourceEntry entry, Stream target, CancellationToken cancellationToken)
    {
        var what = $"Reading {entry.FileName}";
        using var request = new HttpRequestMessage(HttpMethod.Get, UrlOf(package, entry));
        using var answer = await LookasideReader.SendAsync(download, request, what, cancellationToken);
        if (answer.StatusCode != HttpStatusCode.OK)
        {
            return answer.StatusCode == HttpStatusCode.NotFound ? false : throw new RemoteException(
                LookasideReader.Service, RemoteException.Classify(answer.StatusCode), $"{what}: the lookaside cache answered {(int)answer.StatusCode}.") { Status = answer.StatusCode };
        }

        try
        {
            using var hash = IncrementalHash.CreateHash(new HashAlgorithmName(entry.HashType));
            await using var body = await answer.Content.ReadAsStreamAsync(cancellationToken);
            var size = await HashedCopy.RunAsync(body, target, hash, options.MaxBytes, cancellationToken);
            return size is not null && Convert.ToHexStringLower(hash.GetHashAndReset()) == entry.Hash;
        }
        catch (Exception cut) when (cut is IOException or HttpRequestException)
        {
            throw new RemoteException(LookasideReader.Service, RemoteFailure.Unreachable, $"{what}: the connection to the lookaside cache was cut.", cut);
        }
    }

    private async Task<string> PostAsync(HttpContent form, string what, CancellationToken cancellationToken, bool askFirst = false)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, options.UploadUrl) { Content = form };
        // A large body is sent only after the cache has let us in.
        request.Headers.ExpectContinue = askFirst;
        using var answer = await LookasideReader.SendAsync(upload, request, what, cancellationToken);
        byte[]? body;
        try
        {
            await using var stream = await answer.Content.ReadAsStreamAsync(cancellationToken);
            body = await BodyReader.ReadAsync(stream, AnswerCap, cancellationToken);
        }
        catch (Exception cut) when (cut is IOException or HttpRequestException)
        {
            throw new RemoteException(LookasideReader.Service, RemoteFailure.Unreachable, $"{what}: the answer of the lookaside cache was cut.", cut);
        }

        var text = body is null ? "" : Encoding.UTF8.GetString(body).Trim();
        return answer.StatusCode == HttpStatusCode.OK ? text : throw Refusal(what, answer.StatusCode, text);
    }

    private RemoteException Refusal(string what, HttpStatusCode status, string text)
    {
        var reason = status switch
        {
            HttpStatusCode.Unauthorized => "the request is not authorized; check the keytab or certificate of the service",
            HttpStatusCode.Forbidden => $"the account may not upload; it must be in the group 'packager' ({GitErrors.Clean(text)})",
            _ when text.Length > 0 && !text.StartsWith('<') => GitErrors.Clean(text),
            _ => "no reason was given",
        };
        return new RemoteException(LookasideReader.Service, RemoteException.Classify(status), $"{what}: {options.UploadUrl.Host} answered {(int)status}: {reason}.") { Status = status };
    }

    private static RemoteException Odd(string what, string answer) =>
        new(LookasideReader.Service, RemoteFailure.Unexpected, $"{what}: the lookaside cache gave an answer that is not understood: {GitErrors.Clean(answer)}");
}
