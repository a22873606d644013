using System.Text.Json.Nodes;
using Packit.Sandbox.Pagure;

namespace Packit.Sandbox.Tests;

public sealed class PagureBusTests : SandboxStory
{
    private static readonly FileSet Spec = new() { ["hello.spec"] = "Name: hello\n", ["sources"] = "\n" };

    [Fact]
    public async Task A_pull_request_of_the_service_is_told_from_the_fork_to_the_merge()
    {
        var package = await RequestAsync();
        await package.PushCommitAsync("work", new FileSet { ["x"] = "x" }, "second", fork: "packit", pusher: "packit", ct: Ct);
        package.Comment(1, "alice", "/packit koji-build");
        string before = package.Branches["rawhide"];
        await package.MergePullRequestAsync(1, "bob", Ct);

        Assert.Equal(
            [
                "project.forked", "git.branch.creation", "git.receive", "pull-request.new",
                "git.receive", "pull-request.updated", "pull-request.comment.added",
                "pull-request.comment.added",
                "git.receive", "pull-request.comment.added", "pull-request.closed",
            ],
            Topics());
        var merge = Body("git.receive");
        Assert.Equal(("bob", "rawhide", "1", before), (Text(merge, "agent"), Text(merge, "branch"), Text(merge, "pull_request_id"), Text(merge, "old_commit")));
        Assert.Equal(package.Branches["rawhide"], Text(merge, "end_commit"));
        Assert.Equal("2", Text(merge, "total_commits"));
        Assert.Equal("{\"hello.spec\":\"M\",\"x\":\"A\"}", merge["changed_files"]!.ToJsonString());
        var closed = Body("pull-request.closed");
        Assert.Equal(("true", "Merged", "bob"), (Text(closed, "merged"), Text(closed["pullrequest"]!, "status"), Text(closed, "agent")));
        Assert.Equal("Pull-Request has been merged by bob", Text(closed["pullrequest"]!["comments"]!.AsArray()[^1]!, "comment"));
    }

    [Fact]
    public async Task An_edited_comment_is_told_alone_and_names_its_editor()
    {
        var package = await RequestAsync();
        package.Comment(1, "alice", "/packit koji-build");
        var comment = (await package.PullRequestsAsync())[0].Comments[^1].Id;

        package.EditComment(1, comment, "bob", "Thanks!");

        var body = Body("pull-request.comment.edited");
        Assert.Equal(("bob", "Thanks!", "alice", "bob"), (
            Text(body, "agent"), Text(body["comment"]!, "comment"), Text(body["comment"]!["user"]!, "name"), Text(body["comment"]!["editor"]!, "name")));
        Assert.Empty(body["pullrequest"]!["comments"]!.AsArray());
        Assert.Equal("rpms/hello", Text(body["project"]!, "fullname"));
        var shown = await PagureAsync("GET", $"api/0/rpms/hello/pull-request/1/comment/{comment}", token: null);
        Assert.Contains("\"comment\":\"Thanks!\"", shown.Text.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_push_of_a_person_over_http_is_told_with_what_it_brings()
    {
        var package = await World.CreatePackageAsync("hello", ["rawhide", "f43"], Spec, ["maint"], Ct);
        string before = package.Branches["rawhide"];
        string folder = Folder("push");
        await GitAsync(folder, "clone", "-q", new Uri(World.DistGit, "rpms/hello.git").ToString(), "c");
        string clone = Path.Combine(folder, "c");
        foreach (string name in (string[])["one", "two"])
        {
            await File.WriteAllTextAsync(Path.Combine(clone, name), name, Ct);
            await GitAsync(clone, "add", "-A");
            await GitAsync(clone, "commit", "-q", "-m", name);
        }

        var target = WithLogin(new Uri(World.DistGit, "rpms/hello.git"), "maint", World.Pagure.AddToken("maint", ["commit"]));
        Assert.Equal(0, (await GitAsync(clone, "push", "-q", target.ToString(), "HEAD:rawhide")).ExitCode);

        Assert.Equal(["git.receive"], Topics());
        var body = Body("git.receive");
        Assert.Equal(("maint", before, "2", "false"), (Text(body, "agent"), Text(body, "old_commit"), Text(body, "total_commits"), Text(body, "forced")));
        Assert.Equal("{\"one\":\"A\",\"two\":\"A\"}", body["changed_files"]!.ToJsonString());
        Assert.NotEqual(Text(body, "start_commit"), Text(body, "end_commit"));
        Assert.Null(body["pull_request_id"]);
        Assert.Equal("""{"fullname":"Story","name":null,"url_path":null}""", Assert.Single(body["authors"]!.AsArray())!.ToJsonString());
    }

    [Fact]
    public async Task A_refused_push_and_a_branch_without_new_commits_bring_no_push_message()
    {
        var package = await World.CreatePackageAsync("hello", ["rawhide"], Spec, ct: Ct);
        string folder = Folder("push");
        await GitAsync(folder, "clone", "-q", new Uri(World.DistGit, "rpms/hello.git").ToString(), "c");
        string clone = Path.Combine(folder, "c");
        await GitAsync(clone, "commit", "-q", "--allow-empty", "-m", "x");
        var target = WithLogin(new Uri(World.DistGit, "rpms/hello.git"), "packit", World.PagureToken);
        Assert.Equal(1, (await GitAsync(clone, "push", "-q", target.ToString(), "HEAD:rawhide")).ExitCode);

        await package.CreateBranchAsync("f43", ct: Ct);

        Assert.Equal(["git.branch.creation"], Topics());
    }

    [Fact]
    public async Task A_forced_push_names_the_commit_where_the_histories_part()
    {
        var package = await RequestAsync();
        string fork = package.Branches["rawhide"];
        await package.MoveForkBranchAsync("packit", "other", package.ForkBranches()["work"], Ct);
        string elsewhere = await package.PushCommitAsync("third", new FileSet { ["y"] = "y" }, fork: "packit", ct: Ct);

        await package.MoveForkBranchAsync("packit", "work", elsewhere, Ct);

        var body = Body("git.receive");
        Assert.Equal(("true", fork, elsewhere), (Text(body, "forced"), Text(body, "old_commit"), Text(body, "start_commit")));
        Assert.Contains("pull-request.rebased", Topics());
    }

    [Theory]
    [InlineData("0012", "project.forked")]
    [InlineData("0013", "pull-request.new")]
    [InlineData("0014", "pull-request.comment.added")]
    [InlineData("0015", "pull-request.initial_comment.edited")]
    [InlineData("0016", "commit.flag.added")]
    [InlineData("0017", "pull-request.flag.added")]
    [InlineData("0018", "commit.flag.updated")]
    [InlineData("0019", "pull-request.flag.updated")]
    [InlineData("0022", "pull-request.closed")]
    [InlineData("0024", "issue.comment.added")]
    [InlineData("0035", "pull-request.updated")]
    [InlineData("0045", "pull-request.reopened")]
    [InlineData("0046", "project.user.added")]
    [InlineData("0048", "git.branch.creation")]
    [InlineData("0049", "git.receive")]
    [InlineData("0023", "issue.new")]
    public async Task A_message_has_the_members_of_the_recorded_one(string number, string topic)
    {
        var recorded = Recordings.Message(number);
        var package = await RequestAsync();
        string maintainer = World.Pagure.AddToken("maintainer", ["modify_project", "pull_request_close"]);
        await package.PushCommitAsync("work", new FileSet { ["x"] = "x" }, fork: "packit", author: new Person("m", "m@rig.test"), pusher: "packit", ct: Ct);
        await PostAsync("pull-request/1/comment", ("comment", "works"));
        await PostAsync("pull-request/1", ("title", "t"), ("initial_comment", "changed"));
        await PostAsync("pull-request/1/flag", ("username", "Packit"), ("percent", "0"), ("comment", "c"), ("url", "https://x"), ("status", "pending"), ("uid", "u"));
        await PostAsync("pull-request/1/flag", ("username", "Packit"), ("comment", "c"), ("url", "https://x"), ("status", "success"), ("uid", "u"));
        Assert.Equal(200, (await PagureAsync("POST", "api/0/rpms/hello/git/modifyacls", maintainer, ("user_type", "user"), ("name", "packit"), ("acl", "commit"))).Status);
        await PagureAsync("POST", "api/0/rpms/hello/pull-request/1/close", maintainer);
        await PagureAsync("POST", "api/0/rpms/hello/pull-request/1/reopen", maintainer);
        package.EnableIssues();
        string writer = World.Pagure.AddToken("packit", ["issue_create", "issue_comment"]);
        await PagureAsync("POST", "api/0/rpms/hello/new_issue", writer, ("title", "t"), ("issue_content", "c"));
        await PagureAsync("POST", "api/0/rpms/hello/issue/2/comment", writer, ("comment", "c"));
        await package.MergePullRequestAsync(1, ct: Ct);

        var message = World.Bus.History.Last(message => message.Topic == "org.fedoraproject.prod.pagure." + topic
            && (topic != "git.receive" || JsonNode.Parse(message.Body)!["agent"]!.ToString() == "packit"));

        Assert.Equal(recorded["routing_key"]!.ToString(), message.Topic);
        Shape.Same(recorded["body"]!, JsonNode.Parse(message.Body)!, "changed_files");
        Shape.Same(recorded["properties"]!["headers"]!, message.Headers());
        Assert.Equal(recorded["properties"]!["headers"]!["fedora_messaging_schema"]!.ToString(), message.Headers()["fedora_messaging_schema"]!.ToString());
    }

    [Fact]
    public async Task Forks_and_branches_of_one_package_asked_for_at_the_same_time_all_come_to_be()
    {
        var names = Enumerable.Range(40, 6).Select(number => "f" + number).ToArray();
        var package = await World.CreatePackageAsync("hello", ["rawhide", .. names], Spec, ct: Ct);
        string noise = Convert.ToBase64String(System.Security.Cryptography.RandomNumberGenerator.GetBytes(400_000));
        await package.PushCommitAsync("rawhide", new FileSet { ["noise"] = noise }, ct: Ct);

        var works = await Task.WhenAll(names.Select(WorkAsync));

        Assert.All(works, work => Assert.True(work.ExitCode == 0, work.Errors));
        Assert.DoesNotContain(World.Requests.All, record => record.Status >= 500);
        Assert.Equal(1, World.Requests.Find(method: "POST", pathContains: "api/0/fork").Count(record => record.Status == 200));
        Assert.Equal(names.Select(name => name + "-update"), package.ForkBranches().Keys.Where(name => name.EndsWith("-update", StringComparison.Ordinal)));
        Assert.Equal(names.Length, (await package.PullRequestsAsync(Ct)).Count);
        Assert.Equal(names.Length, World.Bus.History.Count(message => message.Topic.EndsWith("pagure.git.receive", StringComparison.Ordinal)
            && JsonNode.Parse(message.Body)!["agent"]!.ToString() == "packit"));

        async Task<GitResult> WorkAsync(string branch)
        {
            await PagureAsync("POST", "api/0/fork", World.PagureToken, ("repo", "hello"), ("namespace", "rpms"));
            Assert.Equal(200, (await PagureAsync("GET", "api/0/fork/packit/rpms/hello/git/branches", null)).Status);
            string folder = Folder("work-" + branch);
            await GitAsync(folder, "clone", "-q", "--branch", branch, new Uri(World.DistGit, "rpms/hello.git").ToString(), "c");
            string clone = Path.Combine(folder, "c");
            await GitAsync(clone, "commit", "-q", "--allow-empty", "-m", branch);
            var fork = WithLogin(new Uri(World.DistGit, "forks/packit/rpms/hello.git"), "packit", World.PagureToken);
            var push = await GitAsync(clone, "push", "-q", fork.ToString(), $"HEAD:refs/heads/{branch}-update");
            await PostAsync(
                "pull-request/new", ("title", branch), ("branch_from", branch + "-update"), ("branch_to", branch),
                ("repo_from", "hello"), ("repo_from_username", "packit"), ("repo_from_namespace", "rpms"));
            return push;
        }
    }

    private async Task<DistGitPackage> RequestAsync()
    {
        var package = await World.CreatePackageAsync("hello", ["rawhide"], Spec, ct: Ct);
        Assert.Equal(200, (await PagureAsync("POST", "api/0/fork", World.PagureToken, ("repo", "hello"), ("namespace", "rpms"))).Status);
        await package.PushCommitAsync(
            "work", new FileSet { ["hello.spec"] = "Name: hello\nVersion: 2\n" }, fork: "packit", author: new Person("m", "m@rig.test"), pusher: "packit", ct: Ct);
        await PostAsync(
            "pull-request/new", ("title", "t"), ("branch_from", "work"), ("branch_to", "rawhide"),
            ("repo_from", "hello"), ("repo_from_username", "packit"), ("repo_from_namespace", "rpms"));
        return package;
    }

    private async Task PostAsync(string path, params (string Name, string Value)[] fields)
    {
        var answer = await PagureAsync("POST", "api/0/rpms/hello/" + path, World.PagureToken, fields);
        Assert.True(answer.Status == 200, answer.Text);
    }

    private string[] Topics() => [.. World.Bus.History.Select(message => message.Topic["org.fedoraproject.prod.pagure.".Length..])];

    private JsonNode Body(string topic) =>
        JsonNode.Parse(World.Bus.History.Last(message => message.Topic == "org.fedoraproject.prod.pagure." + topic).Body)!;

    private static string Text(JsonNode node, string name) => node[name]!.ToString();
}
