namespace Packit.GitHub.Tests;

/// <summary>Documents in the shape of GitHub's answers.</summary>
internal static class Answers
{
    public static string Issue(int number, string extra = "") => $$"""
        {"id": {{1000 + number}}, "number": {{number}}, "title": "It broke", "state": "open", "html_url": "https://github.test/octo/hello/issues/{{number}}",
         "body": "text", "user": {"login": "packit-test[bot]", "id": 99, "type": "Bot"}{{extra}}}
        """;

    public static string Comment(long id) => $$"""
        {"id": {{id}}, "body": "hello", "html_url": "https://github.test/c/{{id}}", "created_at": "2026-03-01T12:00:00Z",
         "updated_at": "2026-03-01T12:00:01Z", "user": null}
        """;

    public static string Release(string tag) => $$"""
        {"id": 3, "tag_name": "{{tag}}", "html_url": "https://github.test/octo/hello/releases/tag/x", "created_at": "2026-02-28T08:00:00Z",
         "published_at": "2026-03-01T11:59:00Z", "target_commitish": "main", "name": null, "body": "notes", "draft": false, "prerelease": false,
         "author": {"login": "octo", "id": 7, "type": "User"}, "assets": []}
        """;

    public static string CheckRun(long id, string slug = "packit-test", string status = "queued") => $$$"""
        {"id": {{{id}}}, "name": "propose-downstream:rawhide", "head_sha": "{{{GitHubStub.Sha}}}", "status": "{{{status}}}", "conclusion": null,
         "external_id": "12", "details_url": "https://dash.test/1", "output": {"title": "t", "summary": "s", "text": null, "annotations_count": 0},
         "app": {"id": 5, "slug": "{{{slug}}}"}}
        """;
}
