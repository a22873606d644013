using Packit.Http;
using Packit.Stub;

namespace Packit.Pagure.Tests;

public class ProjectTests
{
    private const string Api = "/api/0/rpms/libfoo++";

    [Fact]
    public void A_project_has_one_path_in_the_api_and_another_in_git()
    {
        Assert.Equal(("rpms/libfoo++", "rpms/libfoo++.git"), (PagureStub.Package.ApiPath, PagureStub.Package.GitPath));
        Assert.Equal(("fork/packit/rpms/libfoo++", "forks/packit/rpms/libfoo++.git"), (PagureStub.Fork.ApiPath, PagureStub.Fork.GitPath));
        Assert.Equal("fork/ada/tool", new PagureProject(null, "tool", "ada").ApiPath);
    }

    [Theory]
    [InlineData("rpms/x")]
    [InlineData("x")]
    [InlineData("forks/ada/rpms/x")]
    [InlineData("forks/ada/x")]
    public void A_full_name_is_read_back(string text)
    {
        Assert.True(PagureProject.TryParse(text, out var project));
        Assert.Equal(text, project.FullName);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("rpms/")]
    [InlineData("rpms/../x")]
    [InlineData("rpms/-x")]
    [InlineData("rpms/x?y")]
    [InlineData("a/b/c")]
    [InlineData("rpms/x\n")]
    public void Other_texts_are_no_projects(string? text) => Assert.False(PagureProject.TryParse(text, out _));

    [Fact]
    public async Task The_owner_of_the_token_is_known()
    {
        await using var pagure = await PagureStub.StartAsync();
        pagure.Server.On("POST /api/0/-/whoami", """{"username": "packit"}""");

        Assert.Equal("packit", await pagure.Client.WhoAmIAsync(PagureStub.Cancel));
        Assert.Equal("token PAGURETOKEN", pagure.Server.Requests[0].Header("Authorization"));
    }

    [Fact]
    public async Task A_fork_knows_what_it_was_forked_from()
    {
        await using var pagure = await PagureStub.StartAsync();
        pagure.Server.On("GET /api/0/fork/packit/rpms/libfoo++", PagureStub.Project("forks/packit/rpms/libfoo++", PagureStub.Project("rpms/libfoo++")));

        var facts = await pagure.Client.ProjectAsync(PagureStub.Fork, PagureStub.Cancel);
        Assert.Equal(PagureStub.Fork, facts!.Project);
        Assert.Equal(PagureStub.Package, facts.Parent!.Project);
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1574794962), facts.DateCreated);
    }

    [Fact]
    public async Task A_missing_project_is_told_from_a_wrong_address()
    {
        await using var pagure = await PagureStub.StartAsync();
        pagure.Server.OnEach(
            "GET " + Api,
            PagureStub.Refusal(404, "ENOPROJECT", "Project not found"),
            new StubAnswer(404, "<html>"u8.ToArray(), "text/html"));

        Assert.Null(await pagure.Client.ProjectAsync(PagureStub.Package, PagureStub.Cancel));
        var failed = await Assert.ThrowsAsync<PagureException>(() => pagure.Client.ProjectAsync(PagureStub.Package, PagureStub.Cancel));
        Assert.Equal(RemoteFailure.Unexpected, failed.Failure);
        Assert.Contains("root of a Pagure instance", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Committers_are_persons_and_members_of_groups()
    {
        await using var pagure = await PagureStub.StartAsync();
        pagure.Server.On($"GET {Api}?expand_group=1", PagureStub.Project("rpms/libfoo++", groups: """{"c-sig": ["cay", "ada"], "all": ["everybody"]}"""));

        var access = await pagure.Client.ProjectAccessAsync(PagureStub.Package, PagureStub.Cancel);
        Assert.Equal(["ada", "bob", "owner"], access!.Users.Order());
        Assert.Equal(["c-sig"], access.Groups);
        Assert.Equal(["ada", "bob", "cay", "owner"], access.Committers.Order());
    }

    [Fact]
    public async Task Branches_come_with_their_commits()
    {
        await using var pagure = await PagureStub.StartAsync();
        pagure.Server.OnEach(
            $"GET {Api}/git/branches?with_commits=1",
            StubAnswer.Json($$$"""{"branches": {"f43": "{{{PagureStub.Sha}}}", "rawhide": "{{{PagureStub.Sha}}}"}, "default": {"rawhide": "{{{PagureStub.Sha}}}"}, "total_branches": 2}"""),
            StubAnswer.Json("""{"branches": [], "default": null, "total_branches": 0}"""),
            PagureStub.Refusal(404, "ENOPROJECT", "Project not found"),
            StubAnswer.Json("""{"branches": {"f43": "--exec=x"}, "default": null}"""));

        var branches = await pagure.Client.BranchesAsync(PagureStub.Package, PagureStub.Cancel);
        Assert.Equal(["f43", "rawhide"], branches!.Commits.Keys.Order());
        Assert.Equal("rawhide", branches.Default);
        var empty = await pagure.Client.BranchesAsync(PagureStub.Package, PagureStub.Cancel);
        Assert.Empty(empty!.Commits);
        Assert.Null(empty.Default);
        Assert.Null(await pagure.Client.BranchesAsync(PagureStub.Package, PagureStub.Cancel));
        Assert.Equal(RemoteFailure.Unexpected, (await Assert.ThrowsAsync<RemoteException>(() => pagure.Client.BranchesAsync(PagureStub.Package, PagureStub.Cancel))).Failure);
    }

    [Fact]
    public async Task The_git_addresses_are_made_for_a_user()
    {
        await using var pagure = await PagureStub.StartAsync();
        pagure.Server.OnEach(
            $"GET {Api}/git/urls",
            StubAnswer.Json("""{"total_urls": 2, "urls": {"git": "https://src.test/rpms/x.git", "ssh": "ssh://{username}@pkgs.test/rpms/x.git"}}"""),
            StubAnswer.Json("""{"total_urls": 1, "urls": {"git": "https://src.test/rpms/x.git"}}"""));

        Assert.Equal("ssh://packit@pkgs.test/rpms/x.git", (await pagure.Client.GitUrlsAsync(PagureStub.Package, PagureStub.Cancel)).SshFor("packit"));
        Assert.Null((await pagure.Client.GitUrlsAsync(PagureStub.Package, PagureStub.Cancel)).SshFor("packit"));
    }

    [Fact]
    public async Task A_fork_that_exists_is_taken_as_it_is()
    {
        await using var pagure = await PagureStub.StartAsync();
        pagure.Server.OnEach(
            "POST /api/0/fork",
            StubAnswer.Json("""{"message": "Repo cloned"}"""),
            PagureStub.Refusal(400, "ENOCODE", "Repo \\\"forks/packit/libfoo++\\\" already exists"),
            PagureStub.Refusal(400, "ENOCODE", "Something else"));

        Assert.Equal(ForkOutcome.Created, await pagure.Client.ForkAsync(PagureStub.Package, PagureStub.Cancel));
        Assert.Equal(ForkOutcome.AlreadyThere, await pagure.Client.ForkAsync(PagureStub.Package, PagureStub.Cancel));
        await Assert.ThrowsAsync<PagureException>(() => pagure.Client.ForkAsync(PagureStub.Package, PagureStub.Cancel));
        Assert.Equal("repo=libfoo%2B%2B&namespace=rpms&wait=1", pagure.Server.Requests[0].Body);
    }

    [Fact]
    public async Task A_right_is_given_and_taken()
    {
        await using var pagure = await PagureStub.StartAsync();
        pagure.Server.On("POST /api/0/fork/packit/rpms/libfoo++/git/modifyacls", "{}");

        await pagure.Client.ModifyAclAsync(PagureStub.Fork, AclHolder.Group, "c-sig", Acl.Commit, PagureStub.Cancel);
        await pagure.Client.ModifyAclAsync(PagureStub.Fork, AclHolder.User, "eve", Acl.None, PagureStub.Cancel);
        Assert.Equal(["user_type=group&name=c-sig&acl=commit", "user_type=user&name=eve&acl="], pagure.Server.Requests.Select(request => request.Body));
    }

    [Fact]
    public async Task A_file_comes_byte_for_byte_and_without_the_token()
    {
        await using var pagure = await PagureStub.StartAsync();
        byte[] bytes = [0xff, 0, 10];
        pagure.Server.On("GET /rpms/libfoo++/raw/feature/x/f/dir/lib%20foo.spec", new StubAnswer(200, bytes, "text/plain; charset=ascii"));

        Assert.Equal(bytes, await pagure.Client.RawFileAsync(PagureStub.Package, "feature/x", "dir/lib foo.spec", 100, PagureStub.Cancel));
        Assert.Null(pagure.Server.Requests[0].Header("Authorization"));
        Assert.Null(await pagure.Client.RawFileAsync(PagureStub.Package, "rawhide", "dead.package", 100, PagureStub.Cancel));
        var asked = pagure.Server.Requests.Count;
        Assert.Null(await pagure.Client.RawFileAsync(PagureStub.Package, "rawhide", "../../settings", 100, PagureStub.Cancel));
        Assert.Equal(asked, pagure.Server.Requests.Count);
        var failed = await Assert.ThrowsAsync<RemoteException>(() => pagure.Client.RawFileAsync(PagureStub.Package, "feature/x", "dir/lib foo.spec", 2, PagureStub.Cancel));
        Assert.Contains("larger than 2 bytes", failed.Message, StringComparison.Ordinal);
    }
}
