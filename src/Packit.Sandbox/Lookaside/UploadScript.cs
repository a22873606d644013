using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Packit.Sandbox.Lookaside;

/// <summary>dist-git's <c>upload.cgi</c>: the same order of checks, the same texts and codes.</summary>
internal static class UploadScript
{
    private const string CacheRoot = "/srv/cache/lookaside/pkgs/";

    public static async Task RunAsync(HttpContext http, LookasideStandIn lookaside)
    {
        if (lookaside.Login == LookasideLogin.Token && http.Request.Headers.Authorization != "Bearer " + lookaside.Token)
        {
            await AskForLoginAsync(http);
            return;
        }

        if (!http.Request.HasFormContentType)
        {
            await FailAsync(http, 400, "Required field \"name\" is not present.");
            return;
        }

        http.Features.Set<IFormFeature>(new FormFeature(http.Request, new FormOptions { MultipartBodyLengthLimit = long.MaxValue }));
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (Missing(form, "name") is { } nameTrouble)
        {
            await FailAsync(http, 400, nameTrouble);
            return;
        }

        string given = form["name"].ToString().Trim();
        string package = given.Contains('/', StringComparison.Ordinal) ? given : "rpms/" + given;
        string? hashType = form.ContainsKey("sha512sum") ? "sha512" : form.ContainsKey("md5sum") ? "md5" : null;
        if (hashType is null)
        {
            await FailAsync(http, 400, "Required checksum is not present");
            return;
        }

        if (Missing(form, hashType + "sum") is { } sumTrouble)
        {
            await FailAsync(http, 400, sumTrouble);
            return;
        }

        string hash = form[hashType + "sum"].ToString().Trim();
        bool check = form.ContainsKey("filename");
        if (!check && form.Files.GetFile("file") is null)
        {
            await FailAsync(http, 400, form.ContainsKey("file") ? "No file given for upload. Aborting." : "Required field \"file\" is not present.");
            return;
        }

        string fileName = Path.GetFileName(check ? form["filename"].ToString() : form.Files["file"]!.FileName).Trim();
        if (fileName.Length == 0)
        {
            await FailAsync(http, 400, "No file given for upload. Aborting.");
        }
        else if (form.ContainsKey("mtime") && !long.TryParse(form["mtime"], CultureInfo.InvariantCulture, out _))
        {
            await FailAsync(http, 400, $"Invalid value sent for mtime \"{form["mtime"]}\". Aborting.");
        }
        else if (!lookaside.PackageExists(package))
        {
            await FailAsync(http, 404, $"Module \"{given}\" does not exist!");
        }
        else if (check)
        {
            await SayAsync(http, File.Exists(lookaside.FileOf(package, fileName, hashType, hash)) ? "Available" : "Missing");
        }
        else if (hashType == "md5")
        {
            await FailAsync(http, 406, "Uploads with md5 are no longer allowed.");
        }
        else
        {
            await StoreAsync(http, lookaside, package, fileName, hash, form.Files["file"]!);
        }
    }

    private static async Task StoreAsync(HttpContext http, LookasideStandIn lookaside, string package, string fileName, string hash, IFormFile upload)
    {
        string place = lookaside.FileOf(package, fileName, "sha512", hash);
        if (!Path.GetFullPath(place).StartsWith(lookaside.Folder + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            await FailAsync(http, 400, "Required checksum is not present");
            return;
        }

        if (File.Exists(place))
        {
            string shown = CacheRoot + Path.GetRelativePath(lookaside.Folder, place);
            await SayAsync(http, $"File {fileName} already exists\nFile: {shown} Size: {new FileInfo(place).Length}");
            return;
        }

        string temporary = Path.Combine(lookaside.Folder, $".upload-{Guid.NewGuid():N}");
        try
        {
            string received = await WriteAsync(upload, temporary, http.RequestAborted);
            if (received != hash)
            {
                await FailAsync(http, 400, $"SHA512 check failed. Received {received} instead of {hash}.");
                return;
            }

            Directory.CreateDirectory(Path.GetDirectoryName(place)!);
            File.Move(temporary, place, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }

        await SayAsync(http, $"File {fileName} size {upload.Length} SHA512 {hash} stored OK");
    }

    private static async Task<string> WriteAsync(IFormFile upload, string file, CancellationToken ct)
    {
        using var sum = IncrementalHash.CreateHash(HashAlgorithmName.SHA512);
        await using var input = upload.OpenReadStream();
        await using var output = File.Create(file);
        byte[] buffer = new byte[81920];
        int read;
        while ((read = await input.ReadAsync(buffer, ct)) > 0)
        {
            sum.AppendData(buffer, 0, read);
            await output.WriteAsync(buffer.AsMemory(0, read), ct);
        }

        return Convert.ToHexStringLower(sum.GetCurrentHash());
    }

    private static string? Missing(IFormCollection form, string field) =>
        !form.TryGetValue(field, out var values) || values.Count == 0 ? $"Required field \"{field}\" is not present."
        : values.Count > 1 ? $"Multiple values given for \"{field}\". Aborting."
        : null;

    private static Task AskForLoginAsync(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status401Unauthorized;
        http.Response.Headers.WWWAuthenticate = "Negotiate";
        http.Response.ContentType = "text/html; charset=iso-8859-1";
        return http.Response.WriteAsync("<html><head><title>401 Unauthorized</title></head><body><h1>Unauthorized</h1></body></html>\n", http.RequestAborted);
    }

    private static Task FailAsync(HttpContext http, int status, string text)
    {
        http.Response.StatusCode = status;
        return SayAsync(http, text);
    }

    /// <summary>The script prints lines, without telling the length before.</summary>
    private static Task SayAsync(HttpContext http, string text)
    {
        http.Response.ContentType = "text/plain";
        return http.Response.WriteAsync(text + "\n", http.RequestAborted);
    }
}
