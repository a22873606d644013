using Packit.Http;
using Packit.Stub;

namespace Packit.Fasjson.Tests;

public class FasjsonClientTests
{
    private const string NoUser = """{"name": "nobody", "message": "User does not exist. You have requested this URI [/v1/users/nobody/groups/] but did you mean /v1/users/<name:username>/groups/ ?"}""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_groups_of_a_user_are_read()
    {
        await using var server = await StubServer.StartAsync();
        server.On(Groups("jdoe", 1), """{"result": [{"groupname": "packager", "uri": "http://x/v1/groups/packager/"}, {"groupname": "fedora-contributor", "uri": "http://x/"}]}""");

        Assert.Equal(["fedora-contributor", "packager"], (await Client(server).GroupsOfUserAsync("jdoe", Token))!.Order());
        Assert.Equal("application/json", Assert.Single(server.Requests).Header("Accept"));
    }

    [Fact]
    public async Task A_list_in_pages_is_read_to_its_end()
    {
        await using var server = await StubServer.StartAsync();
        server
            .On(Members("packager", 1), """{"result": [{"username": "a", "uri": "x"}], "page": {"total_results": 3, "page_size": 1, "page_number": 1, "total_pages": 3, "next_page": "http://evil.example/"}}""")
            .On(Members("packager", 2), """{"result": [{"username": "b", "uri": "x"}], "page": {"total_results": 3, "page_size": 1, "page_number": 2, "total_pages": 3, "next_page": "http://evil.example/"}}""")
            .On(Members("packager", 3), """{"result": [{"username": "c", "uri": "x"}], "page": {"total_results": 3, "page_size": 1, "page_number": 3, "total_pages": 3}}""");

        Assert.Equal(["a", "b", "c"], (await Client(server).MembersOfGroupAsync("packager", Token))!.Order());
    }

    [Theory]
    [InlineData("packager", GroupMembership.Member)]
    [InlineData("Packager", GroupMembership.NoMember)]
    [InlineData("provenpackager", GroupMembership.NoMember)]
    public async Task Membership_is_answered(string group, GroupMembership expected)
    {
        await using var server = await StubServer.StartAsync();
        server.On(Groups("jdoe", 1), """{"result": [{"groupname": "packager"}]}""");
        Assert.Equal(expected, await Client(server).MembershipAsync(group, "jdoe", Token));
    }

    [Fact]
    public async Task An_account_or_group_that_does_not_exist_is_an_answer()
    {
        await using var server = await StubServer.StartAsync();
        server
            .On(Groups("nobody", 1), StubAnswer.Json(NoUser, 404))
            .On("GET /v1/users/nobody/", StubAnswer.Json(NoUser, 404))
            .On(Members("nothing", 1), StubAnswer.Json("""{"groupname": "nothing", "message": "Group not found"}""", 404));
        var client = Client(server);

        Assert.Equal(GroupMembership.UnknownUser, await client.MembershipAsync("packager", "nobody", Token));
        Assert.Null(await client.GroupsOfUserAsync("nobody", Token));
        Assert.Null(await client.UserAsync("nobody", Token));
        Assert.Null(await client.MembersOfGroupAsync("nothing", Token));
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("a/../b")]
    [InlineData("a?x=1")]
    [InlineData("7up")]
    [InlineData("jörg")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public async Task What_cannot_be_a_name_is_unknown_without_asking(string name)
    {
        await using var server = await StubServer.StartAsync();
        Assert.Equal(GroupMembership.UnknownUser, await Client(server).MembershipAsync("packager", name, Token));
        Assert.Null(await Client(server).UserAsync(name, Token));
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData("""{"result": {"username": "jdoe", "github_username": "jdoe-gh", "is_private": false, "locked": false, "human_name": "J. Doe", "emails": ["j@example.org"], "ircnicks": null}}""", "jdoe-gh", false)]
    [InlineData("""{"result": {"username": "jdoe", "github_username": null, "is_private": true, "human_name": null}}""", null, true)]
    [InlineData("""{"result": {"username": "jdoe"}}""", null, null)]
    public async Task An_account_tells_its_name_at_GitHub_unless_it_is_private(string body, string? github, bool? isPrivate)
    {
        await using var server = await StubServer.StartAsync();
        server.On("GET /v1/users/jdoe/", body);
        var user = (await Client(server).UserAsync("jdoe", Token))!;
        Assert.Equal(("jdoe", github, isPrivate), (user.Username, user.GitHubUsername, user.IsPrivate));
    }

    [Theory]
    [InlineData(500, """{"message": "LDAP server is down"}""", RemoteFailure.ServerError, "LDAP server is down")]
    [InlineData(500, """{"message": "LDAP local error", "details": "x"}""", RemoteFailure.ServerError, "LDAP local error")]
    [InlineData(503, "<html>", RemoteFailure.ServerError, "not of FASJSON's API")]
    [InlineData(401, """{"message": "Credential lifetime has expired"}""", RemoteFailure.Unauthorized, "keytab")]
    [InlineData(403, "{}", RemoteFailure.Forbidden, "403")]
    [InlineData(404, "<html>Not here</html>", RemoteFailure.Unexpected, "the root of FASJSON?")]
    [InlineData(404, """{"message": "The requested URL was not found on the server."}""", RemoteFailure.Unexpected, "the root of FASJSON?")]
    [InlineData(429, "", RemoteFailure.RateLimited, "429")]
    [InlineData(302, "", RemoteFailure.Unexpected, "302")]
    [InlineData(200, "<html>", RemoteFailure.Unexpected, "cannot be understood")]
    [InlineData(200, """{"result": null}""", RemoteFailure.Unexpected, "cannot be understood")]
    [InlineData(200, """{"result": [{"name": "x"}]}""", RemoteFailure.Unexpected, "cannot be understood")]
    public async Task An_outage_is_never_a_no(int status, string body, RemoteFailure failure, string words)
    {
        await using var server = await StubServer.StartAsync();
        server.On(Groups("jdoe", 1), StubAnswer.Json(body, status));
        var failed = await Assert.ThrowsAsync<RemoteException>(() => Client(server).MembershipAsync("packager", "jdoe", Token));
        Assert.Equal(("FASJSON", failure), (failed.Service, failed.Failure));
        Assert.Contains(words, failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Trouble_on_the_way_has_its_kind()
    {
        await using var server = await StubServer.StartAsync();
        server.OnEach(Groups("jdoe", 1), StubAnswer.Empty(200) with { Cut = true }, StubAnswer.Json("{") with { NeverEnds = true });
        var client = new FasjsonClient(server.Client(timeout: TimeSpan.FromMilliseconds(400)), TimeProvider.System);
        foreach (var expected in new[] { RemoteFailure.Unreachable, RemoteFailure.Timeout })
        {
            Assert.Equal(expected, (await Assert.ThrowsAsync<RemoteException>(() => client.GroupsOfUserAsync("jdoe", Token))).Failure);
        }
    }

    [Theory]
    [InlineData(1, "gave page 1 instead of 2")]
    [InlineData(0, "more than 100 pages")]
    public async Task A_list_that_goes_in_circles_is_given_up(int stuckAt, string words)
    {
        await using var server = await StubServer.StartAsync();
        for (var page = 1; page <= 101; page++)
        {
            server.On(Members("packager", page), $$"""{"result": [], "page": {"page_number": {{(stuckAt > 0 ? stuckAt : page)}}, "total_pages": 100000} }""");
        }

        var failed = await Assert.ThrowsAsync<RemoteException>(() => Client(server).MembersOfGroupAsync("packager", Token));
        Assert.Contains(words, failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_that_ends_in_the_middle_is_unexpected()
    {
        await using var server = await StubServer.StartAsync();
        server
            .On(Members("packager", 1), """{"result": [], "page": {"page_number": 1, "total_pages": 2}}""")
            .On(Members("packager", 2), StubAnswer.Json("""{"groupname": "packager", "message": "Group not found"}""", 404));
        Assert.Equal(RemoteFailure.Unexpected, (await Assert.ThrowsAsync<RemoteException>(() => Client(server).MembersOfGroupAsync("packager", Token))).Failure);
    }

    private static string Groups(string user, int page) => $"GET /v1/users/{user}/groups/?page_size=500&page_number={page}";

    private static string Members(string group, int page) => $"GET /v1/groups/{group}/members/?page_size=500&page_number={page}";

    private static FasjsonClient Client(StubServer server) => new(server.Client(), TimeProvider.System);
}
