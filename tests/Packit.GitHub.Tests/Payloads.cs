namespace Packit.GitHub.Tests;

/// <summary>Bodies in the shape of GitHub's webhooks.</summary>
internal static class Payloads
{
    public const string Sender = """{"login": "ada", "id": 1, "type": "User"}""";

    public static string Release(string action = "published") =>
        $$"""{"action": "{{action}}", "release": {{Answers.Release("v1.0")}}, {{Common}}}""";

    public static string IssueComment() =>
        $$"""{"action": "created", "issue": {{Answers.Issue(3, ", \"labels\": []")}}, "comment": {{Answers.Comment(10)}}, {{Common}}}""";

    public static string CheckRun() => $$"""{"action": "rerequested", "check_run": {{Answers.CheckRun(4, status: "completed")}}, {{Common}}}""";

    public static string CheckSuite() => $$"""
        {"action": "rerequested", "check_suite": {"id": 118, "head_branch": "main", "head_sha": "{{GitHubStub.Sha}}", "status": "queued", "conclusion": null,
         "before": null, "after": "{{GitHubStub.Sha}}", "pull_requests": [], "app": {"id": 9, "slug": "packit-test"}, "rerequestable": true}, {{Common}}}
        """;

    public static string Push() => $$"""
        {"ref": "refs/heads/main", "before": "{{new string('0', 40)}}", "after": "{{GitHubStub.Sha}}", "created": true, "deleted": false, "forced": false,
         "commits": [{"id": "x", "added": ["a"], "removed": [], "modified": [".packit.yaml"]}, {"id": "y"}], {{Common}}}
        """;

    public static string PullRequest() => $$"""
        {"action": "synchronize", "number": 5, "pull_request": {"id": 50, "number": 5, "title": "t", "state": "open", "body": null, "draft": false,
         "merged": false, "merge_commit_sha": null, "html_url": "https://github.test/octo/hello/pull/5", "user": {{Sender}},
         "head": {"label": "ada:x", "ref": "x", "sha": "{{GitHubStub.Sha}}", "user": {{Sender}}, "repo": null},
         "base": {"label": "octo:main", "ref": "main", "sha": "{{GitHubStub.Sha}}", "user": {{Sender}}, "repo": {{GitHubStub.RepositoryJson()}} } }, {{Common}}}
        """;

    public static string CommitComment() => $$"""
        {"action": "created", "comment": {"id": 8, "body": "hi", "commit_id": "{{GitHubStub.Sha}}", "html_url": "https://github.test/x", "user": {{Sender}}}, {{Common}}}
        """;

    public static string Installation() => $$"""
        {"action": "created", "installation": {{Installed}}, "repositories": [{"id": 42, "name": "hello", "full_name": "octo/hello", "private": false}],
         "requester": null, "sender": {{Sender}}}
        """;

    public static string InstallationRepositories() => $$"""
        {"action": "added", "installation": {{Installed}}, "repository_selection": "selected",
         "repositories_added": [{"id": 42, "name": "hello", "full_name": "octo/hello", "private": false}], "repositories_removed": [], "sender": {{Sender}}}
        """;

    public static string AccountRenamed() => $$"""
        {"action": "renamed", "account": {"login": "octopus", "id": 7, "type": "Organization"}, "changes": {"login": {"from": "octo"} },
         "installation": {"id": 77, "node_id": "x"}, "target_type": "Organization", "sender": {{Sender}}}
        """;

    public static string RepositoryRenamed() =>
        $$"""{"action": "renamed", "changes": {"repository": {"name": {"from": "hallo"} } }, {{Common}}}""";

    public static string RepositoryTransferred() => $$"""
        {"action": "transferred", "changes": {"owner": {"from": {"user": {{Sender}}} } }, {{Common}}}
        """;

    private static string Common => $$"""
        "repository": {{GitHubStub.RepositoryJson()}}, "sender": {{Sender}}, "installation": {"id": 77, "node_id": "x"}
        """;

    private static string Installed => """
        {"id": 77, "account": {"login": "octo", "id": 7, "type": "Organization"}, "repository_selection": "all",
         "permissions": {"checks": "write"}, "events": ["release"], "suspended_at": null}
        """;
}
