using Packit.Sandbox.Pagure;

namespace Packit.Sandbox.Tests;

public sealed class PagureTests : SandboxStory
{
    private const string Token = "bad token";

    [Fact]
    public async Task Whoami_answers_to_post_only()
    {
        Assert.Equal("packit", (await PagureAsync("POST", "api/0/-/whoami", World.PagureToken)).Json["username"]!.ToString());
        var get = await PagureAsync("GET", "api/0/-/whoami", World.PagureToken);
        Assert.Equal((404, "ENOPROJECT"), (get.Status, Code(get)));
        Assert.Equal((401, "EINVALIDTOK"), Pair(await PagureAsync("POST", "api/0/-/whoami", null)));
    }

    [Fact]
    public async Task Tokens_that_are_unknown_expired_or_too_weak_are_told_apart()
    {
        await PackageAsync();
        string expired = World.Pagure.AddToken("packit", ["fork_project"], TimeSpan.FromSeconds(-1));
        string weak = World.Pagure.AddToken("packit", ["commit"]);

        var answers = new[]
        {
            await ForkAsync(Token), await ForkAsync(expired), await ForkAsync(weak),
        };

        Assert.All(answers, answer => Assert.Equal((401, "EINVALIDTOK"), Pair(answer)));
        Assert.Equal(["Invalid token", "Expired token", "Missing ACLs: fork_project"], answers.Select(answer => answer.Json["errors"]!.ToString()));
        Assert.Equal(401, (await PagureAsync("GET", "api/0/rpms/hello", Token)).Status);
        Assert.Equal(200, (await PagureAsync("GET", "api/0/rpms/hello", null)).Status);
    }

    [Fact]
    public async Task A_project_shows_who_may_what()
    {
        World.Pagure.SetGroup("c-sig", "carol", "dave");
        var package = await World.CreatePackageAsync("hello", ["rawhide"], Spec(), ["maint", "bob"], Ct);
        package.SetGroupAccess("c-sig", "commit");

        var project = (await PagureAsync("GET", "api/0/rpms/hello?expand_group=1", null)).Json;

        Assert.Equal("maint", project["access_users"]!["owner"]![0]!.ToString());
        Assert.Equal("bob", project["access_users"]!["commit"]![0]!.ToString());
        Assert.Equal("c-sig", project["access_groups"]!["commit"]![0]!.ToString());
        Assert.Equal(2, project["group_details"]!["c-sig"]!.AsArray().Count);
        Assert.Contains('.', project["date_created"]!.ToString());
        Assert.Equal((404, "ENOPROJECT"), Pair(await PagureAsync("GET", "api/0/rpms/nope", null)));
        Assert.True((bool)(await PagureAsync("GET", "api/0/rpms/hello/hascommit?user=dave&branch=rawhide", null)).Json["hascommit"]!);
    }

    [Fact]
    public async Task A_second_fork_is_refused_and_the_first_holds_the_branches()
    {
        await PackageAsync();

        Assert.Equal("Repo \"rpms/hello\" cloned to \"packit/rpms/hello\"", (await ForkAsync(World.PagureToken)).Message);
        var again = await ForkAsync(World.PagureToken);

        Assert.Equal((400, "ENOCODE"), Pair(again));
        Assert.Equal("Repo \"forks/packit/hello\" already exists", again.Json["error"]!.ToString());
        var fork = (await PagureAsync("GET", "api/0/fork/packit/rpms/hello", null)).Json;
        Assert.Equal("forks/packit/rpms/hello", fork["fullname"]!.ToString());
        Assert.Equal("rpms/hello", fork["parent"]!["fullname"]!.ToString());
        var branches = (await PagureAsync("GET", "api/0/fork/packit/rpms/hello/git/branches", null)).Json;
        Assert.Equal(["f43", "rawhide"], branches["branches"]!.AsArray().Select(name => name!.ToString()));
        Assert.Equal($"{World.DistGit}forks/packit/rpms/hello.git", (await PagureAsync("GET", "api/0/fork/packit/rpms/hello/git/urls", null)).Json["urls"]!["git"]!.ToString());
    }

    [Fact]
    public async Task Branches_can_be_asked_with_their_commits()
    {
        var package = await PackageAsync();

        var answer = (await PagureAsync("GET", "api/0/rpms/hello/git/branches?with_commits=1", null)).Json;

        Assert.Equal(package.Branches["f43"], answer["branches"]!["f43"]!.ToString());
        Assert.Equal(package.Branches["rawhide"], answer["default"]!["rawhide"]!.ToString());
        Assert.Equal(2, (int)answer["total_branches"]!);
    }

    [Fact]
    public async Task A_pull_request_lives_from_opening_to_merge()
    {
        var package = await ForkedAsync();
        await package.PushCommitAsync("rawhide-update", new FileSet { ["hello.spec"] = "Version: 2\n" }, "Update to 2", fork: "packit", ct: Ct);

        var opened = await OpenAsync("rawhide-update", "rawhide");
        Assert.Equal(200, opened.Status);
        Assert.Equal(1, (int)opened.Json["id"]!);
        Assert.Equal("Open", opened.Json["status"]!.ToString());
        Assert.Equal(package.ForkBranches()["rawhide-update"], opened.Json["commit_stop"]!.ToString());

        Assert.Equal("Comment added", (await PagureAsync("POST", "api/0/rpms/hello/pull-request/1/comment", World.PagureToken, ("comment", "hi"))).Message);
        var updated = await PagureAsync("POST", "api/0/rpms/hello/pull-request/1", World.PagureToken, ("title", "New title"));
        Assert.Null(updated.Json["initial_comment"]);
        Assert.Equal((403, "ENOPRCLOSE"), Pair(await PagureAsync("POST", "api/0/rpms/hello/pull-request/1/merge", World.Pagure.AddToken("packit", ["pull_request_merge"]))));
        Assert.Equal("Changes merged!", (await PagureAsync("POST", "api/0/rpms/hello/pull-request/1/merge", World.Pagure.AddToken("maintainer", ["pull_request_merge"]), ("wait", "1"))).Message);

        var view = Assert.Single(await package.PullRequestsAsync(Ct));
        Assert.Equal(("Merged", "New title", "packit"), (view.Status, view.Title, view.Author));
        Assert.Equal(["hi", "Pull-Request has been merged by maintainer"], view.Comments.Select(comment => comment.Text));
        Assert.Equal("Update to 2", Assert.Single(view.Commits).Title);
        Assert.Contains("+Version: 2", view.Diff);
        Assert.Equal("Version: 2\n", await package.FileAsync("rawhide", "hello.spec", ct: Ct));
    }

    [Fact]
    public async Task A_commit_on_the_working_branch_moves_the_pull_request_and_leaves_a_notification()
    {
        var package = await ForkedAsync();
        await package.PushCommitAsync("work", new FileSet { ["hello.spec"] = "Version: 2\n" }, "Update to 2", fork: "packit", ct: Ct);
        await OpenAsync("work", "rawhide");

        string sha = await package.PushCommitAsync("work", new FileSet { ["fix.patch"] = "x\n" }, "Add a fix", fork: "packit", ct: Ct);

        var request = (await PagureAsync("GET", "api/0/rpms/hello/pull-request/1", null)).Json;
        Assert.Equal(sha, request["commit_stop"]!.ToString());
        Assert.Equal("**1 new commit added**\n\n * ``Add a fix``\n", request["comments"]![0]!["comment"]!.ToString());
        Assert.True((bool)request["comments"]![0]!["notification"]!);
        var stats = (await PagureAsync("GET", "api/0/rpms/hello/pull-request/1/diffstats", null)).Json;
        Assert.Equal(["fix.patch", "hello.spec"], stats.AsObject().Select(pair => pair.Key));
    }

    [Fact]
    public async Task What_cannot_be_opened_is_refused()
    {
        await ForkedAsync();

        Assert.Equal("This field is required.", (await PagureAsync("POST", "api/0/rpms/hello/pull-request/new", World.PagureToken, ("title", "x"))).Json["errors"]!["branch_to"]![0]!.ToString());
        Assert.Equal((400, "EINVALIDREQ"), Pair(await OpenAsync("absent", "rawhide")));
        Assert.Equal((404, "EPULLREQUESTSDISABLED"), Pair(await PagureAsync(
            "POST", "api/0/fork/packit/rpms/hello/pull-request/new", World.PagureToken, ("title", "x"), ("branch_to", "rawhide"), ("branch_from", "f43"))));
        string other = World.Pagure.AddToken("mallory", ["pull_request_create"]);
        Assert.Equal((401, "ENOTHIGHENOUGH"), Pair(await OpenAsync("f43", "rawhide", other)));
        Assert.Equal((404, "ENOREQ"), Pair(await PagureAsync("POST", "api/0/rpms/hello/pull-request/999/comment", World.PagureToken, ("comment", "x"))));
    }

    [Fact]
    public async Task Lists_are_filtered_paged_and_closed_means_merged_too()
    {
        var package = await ForkedAsync();
        foreach (string name in (string[])["a", "b", "c"])
        {
            await package.PushCommitAsync(name, new FileSet { [name] = name }, name, fork: "packit", ct: Ct);
            await OpenAsync(name, "rawhide");
        }

        await package.MergePullRequestAsync(1, ct: Ct);
        package.ClosePullRequest(2);

        Assert.Equal((int[])[3], await ListAsync("?author=packit"));
        Assert.Equal((int[])[2, 1], await ListAsync("?status=Closed"));
        Assert.Equal((int[])[1], await ListAsync("?status=Merged"));
        Assert.Equal((int[])[2], await ListAsync("?status=All&per_page=1&page=2"));
        Assert.Empty(await ListAsync("?status=All&author=nobody"));
        Assert.Equal((400, "EINVALIDPERPAGEVALUE"), Pair(await PagureAsync("GET", "api/0/rpms/hello/pull-requests?per_page=101", null)));
    }

    [Fact]
    public async Task A_branch_that_went_on_is_merged_by_a_commit_of_both()
    {
        var package = await ForkedAsync();
        await package.PushCommitAsync("work", new FileSet { ["ours"] = "ours\n" }, "One", fork: "packit", ct: Ct);
        await OpenAsync("work", "rawhide");
        await package.PushCommitAsync("rawhide", new FileSet { ["theirs"] = "theirs\n" }, "Two", ct: Ct);

        await package.MergePullRequestAsync(1, ct: Ct);

        Assert.Equal("Merge #1 `Update`", (await package.CommitsAsync("rawhide", ct: Ct))[0].Title);
        Assert.Equal(("ours\n", "theirs\n", "Name: hello\n"), (
            await package.FileAsync("rawhide", "ours", ct: Ct), await package.FileAsync("rawhide", "theirs", ct: Ct), await package.FileAsync("rawhide", "hello.spec", ct: Ct)));
        Assert.Equal("One", Assert.Single(Assert.Single(await package.PullRequestsAsync(Ct)).Commits).Title);
    }

    [Fact]
    public async Task A_merge_with_conflicts_is_refused()
    {
        var package = await ForkedAsync();
        await package.PushCommitAsync("work", new FileSet { ["hello.spec"] = "ours\n" }, "One", fork: "packit", ct: Ct);
        await OpenAsync("work", "rawhide");
        await package.PushCommitAsync("rawhide", new FileSet { ["hello.spec"] = "theirs\n" }, "Two", ct: Ct);

        var answer = await PagureAsync("POST", "api/0/rpms/hello/pull-request/1/merge", World.Pagure.AddToken("maintainer", ["pull_request_merge"]));

        Assert.Equal((409, "EPRCONFLICTS"), Pair(answer));
    }

    [Fact]
    public async Task A_flag_of_the_same_uid_is_changed_and_not_repeated()
    {
        var package = await ForkedAsync();
        await package.PushCommitAsync("work", new FileSet { ["a"] = "a" }, "a", fork: "packit", ct: Ct);
        await OpenAsync("work", "rawhide");

        Assert.Equal("Flag added", (await FlagAsync("pending")).Message);
        Assert.Equal("Flag updated", (await FlagAsync("success")).Message);
        var bad = await FlagAsync("bogus");

        Assert.Equal("Not a valid choice.", bad.Json["errors"]!["status"]![0]!.ToString());
        Assert.Equal("success", Assert.Single((await PagureAsync("GET", "api/0/rpms/hello/pull-request/1/flag", null)).Json["flags"]!.AsArray())!["status"]!.ToString());
    }

    [Fact]
    public async Task Rights_on_the_fork_are_its_owners_to_give()
    {
        await ForkedAsync();
        const string Acls = "git/modifyacls";

        Assert.Equal((401, "EMODIFYPROJECTNOTALLOWED"), Pair(await PagureAsync(
            "POST", "api/0/rpms/hello/" + Acls, World.PagureToken, ("user_type", "user"), ("name", "packit"), ("acl", "commit"))));
        var given = await PagureAsync("POST", "api/0/fork/packit/rpms/hello/" + Acls, World.PagureToken, ("user_type", "user"), ("name", "maintainer"), ("acl", "commit"));

        Assert.Equal("maintainer", given.Json["access_users"]!["commit"]![0]!.ToString());
        Assert.Equal((404, "ENOUSER"), Pair(await PagureAsync(
            "POST", "api/0/fork/packit/rpms/hello/" + Acls, World.PagureToken, ("user_type", "user"), ("name", "nobody"), ("acl", "commit"))));
    }

    [Fact]
    public async Task Raw_files_and_trees_are_read_at_a_branch_or_commit()
    {
        var package = await PackageAsync();

        var raw = await PagureAsync("GET", "rpms/hello/raw/rawhide/f/hello.spec", null);
        Assert.Equal("Name: hello\n", raw.Text);
        Assert.Equal("Name: hello\n", (await PagureAsync("GET", $"rpms/hello/raw/{package.Branches["rawhide"]}/f/hello.spec", null)).Text);
        var missing = await PagureAsync("GET", "rpms/hello/raw/rawhide/f/.packit.yaml", null);
        Assert.Equal((404, "text/html; charset=utf-8"), (missing.Status, missing.Headers["Content-Type"]));
        Assert.Equal(["hello.spec"], (await PagureAsync("GET", "api/0/rpms/hello/tree/f43", null)).Json["content"]!.AsArray().Select(entry => entry!["path"]!.ToString()));
        Assert.Equal((404, "EFILENOTFOUND"), Pair(await PagureAsync("GET", "api/0/rpms/hello/tree/f43/f/absent", null)));
    }

    [Fact]
    public async Task Issues_of_packages_are_switched_off()
    {
        await PackageAsync();

        Assert.Equal((404, "ETRACKERDISABLED"), Pair(await PagureAsync("GET", "api/0/rpms/hello/issues", null)));
    }

    private static string Code(Answer answer) => answer.Json["error_code"]!.ToString();

    private static (int, string) Pair(Answer answer) => (answer.Status, Code(answer));

    private static FileSet Spec() => new() { ["hello.spec"] = "Name: hello\n" };

    private Task<DistGitPackage> PackageAsync() => World.CreatePackageAsync("hello", ["rawhide", "f43"], Spec(), ct: Ct);

    private async Task<DistGitPackage> ForkedAsync()
    {
        var package = await PackageAsync();
        Assert.Equal(200, (await ForkAsync(World.PagureToken)).Status);
        return package;
    }

    private Task<Answer> ForkAsync(string token) => PagureAsync("POST", "api/0/fork", token, ("repo", "hello"), ("namespace", "rpms"), ("wait", "1"));

    private Task<Answer> OpenAsync(string from, string to, string? token = null) => PagureAsync(
        "POST", "api/0/rpms/hello/pull-request/new", token ?? World.PagureToken,
        ("title", "Update"), ("branch_from", from), ("branch_to", to), ("initial_comment", "body"),
        ("repo_from", "hello"), ("repo_from_username", "packit"), ("repo_from_namespace", "rpms"));

    private Task<Answer> FlagAsync(string status) => PagureAsync(
        "POST", "api/0/rpms/hello/pull-request/1/flag", World.PagureToken,
        ("username", "Packit"), ("comment", "c"), ("url", "https://example.org"), ("status", status), ("uid", "abc"));

    private async Task<int[]> ListAsync(string query) =>
        [.. (await PagureAsync("GET", "api/0/rpms/hello/pull-requests" + query, null)).Json["requests"]!.AsArray().Select(request => (int)request!["id"]!)];
}
