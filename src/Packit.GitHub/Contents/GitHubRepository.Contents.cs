using System.Net;
using System.Text.Json;
using Packit.Http;

namespace Packit.GitHub;

public sealed partial class GitHubRepository
{
    private const string ContentsRead = "contents: read";
    private const int PageSize = RepositorySession.PageLength;
    private const int MaxTagDepth = 5;

    /// <summary>The release of a tag. Drafts are not found, nor tags without a release.</summary>
    public async Task<GitHubRelease?> ReleaseByTagAsync(string tag, CancellationToken cancellationToken) =>
        UrlPath.Segment(tag) is { } segment
            ? await _session.FindAsync(
                Read($"{Root}/releases/tags/{segment}", $"reading release {RemoteText.Clean(tag)} of {Name}", ContentsRead),
                GitHubJson.Default.GitHubRelease, cancellationToken)
            : null;

    /// <summary>The newest release by the date of its commit, neither draft nor pre-release; null when there is none.</summary>
    public Task<GitHubRelease?> LatestReleaseAsync(CancellationToken cancellationToken) => _session.FindAsync(
        Read($"{Root}/releases/latest", $"reading the latest release of {Name}", ContentsRead),
        GitHubJson.Default.GitHubRelease, cancellationToken);

    /// <summary>The newest releases, pre-releases among them, newest first.</summary>
    public async Task<IReadOnlyList<GitHubRelease>> ReleasesAsync(int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        var request = Read($"{Root}/releases?per_page={Math.Min(limit, PageSize)}", $"listing the releases of {Name}", ContentsRead);
        return await _session.ListAsync(request, GitHubJson.Default.IReadOnlyListGitHubRelease, page => page, cancellationToken, Math.Min(limit, PageSize))
            .Take(limit).ToListAsync(cancellationToken);
    }

    /// <summary>Names of tags, in no order that says anything about their age.</summary>
    public async Task<IReadOnlyList<string>> TagsAsync(int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        var request = Read($"{Root}/tags?per_page={Math.Min(limit, PageSize)}", $"listing the tags of {Name}", ContentsRead);
        return await _session.ListAsync(request, GitHubJson.Default.IReadOnlyListGitTag, page => page, cancellationToken)
            .Select(tag => tag.Name).Take(limit).ToListAsync(cancellationToken);
    }

    /// <summary>The commit that a tag points to, through annotated tags.</summary>
    /// <returns>40 hex digits, or null when there is no such tag or it points to something that is no commit.</returns>
    public async Task<string?> CommitOfTagAsync(string tag, CancellationToken cancellationToken)
    {
        if (UrlPath.Segments(tag) is not { } path)
        {
            return null;
        }

        var doing = $"reading tag {RemoteText.Clean(tag)} of {Name}";
        var found = await _session.FindAsync(
            Read($"{Root}/git/ref/tags/{path}", doing, ContentsRead), GitHubJson.Default.GitReference, cancellationToken);
        for (var depth = 0; depth < MaxTagDepth && found is { Object: { Type: "tag" } annotated }; depth++)
        {
            found = await _session.FindAsync(
                Read($"{Root}/git/tags/{ObjectId(annotated.Sha, doing)}", doing, ContentsRead), GitHubJson.Default.GitReference, cancellationToken);
        }

        return found is { Object: { Type: "commit" } commit } ? ObjectId(commit.Sha, doing) : null;
    }

    /// <summary>The commit at the head of a branch; null when there is no such branch.</summary>
    public async Task<string?> CommitOfBranchAsync(string branch, CancellationToken cancellationToken)
    {
        if (UrlPath.Segments(branch) is not { } path)
        {
            return null;
        }

        var doing = $"reading branch {RemoteText.Clean(branch)} of {Name}";
        var found = await _session.FindAsync(
            Read($"{Root}/git/ref/heads/{path}", doing, ContentsRead), GitHubJson.Default.GitReference, cancellationToken);
        return found is { Object: { Type: "commit" } commit } ? ObjectId(commit.Sha, doing) : null;
    }

    /// <summary>The commit from which two commits went different ways; they may be of the repository or of its forks.</summary>
    /// <returns>Null when they have none in common, or one of them is not there.</returns>
    public async Task<string?> MergeBaseAsync(string first, string second, CancellationToken cancellationToken)
    {
        var doing = $"comparing {RemoteText.Clean(first)} and {RemoteText.Clean(second)} in {Name}";

        // The first page carries the differences of all files; any later one does not.
        var request = Read($"{Root}/compare/{ObjectId(first, doing)}...{ObjectId(second, doing)}?per_page=1&page=2", doing, ContentsRead);
        var found = await _session.FindAsync(request, GitHubJson.Default.GitComparison, cancellationToken);
        return found is null ? null : ObjectId(found.MergeBaseCommit.Sha, doing);
    }

    /// <summary>The bytes of a file. A symlink inside the repository is followed by GitHub.</summary>
    /// <param name="path">From the root of the repository, with slashes.</param>
    /// <param name="ref">A commit, a branch or a tag.</param>
    /// <param name="cap">The most bytes that are accepted.</param>
    /// <returns>Null when there is no such file at that ref: nothing, a directory or a submodule.</returns>
    /// <exception cref="RemoteException">The file is larger than <paramref name="cap"/>, or the call failed.</exception>
    public async Task<byte[]?> FileAsync(string path, string @ref, int cap, CancellationToken cancellationToken)
    {
        if (UrlPath.Segments(path) is not { } segments)
        {
            return null;
        }

        var request = Read(
            $"{Root}/contents/{segments}?ref={Uri.EscapeDataString(@ref)}",
            $"reading {RemoteText.Clean(path)} of {Name} at {RemoteText.Clean(@ref)}", ContentsRead);
        var raw = request with { Accept = "application/vnd.github.raw+json", Cap = cap };
        return await _session.FindAsync(raw, cancellationToken) switch
        {
            null => null,
            { MediaType: "application/json" } json => FileInJson(json.Body, request),
            var file => file.Body,
        };
    }

    /// <summary>What lies in the root of the repository at a commit, branch or tag; null when there is no such ref or the repository is empty.</summary>
    public async Task<IReadOnlyList<TreeEntry>?> TopLevelAsync(string @ref, CancellationToken cancellationToken) =>
        (await TreeAsync(@ref, recursive: false, cancellationToken))?.Entries;

    /// <summary>The tree at a commit, branch or tag; null when there is no such ref or the repository is empty.</summary>
    public async Task<GitTree?> TreeAsync(string @ref, bool recursive, CancellationToken cancellationToken)
    {
        if (UrlPath.Segment(@ref) is not { } segment)
        {
            return null;
        }

        var request = Read(
            $"{Root}/git/trees/{segment}{(recursive ? "?recursive=1" : "")}",
            $"listing the files of {Name} at {RemoteText.Clean(@ref)}", ContentsRead);
        try
        {
            return await _session.FindAsync(request, GitHubJson.Default.GitTree, cancellationToken);
        }
        catch (RemoteException empty) when (empty.Status == HttpStatusCode.Conflict)
        {
            return null;
        }
    }

    // Directories, submodules and symlinks that lead out come as JSON whatever form was asked for; so does a file from a server without the raw form.
    private static byte[]? FileInJson(byte[] body, GitHubRequest request)
    {
        if (body.AsSpan().TrimStart(" \t\r\n"u8).StartsWith("["u8))
        {
            return null;
        }

        var file = GitHubJson.Read(body, GitHubJson.Default.ContentFile, request);
        try
        {
            return file is { Type: "file", Encoding: "base64", Content: { } content } ? Convert.FromBase64String(content) : null;
        }
        catch (FormatException broken)
        {
            throw new RemoteException(GitHubWire.Service, RemoteFailure.Unexpected, $"GitHub sent broken base64 while {request.Doing}.", broken);
        }
    }

    private static string ObjectId(string sha, string doing) =>
        sha.Length is 40 or 64 && sha.All(char.IsAsciiHexDigitLower)
            ? sha
            : throw new RemoteException(GitHubWire.Service, RemoteFailure.Unexpected, $"GitHub sent something that is no object id while {doing}.");
}
