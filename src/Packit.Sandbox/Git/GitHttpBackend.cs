using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Packit.Sandbox.Git;

/// <summary>Serves git's smart HTTP through <c>git http-backend</c>, one process for each request (git-http-backend(1), CGI).</summary>
internal static class GitHttpBackend
{
    private const int HeadLimit = 8192;

    /// <summary>Hands the request over.</summary>
    /// <param name="repository">The bare repository.</param>
    /// <param name="service">The path after the repository, such as <c>info/refs</c> or <c>git-upload-pack</c>.</param>
    /// <param name="user">The user who was let in, or null.</param>
    /// <param name="configuration">Settings of git for this request.</param>
    /// <param name="environment">Variables for the hooks.</param>
    /// <param name="ct">Ends git at once.</param>
    public static async Task ServeAsync(
        HttpContext http, BareRepository repository, string service, string? user,
        IReadOnlyList<KeyValuePair<string, string>> configuration, IReadOnlyList<KeyValuePair<string, string>> environment, CancellationToken ct)
    {
        using var process = GitProgram.Start(repository.Folder, ["http-backend"], Variables(http.Request, repository, service, user, configuration, environment));
        try
        {
            var errors = process.StandardError.ReadToEndAsync(ct);
            var sending = SendAsync(http.Request, process);
            await AnswerAsync(http.Response, process.StandardOutput.BaseStream, ct);
            await sending;
            await process.WaitForExitAsync(ct);
            await errors;
        }
        catch
        {
            GitProgram.Kill(process);
            throw;
        }
    }

    private static List<KeyValuePair<string, string>> Variables(
        HttpRequest request, BareRepository repository, string service, string? user,
        IReadOnlyList<KeyValuePair<string, string>> configuration, IReadOnlyList<KeyValuePair<string, string>> environment)
    {
        List<KeyValuePair<string, string>> all =
        [
            new("GIT_PROJECT_ROOT", repository.Folder),
            new("GIT_HTTP_EXPORT_ALL", "1"),
            new("PATH_INFO", "/" + service),
            new("QUERY_STRING", request.QueryString.Value?.TrimStart('?') ?? ""),
            new("REQUEST_METHOD", request.Method),
            new("CONTENT_TYPE", request.ContentType ?? ""),
            new("REMOTE_ADDR", "127.0.0.1"),
            new("GIT_CONFIG_COUNT", configuration.Count.ToString(CultureInfo.InvariantCulture)),
            .. environment,
        ];
        if (request.ContentLength is { } length)
        {
            all.Add(new("CONTENT_LENGTH", length.ToString(CultureInfo.InvariantCulture)));
        }

        if (user is not null)
        {
            all.Add(new("REMOTE_USER", user));
        }

        if (request.Headers.ContentEncoding is [{ } encoding])
        {
            all.Add(new("HTTP_CONTENT_ENCODING", encoding));
        }

        // Version 2 of the protocol is asked for by this header (gitprotocol-http(5)).
        if (request.Headers["Git-Protocol"] is [{ } protocol])
        {
            all.Add(new("GIT_PROTOCOL", protocol));
        }

        for (int i = 0; i < configuration.Count; i++)
        {
            all.Add(new($"GIT_CONFIG_KEY_{i}", configuration[i].Key));
            all.Add(new($"GIT_CONFIG_VALUE_{i}", configuration[i].Value));
        }

        return all;
    }

    private static async Task SendAsync(HttpRequest request, Process process)
    {
        try
        {
            await request.Body.CopyToAsync(process.StandardInput.BaseStream, request.HttpContext.RequestAborted);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            // git closed its side early, for instance after a refusal, and its answer tells why; or the client is gone, and git sees the end of the input.
        }

        try
        {
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // What was not written yet finds nobody who reads it.
        }
    }

    private static async Task AnswerAsync(HttpResponse response, Stream output, CancellationToken ct)
    {
        byte[] buffer = new byte[32 * 1024];
        int filled = 0;
        int headEnd;
        while ((headEnd = buffer.AsSpan(0, filled).IndexOf("\r\n\r\n"u8)) < 0)
        {
            int read = filled < HeadLimit ? await output.ReadAsync(buffer.AsMemory(filled), ct) : 0;
            if (read == 0)
            {
                throw new InvalidOperationException("git http-backend answered without a head: " + Encoding.UTF8.GetString(buffer, 0, filled));
            }

            filled += read;
        }

        foreach (string line in Encoding.ASCII.GetString(buffer, 0, headEnd).Split("\r\n"))
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            string name = line[..colon];
            string value = line[(colon + 1)..].Trim();
            if (name == "Status")
            {
                response.StatusCode = int.Parse(value.AsSpan(0, 3), CultureInfo.InvariantCulture);
            }
            else
            {
                response.Headers[name] = value;
            }
        }

        await response.Body.WriteAsync(buffer.AsMemory(headEnd + 4, filled - headEnd - 4), ct);
        await output.CopyToAsync(response.Body, ct);
    }
}
