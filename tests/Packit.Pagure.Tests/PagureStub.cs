using Packit.Http;
using Packit.Stub;

namespace Packit.Pagure.Tests;

/// <summary>A stub with documents as Pagure writes them, and a client at it.</summary>
public sealed class PagureStub : IAsyncDisposable
{
    public const string Sha = "0123456789abcdef0123456789abcdef01234567";

    public static readonly PagureProject Package = PagureProject.Rpm("libfoo++");
    public static readonly PagureProject Fork = Package.ForkOf("packit");

    private PagureStub(StubServer server, HttpClient http)
    {
        Server = server;
        Client = new PagureClient(http, new Secret("PAGURETOKEN"), TimeProvider.System);
    }

    public StubServer Server { get; }

    public PagureClient Client { get; }

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<PagureStub> StartAsync(TimeSpan? timeout = null)
    {
        var server = await StubServer.StartAsync();
        return new PagureStub(server, server.Client(retries: 0, timeout));
    }

    public static StubAnswer Refusal(int status, string code, string error, string errors = "null") =>
        StubAnswer.Json($$"""{"error": "{{error}}", "error_code": "{{code}}", "errors": {{errors}} }""", status);

    public static string Project(string fullname, string parent = "null", string groups = "{}") => $$"""
        {"id": 5, "name": "libfoo++", "fullname": "{{fullname}}", "url_path": "x", "full_url": "http://elsewhere.test/x", "namespace": "rpms",
         "parent": {{parent}}, "date_created": "1574794962", "date_modified": "1795328648.038644",
         "user": {"name": "owner", "fullname": "O. Wner", "url_path": "user/owner"},
         "access_users": {"owner": ["owner"], "admin": ["ada"], "commit": ["bob"], "collaborator": ["part-timer"], "ticket": ["reader"]},
         "access_groups": {"admin": [], "commit": ["c-sig"], "collaborator": [], "ticket": ["all"]},
         "group_details": {{groups}}, "tags": [], "priorities": {}, "milestones": {} }
        """;

    public static string PullRequest(int id, string branch = "rawhide") => $$"""
        {"id": {{id}}, "uid": "ab", "title": "Update", "branch": "{{branch}}", "branch_from": "{{branch}}-update", "status": "Open",
         "user": {"name": "packit", "fullname": "Packit"}, "project": {{Project("rpms/libfoo++")}},
         "repo_from": {{Project("forks/packit/rpms/libfoo++", Project("rpms/libfoo++"))}},
         "full_url": "https://src.test/rpms/libfoo++/pull-request/{{id}}", "commit_start": "{{Sha}}", "commit_stop": "{{Sha}}",
         "initial_comment": "text", "cached_merge_status": "FFORWARD", "date_created": "1795328673.657202", "last_updated": "1795328674",
         "closed_at": null, "closed_by": null, "assignee": null, "remote_git": null, "tags": [], "threshold_reached": null,
         "comments": [
           {"id": 8, "comment": "/packit build", "notification": false, "date_created": "1795328674.411157", "user": {"name": "ada"}, "reactions": {} },
           {"id": 9, "comment": "**1 new commit added**", "notification": true, "date_created": "1795328686", "user": {"name": "packit"}, "reactions": {} }]}
        """;

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
