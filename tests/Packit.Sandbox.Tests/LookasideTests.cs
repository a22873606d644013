using System.Security.Cryptography;
using Packit.Sandbox.Hosting;

namespace Packit.Sandbox.Tests;

public sealed class LookasideTests : SandboxStory
{
    private static readonly byte[] Archive = [.. Enumerable.Range(0, 100_000).Select(i => (byte)i)];
    private static readonly string Hash = Convert.ToHexStringLower(SHA512.HashData(Archive));

    [Fact]
    public async Task A_file_is_missing_then_stored_then_available_then_exists_already()
    {
        await PackageAsync();

        Assert.Equal((200, "Missing\n"), await PostAsync(("name", "rpms/hello"), ("sha512sum", Hash), ("filename", "hello-1.tar.gz")));
        Assert.Equal((200, $"File hello-1.tar.gz size 100000 SHA512 {Hash} stored OK\n"), await UploadAsync(Archive, ("name", "rpms/hello"), ("sha512sum", Hash)));
        Assert.Equal((200, "Available\n"), await PostAsync(("name", "rpms/hello"), ("sha512sum", Hash), ("filename", "hello-1.tar.gz")));
        var (status, text) = await UploadAsync(Archive, ("name", "rpms/hello"), ("sha512sum", Hash));
        Assert.Equal(200, status);
        Assert.StartsWith("File hello-1.tar.gz already exists\nFile: ", text);

        var download = await Http.GetByteArrayAsync($"{World.LookasideDownload}/rpms/hello/hello-1.tar.gz/sha512/{Hash}/hello-1.tar.gz", Ct);
        Assert.Equal(Archive, download);
        var file = Assert.Single(World.Lookaside.Files("hello"));
        Assert.Equal(("hello-1.tar.gz", Hash, 100_000L), (file.Name, file.Hash, file.Size));
    }

    [Fact]
    public async Task What_the_real_script_refuses_is_refused_with_its_words()
    {
        await PackageAsync();

        Assert.Equal((400, $"SHA512 check failed. Received {Hash} instead of 00.\n"), await UploadAsync(Archive, ("name", "rpms/hello"), ("sha512sum", "00")));
        Assert.Equal((406, "Uploads with md5 are no longer allowed.\n"), await UploadAsync(Archive, ("name", "hello"), ("md5sum", "00")));
        Assert.Equal((404, "Module \"rpms/nope\" does not exist!\n"), await PostAsync(("name", "rpms/nope"), ("sha512sum", Hash), ("filename", "f")));
        Assert.Equal((400, "Required checksum is not present\n"), await PostAsync(("name", "rpms/hello"), ("filename", "f")));
        Assert.Equal((400, "Required field \"file\" is not present.\n"), await PostAsync(("name", "rpms/hello"), ("sha512sum", Hash)));
        Assert.Equal((400, "Required field \"name\" is not present.\n"), await PostAsync(("sha512sum", Hash)));
        Assert.Equal((400, "Multiple values given for \"name\". Aborting.\n"), await PostAsync(("name", "a"), ("name", "b"), ("sha512sum", Hash)));
        Assert.Empty(World.Lookaside.Files("hello"));
    }

    [Fact]
    public async Task An_upload_whose_answer_is_lost_is_there_all_the_same()
    {
        await PackageAsync();
        World.Faults.Add(new Fault { Server = Servers.Lookaside, Method = "POST", Kind = new FaultKind.EffectThenCut() });

        await Assert.ThrowsAsync<HttpRequestException>(() => UploadAsync(Archive, ("name", "rpms/hello"), ("sha512sum", Hash)));

        Assert.Equal((200, "Available\n"), await PostAsync(("name", "rpms/hello"), ("sha512sum", Hash), ("filename", "hello-1.tar.gz")));
    }

    private Task<Pagure.DistGitPackage> PackageAsync() => World.CreatePackageAsync("hello", ["rawhide"], new FileSet { ["hello.spec"] = "Name: hello\n" }, ct: Ct);

    private Task<(int Status, string Text)> UploadAsync(byte[] bytes, params (string, string)[] fields) => PostAsync(bytes, fields);

    private Task<(int Status, string Text)> PostAsync(params (string, string)[] fields) => PostAsync(null, fields);

    private async Task<(int Status, string Text)> PostAsync(byte[]? file, (string Name, string Value)[] fields)
    {
        using var form = new MultipartFormDataContent();
        foreach (var (name, value) in fields)
        {
            form.Add(new StringContent(value), name);
        }

        if (file is not null)
        {
            form.Add(new ByteArrayContent(file), "file", "hello-1.tar.gz");
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, World.LookasideUpload) { Content = form };
        var answer = await SendAsync(request);
        Assert.Equal("text/plain", answer.Headers["Content-Type"]);
        return (answer.Status, answer.Text);
    }
}
