using Packit.Sandbox.Bugzilla;

namespace Packit.Sandbox.Tests;

public sealed class BugzillaTests : SandboxStory
{
    [Fact]
    public async Task Tickets_are_found_by_their_fields_and_parts_of_the_summary()
    {
        World.Bugzilla.File(new BugzillaTicket(7, "hello", "hello-1.2.3 is available"));
        World.Bugzilla.File(new BugzillaTicket(8, "hello", "hello crashes"));
        World.Bugzilla.File(new BugzillaTicket(9, "other", "other-1.2.3 is available"));
        World.Bugzilla.File(new BugzillaTicket(10, "hello", "hello-1.2.2 is available") { Status = "CLOSED" });

        var answer = await GetAsync("rest/bug?product=Fedora&component=hello&status=NEW&summary=is%20available&include_fields=id,creator,creator_detail");

        var ticket = Assert.Single(answer.Json["bugs"]!.AsArray())!;
        Assert.Equal(7, (int)ticket["id"]!);
        Assert.Null(ticket["summary"]);
        Assert.Equal("upstream-release-monitoring", (string?)ticket["creator"]);
        Assert.Equal("Upstream Release Monitoring", (string?)ticket["creator_detail"]!["real_name"]);
    }

    [Theory]
    [InlineData("rest/bug?pakage=hello", "Can't use pakage as a field name.")]
    [InlineData("rest/bug?limit=5", "You may not search, or create saved searches, without any search terms.")]
    public async Task A_search_that_makes_no_sense_is_refused(string path, string message)
    {
        var answer = await GetAsync(path);

        Assert.Equal(400, answer.Status);
        Assert.Equal(message, (string?)answer.Json["message"]);
    }

    private async Task<Answer> GetAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(World.BugzillaApi, path));
        return await SendAsync(request);
    }
}
