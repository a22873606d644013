using System.Text;
using Packit.Automation.Events;
using Packit.Automation.Storage;

namespace Packit.Automation.Tests.Events;

public sealed class GitHubEventsTests
{
    private const string Ada = """{"login": "ada", "id": 1, "type": "User"}""";
    private static readonly string Sha = new('a', 40);
    private static readonly string Nobody = new('0', 40);

    private const string Installation = """, "installation": {"id": 77}""";

    [Fact]
    public void A_published_release_is_one()
    {
        var release = Assert.IsType<ServiceEvent.ReleasePublished>(Read("release", Release()));

        Assert.Equal("v1.2.3", release.Tag);
        Assert.Equal(("github.com", "octo/hello", "https://github.com/octo/hello", false, 77L),
            (release.Repository.Host, release.Repository.Name.ToString(), release.Repository.WebUrl, release.Repository.IsPrivate, release.Repository.InstallationId));
        Assert.Equal("github.com/octo/hello.git", release.Repository.AllowlistKey);
    }

    [Theory]
    [InlineData("created")]
    [InlineData("edited")]
    [InlineData("released")]
    [InlineData("prereleased")]
    [InlineData("unpublished")]
    [InlineData("deleted")]
    public void What_else_happens_to_a_release_is_not_for_us(string action) => Assert.Equal(
        "Nothing reacts to this kind of 'release'.", Assert.IsType<ServiceEvent.NotForUs>(Read("release", Release(action))).Reason);

    [Fact]
    public void A_comment_in_an_issue_is_read()
    {
        var comment = Assert.IsType<ServiceEvent.IssueCommented>(Read("issue_comment", Comment()));

        Assert.Equal((3, 10L, "ada", "/packit help"), (comment.Issue, comment.Comment, comment.Author, comment.Text));
    }

    [Fact]
    public void A_comment_in_a_pull_request_is_read_as_one()
    {
        var comment = Assert.IsType<ServiceEvent.IssueCommented>(
            Read("issue_comment", Comment(issueMore: """, "pull_request": {"url": "https://github.com/octo/hello/pull/3"}""")));

        Assert.True(comment.IsPullRequest);
    }

    [Fact]
    public void A_comment_of_a_program_is_known_as_one() => Assert.True(Assert.IsType<ServiceEvent.IssueCommented>(
        Read("issue_comment", Comment(author: """{"login": "packit-as-a-service[bot]", "id": 2, "type": "Bot"}"""))).IsByProgram);

    [Theory]
    [InlineData("null")]
    [InlineData("""{"login": "ghost", "id": 10137, "type": "User"}""")]
    public void Who_is_gone_gives_no_commands(string author) => Assert.Equal(
        "The account that wrote the comment is gone.", Assert.IsType<ServiceEvent.NotForUs>(Read("issue_comment", Comment(author: author))).Reason);

    [Fact]
    public void An_edit_says_what_was_there_before_and_who_made_it()
    {
        const string Changes = """, "changes": {"body": {"from": "before"}}""";
        var own = Assert.IsType<ServiceEvent.IssueCommented>(Read("issue_comment", Comment("edited", more: Changes)));
        var foreign = Assert.IsType<ServiceEvent.IssueCommented>(
            Read("issue_comment", Comment("edited", author: """{"login": "octo", "id": 77, "type": "User"}""", more: Changes)));

        Assert.Equal(("before", null), (own.TextBefore, own.EditedBy));
        Assert.Equal(("before", "ada"), (foreign.TextBefore, foreign.EditedBy));
    }

    [Theory]
    [InlineData("edited")]
    [InlineData("deleted")]
    public void What_changes_no_text_gives_no_command(string action) => Assert.IsType<ServiceEvent.NotForUs>(Read("issue_comment", Comment(action)));

    [Fact]
    public void Without_an_installation_nothing_can_be_done() => Assert.Equal(
        "The delivery names no installation of the App.",
        Assert.IsType<ServiceEvent.NotForUs>(Read("release", Release(installation: ""))).Reason);

    [Theory]
    [InlineData("octo")]
    [InlineData("octo/../x")]
    [InlineData("octo/he llo")]
    public void A_name_that_GitHub_does_not_allow_is_not_read(string fullName) =>
        Assert.IsType<ServiceEvent.Unreadable>(Read("release", Release(fullName: fullName)));

    [Theory]
    [InlineData("octo/hello")]
    [InlineData("file:///srv/hello")]
    [InlineData("javascript:alert(1)")]
    public void A_page_that_is_no_web_page_is_not_read(string url) =>
        Assert.IsType<ServiceEvent.Unreadable>(Read("release", Release(url: url)));

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"action": "published"}""")]
    [InlineData("""{"action": "published", "action": "published"}""")]
    [InlineData("""{"action": 7, "release": {}, "repository": {}, "sender": {}}""")]
    public void A_body_that_is_not_what_it_claims_to_be_is_unreadable_and_nothing_is_thrown(string body) =>
        Assert.NotEmpty(Assert.IsType<ServiceEvent.Unreadable>(Read("release", body)).Reason);

    [Theory]
    [InlineData("push")]
    [InlineData("star")]
    [InlineData("")]
    public void Events_that_no_job_reacts_to_are_not_for_us(string type) =>
        Assert.IsNotType<ServiceEvent.ReleasePublished>(Read(type, Release()));

    [Fact]
    public void Each_event_goes_its_own_way()
    {
        var repository = ((ServiceEvent.ReleasePublished)Read("release", Release())).Repository;

        Assert.Equal(
            ["release v1", "comment 3", "push main", "pull request 4", "not for us: no", "unreadable: bad"],
            new ServiceEvent[]
            {
                new ServiceEvent.ReleasePublished(repository, "v1"), new ServiceEvent.IssueCommented(repository, 3, 10, "ada", "hi"),
                new ServiceEvent.ConfigPushed(repository, "main", "main", null, Sha, true), new ServiceEvent.UpstreamPullRequestChanged(repository, 4, Sha, Sha),
                new ServiceEvent.NotForUs("no"), new ServiceEvent.Unreadable("bad"),
            }.Select(happened => happened.Match(new Names())));
    }

    [Theory]
    [InlineData("added", ".packit.yaml")]
    [InlineData("modified", ".packit.yml")]
    [InlineData("removed", "packit.yaml")]
    [InlineData("modified", "packit.yml")]
    public void A_push_that_names_a_package_config_is_for_us(string change, string path)
    {
        var push = Assert.IsType<ServiceEvent.ConfigPushed>(Read("push", Push(commits: $$"""[{"id": "1", "{{change}}": ["NEWS", "{{path}}"]}]""")));

        Assert.Equal(("feature/x", "main", new string('b', 40), Sha, true), (push.Branch, push.DefaultBranch, push.Before, push.After, push.IsCertain));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("""[{"id": "1", "added": ["docs/.packit.yaml", "packit.yaml.j2"], "modified": [".PACKIT.yaml"]}]""")]
    public void A_push_that_names_none_is_not(string commits) =>
        Assert.Equal("The push does not touch the package config.", Assert.IsType<ServiceEvent.NotForUs>(Read("push", Push(commits: commits))).Reason);

    [Fact]
    public void A_push_that_may_leave_commits_out_is_looked_at()
    {
        var twenty = $"[{string.Join(',', Enumerable.Repeat("""{"id": "1"}""", 20))}]";
        Assert.False(Assert.IsType<ServiceEvent.ConfigPushed>(Read("push", Push(commits: twenty))).IsCertain);
        Assert.False(Assert.IsType<ServiceEvent.ConfigPushed>(Read("push", Push(more: """, "forced": true"""))).IsCertain);
    }

    [Fact]
    public void Tags_and_branches_that_are_gone_bring_no_config()
    {
        Assert.IsType<ServiceEvent.NotForUs>(Read("push", Push("refs/tags/v1", more: """, "forced": true""")));
        Assert.IsType<ServiceEvent.NotForUs>(Read("push", Push(after: Nobody, more: """, "deleted": true""")));
        Assert.IsType<ServiceEvent.Unreadable>(Read("push", Push(after: "main")));
    }

    [Theory]
    [InlineData("opened")]
    [InlineData("synchronize")]
    [InlineData("reopened")]
    public void A_pull_request_with_new_commits_is_for_us(string action)
    {
        var changed = Assert.IsType<ServiceEvent.UpstreamPullRequestChanged>(Read("pull_request", PullRequest(action)));

        Assert.Equal((5, Sha, new string('b', 40), "octo/hello"), (changed.Number, changed.Head, changed.Base, changed.Repository.Name.ToString()));
    }

    [Fact]
    public void Other_news_of_pull_requests_is_not()
    {
        Assert.IsType<ServiceEvent.NotForUs>(Read("pull_request", PullRequest("labeled")));
        Assert.IsType<ServiceEvent.Unreadable>(Read("pull_request", PullRequest("opened", head: "../../x")));
    }

    private static string Push(
        string reference = "refs/heads/feature/x", string? after = null, string commits = "[]", string more = "") => $$"""
        {"ref": "{{reference}}", "before": "{{new string('b', 40)}}", "after": "{{after ?? Sha}}", "commits": {{commits}},
         {{Repository("octo/hello", "https://github.com/octo/hello")}}, "sender": {{Ada}}{{Installation}}{{more}}}
        """;

    [Fact]
    public void A_push_without_a_list_of_commits_is_read() =>
        Assert.IsType<ServiceEvent.NotForUs>(Read("push", Push().Replace("\"commits\": [],", "", StringComparison.Ordinal)));

    private static string PullRequest(string action, string? head = null) => $$"""
        {"action": "{{action}}", "number": 5, "pull_request": {"id": 50, "number": 5, "title": "t", "state": "open", "html_url": "https://github.com/octo/hello/pull/5",
         "head": {"ref": "x", "sha": "{{head ?? Sha}}", "repo": null}, "base": {"ref": "main", "sha": "{{new string('b', 40)}}", "repo": null} },
         {{Repository("octo/hello", "https://github.com/octo/hello")}}, "sender": {{Ada}}{{Installation}}}
        """;

    private sealed class Names : IServiceEventCases<string>
    {
        public string ReleasePublished(ServiceEvent.ReleasePublished release) => $"release {release.Tag}";

        public string IssueCommented(ServiceEvent.IssueCommented comment) => $"comment {comment.Issue}";

        public string DistGitPushed(ServiceEvent.DistGitPushed push) => $"push to {push.Project}";

        public string DistGitCommented(ServiceEvent.DistGitCommented comment) => $"comment in {comment.PullRequest}";

        public string DistGitPullRequestClosed(ServiceEvent.DistGitPullRequestClosed closed) => $"end of {closed.PullRequest}";

        public string BuildChanged(ServiceEvent.BuildChanged build) => $"build {build.Change.Build.Nvr}";

        public string TaskChanged(ServiceEvent.TaskChanged task) => $"task {task.Change.TaskId}";

        public string BuildTagged(ServiceEvent.BuildTagged tagging) => $"tag {tagging.Tagging.Tag}";

        public string UpdateChanged(ServiceEvent.UpdateChanged update) => $"update {update.Change.Alias}";

        public string ConfigPushed(ServiceEvent.ConfigPushed push) => $"push {push.Branch}";

        public string UpstreamPullRequestChanged(ServiceEvent.UpstreamPullRequestChanged pullRequest) => $"pull request {pullRequest.Number}";

        public string CheckRerequested(ServiceEvent.CheckRerequested rerun) => $"check of {rerun.HeadSha}";

        public string InstallationChanged(ServiceEvent.InstallationChanged change) => $"installation {change.Action}";

        public string InstallationRepositoriesChanged(ServiceEvent.InstallationRepositoriesChanged change) => $"installation {change.Installation.Id}";

        public string AccountRenamed(ServiceEvent.AccountRenamed renaming) => $"account {renaming.OldLogin}";

        public string RepositoryRenamed(ServiceEvent.RepositoryRenamed renaming) => $"repository {renaming.OldFullName}";

        public string NotForUs(ServiceEvent.NotForUs nothing) => $"not for us: {nothing.Reason}";

        public string Unreadable(ServiceEvent.Unreadable unreadable) => $"unreadable: {unreadable.Reason}";
    }

    private static ServiceEvent Read(string type, string body) => GitHubEvents.Read(new InboxDelivery
    {
        Source = DeliverySource.GitHub, DeliveryId = "d1", EventType = type, Body = Encoding.UTF8.GetBytes(body),
        ReceivedAt = DateTimeOffset.UnixEpoch, NextAttemptAt = DateTimeOffset.UnixEpoch,
    });

    private static string Release(
        string action = "published", string installation = Installation, string fullName = "octo/hello", string url = "https://github.com/octo/hello") => $$"""
        {"action": "{{action}}", "release": {"id": 5, "tag_name": "v1.2.3", "html_url": "https://github.com/octo/hello/releases/tag/v1.2.3",
         "created_at": "2026-03-02T10:00:00Z", "draft": false}, {{Repository(fullName, url)}}, "sender": {{Ada}}{{installation}}}
        """;

    private static string Comment(string action = "created", string author = Ada, string issueMore = "", string more = "") => $$"""
        {"action": "{{action}}", "issue": {"id": 30, "number": 3, "title": "t", "state": "open", "html_url": "https://github.com/octo/hello/issues/3"{{issueMore}}},
         "comment": {"id": 10, "body": "/packit help", "html_url": "https://github.com/octo/hello/issues/3#issuecomment-10",
         "created_at": "2026-03-02T10:00:00Z", "user": {{author}}}, {{Repository()}}, "sender": {{Ada}}{{Installation}}{{more}}}
        """;

    private static string Repository(string fullName = "octo/hello", string url = "https://github.com/octo/hello") => $$"""
        "repository": {"id": 42, "name": "hello", "full_name": "{{fullName}}", "owner": {"login": "octo", "id": 7, "type": "Organization"},
         "private": false, "default_branch": "main", "html_url": "{{url}}", "clone_url": "https://github.com/octo/hello.git"}
        """;
}
