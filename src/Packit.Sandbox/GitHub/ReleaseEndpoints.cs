namespace Packit.Sandbox.GitHub;

/// <summary>Releases and their assets. Drafts are seen by those who may write, and never found by their tag.</summary>
internal static class ReleaseEndpoints
{
    public static void Map(GitHubApiRoutes api)
    {
        api.OfRepository("GET", "/releases", "contents", List);
        api.OfRepository("GET", "/releases/latest", "contents", Latest);
        api.OfRepository("GET", "/releases/tags/{**tag}", "contents", ByTag);
        api.OfRepository("GET", "/releases/{id}", "contents", One);
        api.OfRepository("GET", "/releases/{id}/assets", "contents", Assets);
        api.OfRepository("GET", "/releases/assets/{asset}", "contents", Asset);
        api.OfRepository("GET", "/tarball/{**ref}", "contents", Tarball);
    }

    private static Task<GitHubReply> List(GitHubCall call)
    {
        lock (call.Gate)
        {
            Release[] found = [.. call.Repository.Releases
                .Where(release => !release.Draft || call.SeesDrafts())
                .OrderByDescending(release => release.CreatedAt).ThenByDescending(release => release.Id)];
            return Task.FromResult(call.Page(found, release => call.Json.Release(call.Repository, release)));
        }
    }

    /// <summary>The newest by the date of its commit, not by its version.</summary>
    private static Task<GitHubReply> Latest(GitHubCall call) => Answer(call, () => call.Repository.Releases
        .Where(release => release is { Draft: false, Prerelease: false })
        .OrderBy(release => release.CreatedAt).ThenBy(release => release.Id).LastOrDefault());

    private static Task<GitHubReply> ByTag(GitHubCall call) =>
        Answer(call, () => call.Repository.Releases.Find(release => !release.Draft && release.Tag == call.Part("tag")));

    private static Task<GitHubReply> One(GitHubCall call) =>
        Answer(call, () => call.Repository.Releases.Find(release => release.Id == call.Number("id") && (!release.Draft || call.SeesDrafts())));

    private static Task<GitHubReply> Assets(GitHubCall call)
    {
        lock (call.Gate)
        {
            var release = call.Repository.Releases.Find(known => known.Id == call.Number("id")) ?? throw GitHubRefusal.NotFound();
            return Task.FromResult(call.Page(release.Assets, asset => call.Json.Asset(call.Repository, release, asset)));
        }
    }

    private static Task<GitHubReply> Asset(GitHubCall call)
    {
        lock (call.Gate)
        {
            foreach (var release in call.Repository.Releases)
            {
                if (release.Assets.Find(known => known.Id == call.Number("asset")) is { } asset)
                {
                    return Task.FromResult(call.Http.Request.Headers.Accept == "application/octet-stream"
                        ? GitHubReply.Redirect(call.Json.WebUrl(call.Repository, $"/releases/download/{release.Tag}/{asset.Name}"))
                        : GitHubReply.Json(call.Json.Asset(call.Repository, release, asset)));
                }
            }

            throw GitHubRefusal.NotFound();
        }
    }

    private static Task<GitHubReply> Tarball(GitHubCall call) =>
        Task.FromResult(GitHubReply.Redirect(call.Json.WebUrl(call.Repository, $"/legacy.tar.gz/{call.Part("ref")}")));

    private static Task<GitHubReply> Answer(GitHubCall call, Func<Release?> find)
    {
        lock (call.Gate)
        {
            return find() is { } release ? GitHubReply.JsonTask(call.Json.Release(call.Repository, release)) : throw GitHubRefusal.NotFound();
        }
    }
}
