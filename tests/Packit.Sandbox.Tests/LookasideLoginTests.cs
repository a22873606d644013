using System.Net.Http.Headers;

namespace Packit.Sandbox.Tests;

public sealed class LookasideLoginTests : SandboxStory
{
    protected override WorldOptions Options => base.Options with { LookasideLogin = LookasideLogin.Token };

    [Fact]
    public async Task An_upload_without_a_login_is_asked_to_negotiate_and_a_download_is_not()
    {
        await World.CreatePackageAsync("hello", ["rawhide"], new FileSet { ["hello.spec"] = "Name: hello\n" }, ct: Ct);
        string hash = World.Lookaside.Put("hello", "hello-1.tar.gz", [1, 2, 3]);

        var stranger = await CheckAsync(hash, null);
        var known = await CheckAsync(hash, World.Lookaside.Token);

        Assert.Equal((401, "Negotiate"), (stranger.Status, stranger.Headers["WWW-Authenticate"]));
        Assert.Equal((200, "Available\n"), (known.Status, known.Text));
        Assert.Equal([1, 2, 3], await Http.GetByteArrayAsync($"{World.LookasideDownload}/rpms/hello/hello-1.tar.gz/sha512/{hash}/hello-1.tar.gz", Ct));
    }

    private async Task<Answer> CheckAsync(string hash, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, World.LookasideUpload);
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        request.Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["name"] = "rpms/hello", ["sha512sum"] = hash, ["filename"] = "hello-1.tar.gz" });
        return await SendAsync(request);
    }
}
