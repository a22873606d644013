using System.Text;
using Packit.Stub;

namespace Packit.GitHub.Tests;

public class WebhookEventTests
{
    [Fact]
    public void A_release_is_read()
    {
        var release = Assert.IsType<ReleaseEvent>(Parse("release", Payloads.Release()));
        Assert.Equal("published", release.Action);
        Assert.Equal("v1.0", release.Release.TagName);
        Assert.Equal(GitHubStub.Hello, release.Repository.RepositoryName);
        Assert.Equal(42, release.Repository.Id);
        Assert.Equal(77, release.InstallationId);
        Assert.Equal("ada", release.Sender.Login);
    }

    [Fact]
    public void A_comment_is_read_with_its_issue()
    {
        var comment = Assert.IsType<IssueCommentEvent>(Parse("issue_comment", Payloads.IssueComment()));
        Assert.Equal(("hello", 3, false), (comment.Comment.Body, comment.Issue.Number, comment.Issue.IsPullRequest));
        Assert.Null(comment.Comment.User);
    }

    [Fact]
    public void A_check_run_is_read_with_its_app()
    {
        var check = Assert.IsType<CheckRunEvent>(Parse("check_run", Payloads.CheckRun()));
        Assert.Equal(("rerequested", "packit-test", "12"), (check.Action, check.CheckRun.App!.Slug, check.CheckRun.ExternalId));
    }

    [Fact]
    public void A_check_suite_is_read_with_its_app()
    {
        var suite = Assert.IsType<CheckSuiteEvent>(Parse("check_suite", Payloads.CheckSuite()));
        Assert.Equal(("rerequested", "packit-test", GitHubStub.Sha, 77L), (suite.Action, suite.CheckSuite.App!.Slug, suite.CheckSuite.HeadSha, suite.InstallationId));
    }

    [Fact]
    public void A_push_is_read()
    {
        var push = Assert.IsType<PushEvent>(Parse("push", Payloads.Push()));
        Assert.Equal(("refs/heads/main", GitHubStub.Sha, true, false), (push.Ref, push.After, push.Created, push.Deleted));
        Assert.Equal([".packit.yaml"], push.Commits[0].Modified);
        Assert.Empty(push.Commits[1].Added);
    }

    [Fact]
    public void A_pull_request_is_read_even_when_its_fork_is_gone()
    {
        var pull = Assert.IsType<PullRequestEvent>(Parse("pull_request", Payloads.PullRequest()));
        Assert.Null(pull.PullRequest.Head.Repo);
        Assert.Equal(GitHubStub.Hello, pull.PullRequest.Base.Repo!.RepositoryName);
    }

    [Fact]
    public void The_other_events_are_read()
    {
        Assert.Equal(GitHubStub.Sha, Assert.IsType<CommitCommentEvent>(Parse("commit_comment", Payloads.CommitComment())).Comment.CommitId);
        var installed = Assert.IsType<InstallationEvent>(Parse("installation", Payloads.Installation()));
        Assert.Equal((77, "octo", "octo/hello"), (installed.Installation.Id, installed.Installation.Account.Login, Assert.Single(installed.Repositories).FullName));
        Assert.Equal(42, Assert.Single(Assert.IsType<InstallationRepositoriesEvent>(Parse("installation_repositories", Payloads.InstallationRepositories())).RepositoriesAdded).Id);
        Assert.Equal(new PingEvent(5, "Keep it simple."), Parse("ping", """{"zen": "Keep it simple.", "hook_id": 5, "hook": {}}"""));
        Assert.Equal(new OtherEvent("star"), Parse("star", "not even JSON"));
    }

    [Fact]
    public void Names_that_changed_are_read_with_what_they_were()
    {
        var account = Assert.IsType<InstallationTargetEvent>(Parse("installation_target", Payloads.AccountRenamed()));
        Assert.Equal((77, 7, "octopus", "octo"), (account.InstallationId, account.Account.Id, account.Account.Login, account.Changes.Login!.From));
        var renamed = Assert.IsType<RepositoryChangedEvent>(Parse("repository", Payloads.RepositoryRenamed()));
        Assert.Equal((42, "hallo", 77), (renamed.Repository.Id, renamed.Changes!.Repository!.Name!.From, renamed.InstallationId));
        var transferred = Assert.IsType<RepositoryChangedEvent>(Parse("repository", Payloads.RepositoryTransferred()));
        Assert.Equal("ada", transferred.Changes!.Owner!.From.User!.Login);
    }

    [Theory]
    [InlineData("{}", "action")]
    [InlineData("null", "null")]
    [InlineData("", "JSON")]
    [InlineData("""{"action": "published", "release": 5}""", "$.release")]
    public void A_body_of_another_shape_is_malformed_and_says_where(string body, string where)
    {
        var malformed = Assert.IsType<MalformedEvent>(Parse("release", body));
        Assert.Contains(where, malformed.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Repeated_keys_are_refused_wherever_they_are()
    {
        var repeated = Payloads.Release().Replace("\"assets\": []", "\"assets\": [], \"author\": {\"login\": \"eve\", \"id\": 9}", StringComparison.Ordinal);
        Assert.IsType<MalformedEvent>(Parse("release", repeated));
        var unused = Payloads.Release().Replace("\"assets\": []", "\"assets\": [{\"x\": 1, \"x\": 2}]", StringComparison.Ordinal);
        Assert.IsType<MalformedEvent>(Parse("release", unused));
    }

    [Fact]
    public void Deep_nesting_is_refused()
    {
        var deep = Payloads.Release().Replace("\"assets\": []", $"\"assets\": {new string('[', 70)}{new string(']', 70)}", StringComparison.Ordinal);
        Assert.IsType<MalformedEvent>(Parse("release", deep));
    }

    [Fact]
    public void A_repository_name_outside_the_grammar_has_no_name()
    {
        var body = Payloads.Release().Replace("\"full_name\": \"octo/hello\"", "\"full_name\": \"octo/../../etc\"", StringComparison.Ordinal);
        Assert.Null(Assert.IsType<ReleaseEvent>(Parse("release", body)).Repository.RepositoryName);
    }

    [Fact]
    public void Recorded_deliveries_are_read()
    {
        var read = new List<GitHubEvent>();
        foreach (var (headers, body) in RecordedDelivery.All())
        {
            var eventType = headers["X-GitHub-Event"];
            Assert.NotEqual(WebhookTriage.Malformed, GitHubWebhook.Triage(eventType, body));
            read.Add(GitHubWebhook.Parse(eventType, body));
        }

        Assert.DoesNotContain(read, one => one is MalformedEvent);
        Assert.Contains(read, one => one is ReleaseEvent { Action: "published", Release.TagName: "v1.0" });
        Assert.Contains(read, one => one is IssueCommentEvent { Comment.Body: "/packit build" });
        Assert.Contains(read, one => one is CheckRunEvent { Action: "rerequested" });
        Assert.Contains(read, one => one is PullRequestEvent);
    }

    private static GitHubEvent Parse(string eventType, string body) => GitHubWebhook.Parse(eventType, Encoding.UTF8.GetBytes(body));
}
