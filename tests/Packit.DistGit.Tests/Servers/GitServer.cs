using System.Diagnostics;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Packit.DistGit.Tests.Servers;

/// <summary>A git server over http: runs <c>git http-backend</c> as a CGI program over bare repositories in a temporary folder.</summary>
public sealed class GitServer : IAsyncDisposable
{
    private readonly List<string> _requests = [];
    private Loopback _web = null!;

    private GitServer(string folder) => Folder = folder;

    public string Folder { get; }

    /// <summary><c>user:password</c> that every request must carry; null for an open server.</summary>
    public string? Login { get; set; }

    /// <summary>Answers this status instead of serving, when set.</summary>
    public int? Status { get; set; }

    /// <summary>While set, requests wait for it.</summary>
    public TaskCompletionSource? Stall { get; set; }

    /// <summary>Released once for each request that waits.</summary>
    public SemaphoreSlim Stalled { get; } = new(0);

    public IReadOnlyList<string> Requests
    {
        get
        {
            lock (_requests)
            {
                return [.. _requests];
            }
        }
    }

    public static async Task<GitServer> StartAsync()
    {
        var server = new GitServer(Directory.CreateTempSubdirectory("packit-git-").FullName);
        server._web = await Loopback.StartAsync(server.ServeAsync);
        return server;
    }

    public GitRemote Remote(string name, GitCredentials? credentials = null) => new(new Uri(_web.Url, name + ".git"), credentials);

    /// <summary>Makes a bare repository that allows what the forges allow.</summary>
    public TestRepository Create(string name)
    {
        var path = Path.Combine(Folder, name + ".git");
        TestGit.Run(Folder, "init", "--quiet", "--bare", "--initial-branch=rawhide", path);
        File.AppendAllText(
            Path.Combine(path, "config"),
            "[http]\n\treceivepack = true\n[uploadpack]\n\tallowFilter = true\n\tallowAnySHA1InWant = true\n[receive]\n\tfsckObjects = true\n");
        return new TestRepository(path);
    }

    public async ValueTask DisposeAsync()
    {
        Stall?.TrySetResult();
        await _web.DisposeAsync();
        Stalled.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private async Task ServeAsync(HttpContext context)
    {
        lock (_requests)
        {
            _requests.Add($"{context.Request.Method} {context.Request.Path}{context.Request.QueryString}");
        }

        if (Stall is { } stall)
        {
            Stalled.Release();
            await stall.Task.WaitAsync(context.RequestAborted);
        }

        if (Login is { } login && context.Request.Headers.Authorization != "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(login)))
        {
            context.Response.StatusCode = 401;
            context.Response.Headers.WWWAuthenticate = "Basic realm=\"git\"";
            return;
        }

        if (Status is { } status)
        {
            context.Response.StatusCode = status;
            context.Response.Headers.Location = status is >= 300 and < 400 ? "http://127.0.0.1:1/elsewhere" : default;
            return;
        }

        await RunBackendAsync(context);
    }

    private async Task RunBackendAsync(HttpContext context)
    {
        var request = context.Request;
        var start = new ProcessStartInfo("git")
        {
            ArgumentList = { "http-backend" },
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment["GIT_PROJECT_ROOT"] = Folder;
        start.Environment["GIT_HTTP_EXPORT_ALL"] = "1";
        start.Environment["REQUEST_METHOD"] = request.Method;
        start.Environment["PATH_INFO"] = request.Path;
        start.Environment["QUERY_STRING"] = request.QueryString.Value?.TrimStart('?');
        start.Environment["CONTENT_TYPE"] = request.ContentType;
        start.Environment["REMOTE_USER"] = "packit";
        start.Environment["REMOTE_ADDR"] = "127.0.0.1";
        start.Environment["HTTP_CONTENT_ENCODING"] = request.Headers.ContentEncoding;
        start.Environment["GIT_PROTOCOL"] = request.Headers["Git-Protocol"];
        if (request.ContentLength is { } length)
        {
            start.Environment["CONTENT_LENGTH"] = length.ToString();
        }

        using var backend = Process.Start(start)!;
        try
        {
            var sending = Task.Run(async () =>
            {
                await request.Body.CopyToAsync(backend.StandardInput.BaseStream, context.RequestAborted);
                backend.StandardInput.Close();
            });
            await AnswerAsync(context, backend.StandardOutput.BaseStream);
            await sending;
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException)
        {
            // The client went away, as some tests mean it to.
        }
        finally
        {
            backend.Kill(entireProcessTree: true);
        }
    }

    private static async Task AnswerAsync(HttpContext context, Stream output)
    {
        var header = new List<byte>();
        var one = new byte[1];
        while (!(header.Count >= 4 && header[^1] == '\n' && header[^2] == '\r' && header[^3] == '\n'))
        {
            if (await output.ReadAsync(one, context.RequestAborted) == 0)
            {
                throw new IOException("The backend gave no answer.");
            }

            header.Add(one[0]);
        }

        foreach (var line in Encoding.ASCII.GetString([.. header]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = line.Split(": ", 2);
            if (parts[0] == "Status")
            {
                context.Response.StatusCode = int.Parse(parts[1].Split(' ')[0]);
            }
            else
            {
                context.Response.Headers[parts[0]] = parts[1];
            }
        }

        await output.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}
