using System.Net.Http.Headers;
using Packit.Sandbox.Hosting;

namespace Packit.Sandbox.Tests;

public sealed class FasjsonTests : SandboxStory
{
    protected override WorldOptions Options => base.Options with { KerberosLogin = KerberosLogin.Token };

    [Fact]
    public async Task Without_a_ticket_the_gate_asks_for_one()
    {
        var answer = await AskAsync("v1/users/packit/", token: null);

        Assert.Equal((401, "Negotiate"), (answer.Status, answer.Headers["WWW-Authenticate"]));
    }

    [Fact]
    public async Task A_maintainer_is_a_packager_and_a_stranger_is_not()
    {
        await World.CreatePackageAsync("hello", ["rawhide"], new FileSet { ["hello.spec"] = "Name: hello\n" }, ["maint", "bob"], Ct);
        World.Fasjson.AddUser("eve", gitHubName: "eve-on-github");

        Assert.Equal(["packager"], await NamesAsync("v1/users/bob/groups/", "groupname"));
        Assert.Empty(await NamesAsync("v1/users/eve/groups/", "groupname"));
        Assert.Equal(["bob", "maint", "packit"], await NamesAsync("v1/groups/packager/members/", "username"));
        Assert.True((bool)(await AskAsync("v1/groups/packager/is-member/maint")).Json["result"]!);
        Assert.False((bool)(await AskAsync("v1/groups/packager/is-member/eve")).Json["result"]!);
        Assert.Equal("eve-on-github", (await AskAsync("v1/users/eve/")).Json["result"]!["github_username"]!.ToString());
    }

    [Fact]
    public async Task Who_is_not_there_is_named_in_the_404()
    {
        var user = await AskAsync("v1/users/nobody/");
        var groups = await AskAsync("v1/users/nobody/groups/");
        var group = await AskAsync("v1/groups/nothing/members/");

        Assert.Equal((404, "{\"name\":\"nobody\",\"message\":\"User not found\"}"), (user.Status, user.Text));
        Assert.Equal((404, "User does not exist"), (groups.Status, groups.Message));
        Assert.Equal((404, "{\"groupname\":\"nothing\",\"message\":\"Group not found\"}"), (group.Status, group.Text));
    }

    [Fact]
    public async Task Pages_come_only_when_asked_for_and_lead_to_the_next()
    {
        foreach (string name in (string[])["anna", "berta", "carla"])
        {
            World.Fasjson.AddToGroup(name, "c-sig");
        }

        Assert.Null((await AskAsync("v1/groups/c-sig/members/")).Json["page"]);
        var first = await AskAsync("v1/groups/c-sig/members/?page_size=2");
        var last = await AskAsync(new Uri(first.Json["page"]!["next_page"]!.ToString()).PathAndQuery[1..]);

        Assert.Equal(["anna", "berta"], first.Json["result"]!.AsArray().Select(member => member!["username"]!.ToString()));
        Assert.Equal("carla", Assert.Single(last.Json["result"]!.AsArray())!["username"]!.ToString());
        Assert.Null(last.Json["page"]!["next_page"]);
        Assert.Equal(3, (int)last.Json["page"]!["total_results"]!);
    }

    [Fact]
    public async Task An_outage_is_no_answer_about_anybody()
    {
        World.Faults.Add(new Fault { Server = Servers.Fasjson, Kind = new FaultKind.Status(503, "upstream connect error") });

        Assert.Equal(503, (await AskAsync("v1/users/packit/groups/")).Status);
        Assert.Equal(["packager"], await NamesAsync("v1/users/packit/groups/", "groupname"));
    }

    [Fact]
    public async Task Accounts_outlive_a_restart()
    {
        World.Fasjson.AddToGroup("anna", "c-sig");
        World.Fasjson.AddUser("carl", isPrivate: true);

        await RestartAsync();

        Assert.Equal(["c-sig"], World.Fasjson.GroupsOf("anna"));
        var hidden = (await AskAsync("v1/users/carl/")).Json["result"]!;
        Assert.Equal(("true", null), (hidden["is_private"]!.ToString(), hidden["emails"]?.ToString()));
    }

    private async Task<string[]> NamesAsync(string path, string name) =>
        [.. (await AskAsync(path)).Json["result"]!.AsArray().Select(item => item![name]!.ToString())];

    private Task<Answer> AskAsync(string path) => AskAsync(path, World.KerberosToken);

    private async Task<Answer> AskAsync(string path, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(World.FasjsonApi, path));
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return await SendAsync(request);
    }
}
