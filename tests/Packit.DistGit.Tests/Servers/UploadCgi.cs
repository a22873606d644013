using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace Packit.DistGit.Tests.Servers;

/// <summary>A lookaside cache with memory that answers as dist-git's upload.cgi does, and serves what it stored.</summary>
public sealed class UploadCgi : IAsyncDisposable
{
    private Loopback _web = null!;

    public IDictionary<string, byte[]> Stored { get; } = new Dictionary<string, byte[]>();

    /// <summary>Form fields of the last request, with the length that was announced.</summary>
    public IDictionary<string, string> LastForm { get; } = new Dictionary<string, string>();

    public long? LastLength { get; private set; }

    /// <summary>Decides before anything is read; returns whether the request may go on.</summary>
    public Func<HttpContext, Task<bool>> Gate { get; set; } = static _ => Task.FromResult(true);

    public Uri Url => _web.Url;

    public LookasideOptions Options => new()
    {
        UploadUrl = new Uri(Url, "repo/pkgs/upload.cgi"),
        DownloadUrl = new Uri(Url, "repo/pkgs"),
        Login = LookasideLogin.None,
    };

    public static async Task<UploadCgi> StartAsync()
    {
        var server = new UploadCgi();
        server._web = await Loopback.StartAsync(server.ServeAsync);
        return server;
    }

    public LookasideCache Client() => new(
        LookasideClients.Upload(Options, "packit-test", TimeProvider.System), LookasideClients.Download("packit-test", TimeProvider.System), Options);

    public ValueTask DisposeAsync() => _web.DisposeAsync();

    private async Task ServeAsync(HttpContext context)
    {
        if (!await Gate(context))
        {
            return;
        }

        if (context.Request.Method == "POST")
        {
            var (status, text) = await AnswerAsync(context.Request);
            context.Response.StatusCode = status;
            context.Response.ContentType = "text/plain";
            await context.Response.WriteAsync(text + "\n");
        }
        else if (Stored.TryGetValue(context.Request.Path.Value!["/repo/pkgs/".Length..], out var content))
        {
            context.Response.ContentLength = content.Length;
            await context.Response.Body.WriteAsync(content);
        }
        else
        {
            context.Response.StatusCode = 404;
        }
    }

    private async Task<(int Status, string Text)> AnswerAsync(HttpRequest request)
    {
        LastLength = request.ContentLength;
        var form = await request.ReadFormAsync();
        LastForm.Clear();
        foreach (var field in form)
        {
            LastForm[field.Key] = field.Value.ToString();
        }

        var (name, hash) = (form["name"].ToString(), form["sha512sum"].ToString());
        if (hash.Length == 0)
        {
            return form.ContainsKey("md5sum") ? (406, "Uploads with md5 are no longer allowed.") : (400, "Required checksum is not present");
        }

        if (name == "rpms/nope")
        {
            return (404, $"Module \"{name}\" does not exist!");
        }

        if (form["filename"].ToString() is { Length: > 0 } asked)
        {
            return (200, Stored.ContainsKey($"{name}/{asked}/sha512/{hash}/{asked}") ? "Available" : "Missing");
        }

        if (form.Files.GetFile("file") is not { } file)
        {
            return (400, "Required field \"file\" is not present.");
        }

        using var content = new MemoryStream();
        await file.CopyToAsync(content);
        var path = $"{name}/{file.FileName}/sha512/{hash}/{file.FileName}";
        var received = Convert.ToHexStringLower(SHA512.HashData(content.ToArray()));
        return Stored.ContainsKey(path) ? (200, $"File {file.FileName} already exists\nFile: /srv/cache/{path} Size: {content.Length}")
            : received != hash ? (400, $"SHA512 check failed. Received {received} instead of {hash}.")
            : Store(path, content.ToArray(), $"File {file.FileName} size {content.Length} SHA512 {hash} stored OK");
    }

    private (int Status, string Text) Store(string path, byte[] content, string text)
    {
        Stored[path] = content;
        return (200, text);
    }
}
