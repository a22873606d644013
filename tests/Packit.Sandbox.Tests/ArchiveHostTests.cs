using System.Net;
using Packit.Sandbox.Hosting;

namespace Packit.Sandbox.Tests;

public sealed class ArchiveHostTests : SandboxStory
{
    [Fact]
    public async Task A_file_appears_changes_and_vanishes()
    {
        var address = World.Archives.Publish("hello/hello-1.tar.gz", [1, 2, 3]);
        Assert.Equal([1, 2, 3], await Http.GetByteArrayAsync(address, Ct));

        World.Archives.Replace("hello/hello-1.tar.gz", [4]);
        Assert.Equal([4], await Http.GetByteArrayAsync(address, Ct));

        World.Archives.Withdraw("hello/hello-1.tar.gz");
        using var gone = await Http.GetAsync(address, Ct);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    [Fact]
    public async Task A_redirect_leads_where_the_story_wants()
    {
        using var answer = await Http.GetAsync(World.Archives.Redirect("a", new Uri("http://10.0.0.1/secret")), Ct);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal("http://10.0.0.1/secret", answer.Headers.Location!.ToString());
    }

    [Fact]
    public async Task An_endless_file_pours_until_its_reader_leaves()
    {
        await using var stream = await Http.GetStreamAsync(World.Archives.PublishEndless("endless.tar.gz"), Ct);
        byte[] buffer = new byte[1024 * 1024];

        await stream.ReadExactlyAsync(buffer, Ct);

        Assert.All(buffer, one => Assert.Equal(0, one));
    }

    [Fact]
    public async Task Faults_hit_as_often_as_asked_and_are_seen_in_the_log()
    {
        var address = World.Archives.Publish("a", [1, 2, 3]);
        World.Faults.Add(new Fault { Server = Servers.Archives, Times = 2, Kind = new FaultKind.Status(503, "busy", new Dictionary<string, string> { ["Retry-After"] = "7" }) });
        World.Faults.Add(new Fault { Server = Servers.Archives, Kind = new FaultKind.CutConnection() });

        using var first = await Http.GetAsync(address, Ct);
        using var second = await Http.GetAsync(address, Ct);
        Assert.Equal("7", first.Headers.GetValues("Retry-After").Single());
        Assert.Equal(503, (int)second.StatusCode);
        await Assert.ThrowsAsync<HttpRequestException>(() => Http.GetAsync(address, Ct));
        Assert.Equal([1, 2, 3], await Http.GetByteArrayAsync(address, Ct));

        Assert.Equal([503, 503, 0, 200], World.Requests.Find(Servers.Archives).Where(record => record.Path == "/a").Select(record => record.Status));
    }

    [Fact]
    public async Task A_body_can_break_off_in_the_middle()
    {
        var address = World.Archives.Publish("a", new byte[100_000]);
        World.Faults.Add(new Fault { Server = Servers.Archives, Kind = new FaultKind.CutAfter(1000) });

        var trouble = await Assert.ThrowsAnyAsync<Exception>(() => Http.GetByteArrayAsync(address, Ct));

        Assert.True(trouble is HttpRequestException or IOException, trouble.ToString());
    }

    [Fact]
    public async Task A_path_never_leads_out_of_the_folder()
    {
        using var answer = await Http.GetAsync(new Uri(World.ArchiveAddress, "..%2f..%2fstate.json"), Ct);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Throws<ArgumentException>(() => World.Archives.Publish("../x", [1]));
    }
}
