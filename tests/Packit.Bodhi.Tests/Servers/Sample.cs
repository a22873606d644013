namespace Packit.Bodhi.Tests.Servers;

/// <summary>Documents as Bodhi writes them.</summary>
internal static class Sample
{
    public const string Alias = "FEDORA-2026-0123456789";

    public static string Release(string name = "F43", string version = "43") => $$"""
        {"name": "{{name}}", "long_name": "Fedora {{version}}", "version": "{{version}}", "id_prefix": "FEDORA", "branch": "f{{version}}",
         "state": "current", "candidate_tag": "f{{version}}-updates-candidate", "composed_by_bodhi": true, "create_automatic_updates": false, "eol": null}
        """;

    public static string Update(
        string alias = Alias, string status = "pending", string[]? builds = null, string? fromTag = null, string more = "") => $$"""
        {"autokarma": false, "autotime": true, "stable_karma": 2, "stable_days": 14, "unstable_karma": -2, "require_bugs": false, "require_testcases": true,
         "display_name": "hello and friends", "notes": "Update to 1.0", "type": "bugfix", "status": "{{status}}", "request": "testing",
         "severity": "low", "suggest": "logout", "locked": false, "pushed": false, "critpath": false, "critpath_groups": null, "close_bugs": false,
         "date_submitted": "2026-11-20 06:38:29", "date_modified": null, "date_approved": null, "date_testing": "2026-11-21 01:02:03", "date_stable": null,
         "alias": "{{alias}}", "test_gating_status": "waiting", "from_tag": {{(fromTag is null ? "null" : $"\"{fromTag}\"")}}, "date_pushed": null,
         "meets_testing_requirements": false, "url": "http://localhost/x", "title": "hello-1.0-1.fc43", "version_hash": "00",
         "release": {{Release()}}, "user": {"id": 2, "name": "packit", "email": null, "avatar": null, "openid": null, "groups": [{"name": "packager"}]},
         "comments": [{"id": 4, "karma": 0, "karma_critpath": 0, "text": "This update has been submitted for testing by packit. ",
           "timestamp": "2026-11-20 06:38:31", "update_id": 2, "user_id": 1, "bug_feedback": [], "testcase_feedback": [],
           "user": {"id": 1, "name": "bodhi", "email": null, "avatar": null, "openid": null, "groups": []} }],
         "builds": [{{string.Join(", ", (builds ?? ["hello-1.0-1.fc43"]).Select(build => $$"""{"nvr": "{{build}}", "signed": true, "release_id": 1, "type": "rpm", "epoch": 0}"""))}}],
         "bugs": [{"bug_id": 2401111, "title": "hello is old", "security": false, "parent": false}],
         "updateid": "{{alias}}", "karma": 1, "content_type": "rpm", "test_cases": []{{more}}}
        """;

    public static string Page(params string[] updates) =>
        $$"""{"updates": [{{string.Join(", ", updates)}}], "page": 1, "pages": {{(updates.Length == 0 ? 0 : 1)}}, "rows_per_page": 50, "total": {{updates.Length}}, "chrome": true}""";

    public static string Errors(params (string Location, string Name, string Description)[] errors) =>
        $$"""{"status": "error", "errors": [{{string.Join(", ", errors.Select(error => $$"""{"location": "{{error.Location}}", "name": "{{error.Name}}", "description": "{{error.Description}}"}"""))}}]}""";

    public static UpdateDraft Draft(params string[] builds) => new() { Builds = builds.Length > 0 ? builds : ["hello-1.0-1.fc43"], Notes = "Update to 1.0" };
}
