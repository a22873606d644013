using System.Security.Cryptography;

namespace Packit.Sandbox.Tests;

public sealed class DemoWorldTests : SandboxStory
{
    [Fact]
    public async Task The_package_holds_the_first_release_on_every_branch()
    {
        var demo = await DemoWorld.CreateAsync(World, Ct);
        Assert.Equal(404, (await GitHubAsync("GET", "users/demo-upstream/installation", Jwt())).Status);

        Assert.Equal(["f42", "f43", "rawhide"], demo.Package.Branches.Keys);
        string sources = (await demo.Package.FileAsync("f42", "sources", ct: Ct))!;
        var file = Assert.Single(World.Lookaside.Files("hello-fedora"));
        Assert.Equal($"SHA512 (hello-fedora-1.0.0.tar.gz) = {file.Hash}\n", sources);
        Assert.Contains("Release:        2%{?dist}", await demo.Package.FileAsync("f42", "hello-fedora.spec", ct: Ct));
        Assert.Contains("1.0.0-1\n- Initial package\n", await demo.Package.FileAsync("rawhide", "hello-fedora.spec", ct: Ct));
        Assert.Contains("upstream_tag_template: v{version}", (await GitHubAsync(
            "GET", "repos/demo-upstream/hello-fedora/contents/.packit.yaml", null, with: request => request.Headers.Accept.ParseAdd("application/vnd.github.raw+json"))).Text);
        Assert.Empty(World.GitHub.Deliveries);
    }

    [Fact]
    public async Task The_archive_of_the_spec_is_the_one_in_the_cache()
    {
        var demo = await DemoWorld.CreateAsync(World, Ct);
        var source = new Uri($"{demo.Project.Url}/archive/v1.0.0/hello-fedora-1.0.0.tar.gz");

        using var redirect = await Http.GetAsync(source, Ct);
        byte[] archive = await Http.GetByteArrayAsync(redirect.Headers.Location, Ct);

        Assert.Equal(World.Lookaside.Files("hello-fedora")[0].Hash, Convert.ToHexStringLower(SHA512.HashData(archive)));
    }

    [Fact]
    public async Task The_next_release_goes_out_once_also_over_a_restart()
    {
        var demo = await DemoWorld.CreateAsync(World, Ct);
        Assert.True(await demo.InstallAppAsync(Ct));
        Assert.False(demo.NextReleaseIsOut);
        string? delivery = await demo.PublishNextReleaseAsync(Ct);

        await RestartAsync();
        demo = await DemoWorld.CreateAsync(World, Ct);

        Assert.True(demo.NextReleaseIsOut);
        Assert.Equal(delivery, await demo.PublishNextReleaseAsync(Ct));
        Assert.False(await demo.InstallAppAsync(Ct));
        Assert.Equal(["installation", "release"], World.GitHub.Deliveries.Select(sent => sent.Event));
        Assert.Equal("v1.1.0", (await GitHubAsync("GET", "repos/demo-upstream/hello-fedora/releases/latest", null)).Json["tag_name"]!.ToString());
    }
}
