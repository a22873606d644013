using System.Text;
using System.Text.Json.Nodes;
using Packit.Sandbox.Git;

namespace Packit.Sandbox.GitHub;

/// <summary>Files and folders at a ref.</summary>
internal static class ContentEndpoints
{
    private const long LargestInJson = 1024 * 1024;
    private const long LargestRaw = 100L * 1024 * 1024;
    private const int LargestFolder = 1000;
    private const int LineLength = 60;

    public static void Map(GitHubApiRoutes api) => api.OfRepository("GET", "/contents/{**path}", "contents", ShowAsync);

    private static async Task<GitHubReply> ShowAsync(GitHubCall call)
    {
        string path = call.Part("path").Trim('/');
        string reference = call.Query("ref") ?? call.Repository.DefaultBranch;
        string sha = await GitDataEndpoints.ResolveAsync(call, reference) ?? throw GitHubRefusal.NotFound("No commit found for the ref " + reference);
        if (path.Length == 0)
        {
            return await FolderAsync(call, sha, path, reference);
        }

        var entry = await call.Git.FindAsync(sha, path, call.Aborted) ?? throw GitHubRefusal.NotFound();
        if (entry.Type == "tree")
        {
            return await FolderAsync(call, sha, path, reference);
        }

        if (entry.IsLink)
        {
            return await LinkAsync(call, sha, entry, reference);
        }

        return entry.Type == "blob" ? await FileAsync(call, entry, reference) : GitHubReply.Json(Shape(call, entry, "submodule", reference));
    }

    /// <summary>A link to a file of the repository is followed, any other is shown.</summary>
    private static async Task<GitHubReply> LinkAsync(GitHubCall call, string sha, TreeEntry link, string reference)
    {
        string target = Encoding.UTF8.GetString(await call.Git.ReadObjectAsync("blob", link.Sha, call.Aborted) ?? []);
        string folder = link.Path[..^link.Name.Length];
        string resolved = Path.GetRelativePath("/root", Path.GetFullPath(Path.Combine("/root/" + folder, target)));
        if (!resolved.StartsWith("..", StringComparison.Ordinal) && await call.Git.FindAsync(sha, resolved, call.Aborted) is { Type: "blob", IsLink: false } file)
        {
            return await FileAsync(call, file with { Path = link.Path }, reference);
        }

        var json = Shape(call, link, "symlink", reference);
        json["target"] = target;
        return GitHubReply.Json(json);
    }

    private static async Task<GitHubReply> FileAsync(GitHubCall call, TreeEntry entry, string reference)
    {
        if (entry.Size > LargestRaw)
        {
            throw new GitHubRefusal(403, "This API returns blobs up to 100 MB in size. The requested blob is too large to fetch via the API, but you can always clone the repository via Git in order to obtain it.");
        }

        if (call.Asks("raw"))
        {
            byte[] raw = await call.Git.ReadObjectAsync("blob", entry.Sha, call.Aborted) ?? throw GitHubRefusal.NotFound();
            return new GitHubReply(200, raw, "application/vnd.github.raw+json; charset=utf-8");
        }

        var json = Shape(call, entry, "file", reference);
        bool inline = entry.Size <= LargestInJson;
        json["content"] = inline ? Encode(await call.Git.ReadObjectAsync("blob", entry.Sha, call.Aborted) ?? []) : "";
        json["encoding"] = inline ? "base64" : "none";
        return GitHubReply.Json(json);
    }

    /// <summary>Base64 in lines, as GitHub breaks them.</summary>
    private static string Encode(byte[] bytes)
    {
        string text = Convert.ToBase64String(bytes);
        var lines = new StringBuilder(text.Length + (text.Length / LineLength) + 1);
        for (int i = 0; i < text.Length; i += LineLength)
        {
            lines.Append(text, i, Math.Min(LineLength, text.Length - i)).Append('\n');
        }

        return lines.ToString();
    }

    private static async Task<GitHubReply> FolderAsync(GitHubCall call, string sha, string path, string reference)
    {
        var entries = await call.Git.ListAsync(sha, path, recursive: false, call.Aborted) ?? [];
        return GitHubReply.Json(new JsonArray([.. entries.Take(LargestFolder).Select(entry => Shape(
            call,
            path.Length == 0 ? entry : entry with { Path = path + "/" + entry.Path },
            entry.Type switch { "tree" => "dir", "commit" => "file", _ => entry.IsLink ? "symlink" : "file" },
            reference))]));
    }

    private static JsonObject Shape(GitHubCall call, TreeEntry entry, string type, string reference)
    {
        string path = string.Join('/', entry.Path.Split('/').Select(Uri.EscapeDataString));
        return new JsonObject
        {
            ["type"] = type,
            ["size"] = entry.Size ?? 0,
            ["name"] = entry.Name,
            ["path"] = entry.Path,
            ["sha"] = entry.Sha,
            ["url"] = call.Json.ApiUrl(call.Repository, $"contents/{path}?ref={Uri.EscapeDataString(reference)}"),
            ["html_url"] = call.Json.WebUrl(call.Repository, $"/blob/{reference}/{path}"),
            ["git_url"] = call.Json.ApiUrl(call.Repository, "git/blobs/" + entry.Sha),
            ["download_url"] = type == "dir" ? null : call.Json.WebUrl(call.Repository, $"/raw/{reference}/{path}"),
        };
    }
}
