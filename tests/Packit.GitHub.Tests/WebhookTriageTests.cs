using System.Text;

namespace Packit.GitHub.Tests;

public class WebhookTriageTests
{
    [Theory]
    [InlineData("check_run", "rerequested", WebhookTriage.Interesting)]
    [InlineData("check_run", "completed", WebhookTriage.NotInteresting)]
    [InlineData("check_suite", "rerequested", WebhookTriage.Interesting)]
    [InlineData("check_suite", "completed", WebhookTriage.NotInteresting)]
    [InlineData("issue_comment", "created", WebhookTriage.Interesting)]
    [InlineData("issue_comment", "edited", WebhookTriage.Interesting)]
    [InlineData("issue_comment", "deleted", WebhookTriage.NotInteresting)]
    [InlineData("pull_request", "opened", WebhookTriage.Interesting)]
    [InlineData("pull_request", "reopened", WebhookTriage.Interesting)]
    [InlineData("pull_request", "synchronize", WebhookTriage.Interesting)]
    [InlineData("pull_request", "labeled", WebhookTriage.NotInteresting)]
    [InlineData("release", "published", WebhookTriage.Interesting)]
    [InlineData("release", "created", WebhookTriage.NotInteresting)]
    [InlineData("installation", "created", WebhookTriage.Interesting)]
    [InlineData("installation", "deleted", WebhookTriage.Interesting)]
    [InlineData("installation", "suspend", WebhookTriage.Interesting)]
    [InlineData("installation", "unsuspend", WebhookTriage.Interesting)]
    [InlineData("installation", "new_permissions_accepted", WebhookTriage.Interesting)]
    [InlineData("installation", "renamed", WebhookTriage.NotInteresting)]
    [InlineData("installation_repositories", "added", WebhookTriage.Interesting)]
    [InlineData("installation_repositories", "removed", WebhookTriage.Interesting)]
    [InlineData("installation_target", "renamed", WebhookTriage.Interesting)]
    [InlineData("repository", "renamed", WebhookTriage.Interesting)]
    [InlineData("repository", "transferred", WebhookTriage.Interesting)]
    [InlineData("repository", "publicized", WebhookTriage.Interesting)]
    [InlineData("repository", "privatized", WebhookTriage.Interesting)]
    [InlineData("repository", "archived", WebhookTriage.NotInteresting)]
    [InlineData("commit_comment", "created", WebhookTriage.Interesting)]
    [InlineData("star", "created", WebhookTriage.NotInteresting)]
    [InlineData("ping", "created", WebhookTriage.Ping)]
    [InlineData(null, "published", WebhookTriage.NotInteresting)]
    public void Event_and_action_decide(string? eventType, string action, WebhookTriage expected)
    {
        Assert.Equal(expected, Triage(eventType, $$"""{"action": "{{action}}", "repository": {"action": "x", "deleted": true} }"""));
        Assert.Equal(expected, Triage(eventType, $$"""{"repository": {"list": [{"action": "none"}]}, "action": "{{action}}"}"""));
    }

    [Theory]
    [InlineData("""{"ref": "refs/heads/main", "deleted": false}""", WebhookTriage.Interesting)]
    [InlineData("""{"ref": "refs/heads/main", "deleted": true}""", WebhookTriage.NotInteresting)]
    [InlineData("""{"ref": "refs/heads/main"}""", WebhookTriage.Interesting)]
    public void A_push_counts_unless_it_deletes(string body, WebhookTriage expected) => Assert.Equal(expected, Triage("push", body));

    [Fact]
    public void A_ping_is_known_by_its_content_too()
    {
        Assert.Equal(WebhookTriage.Ping, Triage("push", """{"zen": "Keep it simple.", "hook_id": 1, "hook": {"type": "App"}}"""));
        Assert.Equal(WebhookTriage.Interesting, Triage("push", """{"zen": "Keep it simple.", "hook_id": 1}"""));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \r\n")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("0")]
    [InlineData("\"\"")]
    public void Nothing_is_empty(string body) => Assert.Equal(WebhookTriage.Empty, Triage("release", body));

    [Theory]
    [InlineData("{")]
    [InlineData("""{"action": "published" """)]
    [InlineData("""{"action": "published"} x""")]
    [InlineData("""{"action": "published", "release": {"id": 01}}""")]
    [InlineData("""{"action": "created", "action": "published"}""")]
    [InlineData("""{"deleted": false, "deleted": true}""")]
    [InlineData("[1]")]
    [InlineData("12")]
    [InlineData("payload=%7B%7D")]
    public void What_is_not_one_object_is_malformed(string body) => Assert.Equal(WebhookTriage.Malformed, Triage("release", body));

    [Fact]
    public void Nesting_has_a_limit()
    {
        Assert.Equal(WebhookTriage.NotInteresting, Triage("release", Nested(63)));
        Assert.Equal(WebhookTriage.Malformed, Triage("release", Nested(64)));
    }

    [Fact]
    public void Bytes_that_are_no_text_are_malformed() =>
        Assert.Equal(WebhookTriage.Malformed, GitHubWebhook.Triage("release", [(byte)'{', (byte)'"', 0xff, 0xfe, (byte)'"', (byte)':', (byte)'1', 0]));

    [Fact]
    public void An_action_that_is_no_word_is_not_interesting()
    {
        Assert.Equal(WebhookTriage.NotInteresting, Triage("release", """{"action": {"published": 1}}"""));
        Assert.Equal(WebhookTriage.NotInteresting, Triage("release", $$"""{"action": "{{new string('x', 100_000)}}"}"""));
        Assert.Equal(WebhookTriage.Interesting, Triage("release", """{"action": "publ\u0069shed"}"""));
    }

    private static string Nested(int depth) => $$"""{"a": {{new string('[', depth)}}{{new string(']', depth)}}}""";

    private static WebhookTriage Triage(string? eventType, string body) => GitHubWebhook.Triage(eventType, Encoding.UTF8.GetBytes(body));
}
