using System.Net;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Packit.DistGit.Tests.Servers;
using Packit.Http;

namespace Packit.DistGit.Tests;

public sealed class LookasideCacheTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("packit-lookaside-").FullName;
    private UploadCgi _server = null!;
    private LookasideCache _cache = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await UploadCgi.StartAsync();
        _cache = _server.Client();
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_file_is_missing_then_stored_then_available_and_reads_back()
    {
        var (path, hash) = Archive("ogr-1.1.tar.gz", 100_000);
        var entry = SourceEntry.Sha512("ogr-1.1.tar.gz", hash);
        Assert.False(await _cache.CheckAsync("python-ogr", "ogr-1.1.tar.gz", hash, Token));
        Assert.False(await _cache.ExistsAsync("python-ogr", entry, Token));
        Assert.False(await _cache.ReadBackAsync("python-ogr", entry, Token));

        Assert.Equal(LookasideUpload.Stored, await _cache.UploadAsync("python-ogr", path, hash, Token));
        Assert.Equal("rpms/python-ogr", _server.LastForm["name"]);
        Assert.Equal("1700000000", _server.LastForm["mtime"]);
        Assert.False(_server.LastForm.ContainsKey("filename"));
        Assert.True(_server.LastLength > 100_000);

        Assert.True(await _cache.CheckAsync("python-ogr", "ogr-1.1.tar.gz", hash, Token));
        Assert.True(await _cache.ExistsAsync("python-ogr", entry, Token));
        Assert.True(await _cache.ReadBackAsync("python-ogr", entry, Token));
        Assert.Equal(LookasideUpload.AlreadyThere, await _cache.UploadAsync("python-ogr", path, hash, Token));
    }

    [Fact]
    public async Task A_large_file_is_sent_once_and_only_after_the_server_let_us_in()
    {
        var (path, hash) = Archive("big.tar.gz", 5 << 20);
        var asked = "";
        _server.Gate = context =>
        {
            asked = context.Request.Headers.Expect.ToString();
            context.Response.StatusCode = 403;
            return Task.FromResult(asked.Length == 0);
        };
        var refused = await Assert.ThrowsAsync<RemoteException>(() => _cache.UploadAsync("hello", path, hash, Token));
        Assert.Equal("100-continue", asked);
        Assert.Equal(RemoteFailure.Forbidden, refused.Failure);

        _server.Gate = static _ => Task.FromResult(true);
        Assert.Equal(LookasideUpload.Stored, await _cache.UploadAsync("hello", path, hash, Token));
    }

    [Fact]
    public async Task A_wrong_hash_is_refused_with_the_words_of_the_server()
    {
        var (path, _) = Archive("a.tar.gz", 10);
        var refused = await Assert.ThrowsAsync<RemoteException>(() => _cache.UploadAsync("hello", path, new string('0', 128), Token));
        Assert.Equal(RemoteFailure.Invalid, refused.Failure);
        Assert.Contains("SHA512 check failed.", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_package_is_not_found()
    {
        var refused = await Assert.ThrowsAsync<RemoteException>(() => _cache.CheckAsync("nope", "a.tar.gz", new string('0', 128), Token));
        Assert.Equal(RemoteFailure.NotFound, refused.Failure);
        Assert.Contains("Module \"rpms/nope\" does not exist!", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(401, "<html>secret page</html>", RemoteFailure.Unauthorized, "keytab")]
    [InlineData(403, "You must connect with a valid certificate and be in the packager group to upload.", RemoteFailure.Forbidden, "packager")]
    [InlineData(500, "Traceback", RemoteFailure.ServerError, "Traceback")]
    [InlineData(503, "<html>secret page</html>", RemoteFailure.ServerError, "no reason")]
    [InlineData(200, "<html>Welcome</html>", RemoteFailure.Unexpected, "not understood")]
    public async Task Each_refusal_says_what_to_do(int status, string body, RemoteFailure failure, string words)
    {
        _server.Gate = async context =>
        {
            context.Response.StatusCode = status;
            await context.Response.WriteAsync(body);
            return false;
        };
        var refused = await Assert.ThrowsAsync<RemoteException>(() => _cache.CheckAsync("hello", "a.tar.gz", new string('0', 128), Token));
        Assert.Equal(failure, refused.Failure);
        Assert.Contains(words, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret page", refused.Message, StringComparison.Ordinal);
        Assert.Equal(status == 200 ? null : (HttpStatusCode)status, refused.Status);
    }

    [Fact]
    public async Task A_cut_connection_is_worth_repeating()
    {
        _server.Gate = static context =>
        {
            context.Abort();
            return Task.FromResult(false);
        };
        var failed = await Assert.ThrowsAsync<RemoteException>(() => _cache.CheckAsync("hello", "a.tar.gz", new string('0', 128), Token));
        Assert.True(failed.IsTransient);
    }

    [Theory]
    [InlineData("größe.tar.gz")]
    [InlineData("a b.tar.gz")]
    [InlineData("../a.tar.gz")]
    [InlineData("-a.tar.gz")]
    [InlineData("a/b")]
    [InlineData("")]
    public async Task Names_that_would_be_stored_differently_are_refused_before_anything_is_sent(string name)
    {
        var refused = await Assert.ThrowsAsync<ArgumentException>(() => _cache.CheckAsync("hello", name, new string('0', 128), Token));
        Assert.Contains("lookaside cache", refused.Message, StringComparison.Ordinal);
        Assert.Empty(_server.LastForm);
    }

    [Fact]
    public void The_address_of_a_file_is_encoded_once() =>
        Assert.Equal(
            $"https://src.fedoraproject.org/repo/pkgs/rpms/hello/hello-1.0%2Bgit.tar.gz/sha512/{new string('a', 128)}/hello-1.0%2Bgit.tar.gz",
            new LookasideCache(null!, null!, new LookasideOptions()).UrlOf("hello", SourceEntry.Sha512("hello-1.0+git.tar.gz", new string('a', 128))).AbsoluteUri);

    [Fact]
    public async Task A_download_is_kept_only_when_its_hash_is_right()
    {
        var content = RandomNumberGenerator.GetBytes(1000);
        var entry = SourceEntry.Sha512("a.tar.gz", Convert.ToHexStringLower(SHA512.HashData(content)));
        var place = $"rpms/hello/a.tar.gz/sha512/{entry.Hash}/a.tar.gz";
        var target = Path.Combine(_folder, "copy");
        _server.Stored[place] = content;
        await _cache.DownloadAsync("hello", entry, target, Token);
        Assert.Equal(content, await File.ReadAllBytesAsync(target, Token));

        _server.Stored[place] = RandomNumberGenerator.GetBytes(1000);
        Assert.False(await _cache.ReadBackAsync("hello", entry, Token));
        await Assert.ThrowsAsync<RemoteException>(() => _cache.DownloadAsync("hello", entry, target, Token));
        Assert.False(File.Exists(target));
    }

    [Fact]
    public void Options_that_cannot_work_are_named_all_at_once() =>
        Assert.Equal(4, new LookasideOptions
        {
            UploadUrl = new Uri("http://example.org/upload.cgi"),
            Namespace = "a/b",
            Login = LookasideLogin.ClientCertificate,
            UploadTimeout = TimeSpan.Zero,
        }.Problems().Count());

    private (string Path, string Hash) Archive(string name, int size)
    {
        var path = Path.Combine(_folder, name);
        var content = RandomNumberGenerator.GetBytes(size);
        File.WriteAllBytes(path, content);
        File.SetLastWriteTimeUtc(path, DateTimeOffset.FromUnixTimeSeconds(1_700_000_000).UtcDateTime);
        return (path, Convert.ToHexStringLower(SHA512.HashData(content)));
    }
}
