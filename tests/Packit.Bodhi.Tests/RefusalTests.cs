using System.Text.Json;
using Packit.Bodhi.Tests.Servers;
using Packit.Http;
using Packit.Stub;

namespace Packit.Bodhi.Tests;

public class RefusalTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Update for a-1-1.fc43 already exists", BodhiRefusal.AlreadyExists, RemoteFailure.Conflict)]
    [InlineData("Update already exists using this side tag", BodhiRefusal.AlreadyExists, RemoteFailure.Conflict)]
    [InlineData("Build does not exist: a-1-1.fc43", BodhiRefusal.BuildUnknown, RemoteFailure.NotFound)]
    [InlineData("Koji error getting build: a-1-1.fc43", BodhiRefusal.BackendAway, RemoteFailure.ServerError)]
    [InlineData("Unable to access Pagure to check ACLs. Please try again later.", BodhiRefusal.BackendAway, RemoteFailure.ServerError)]
    [InlineData("Cannot find any tags associated with build: a-1-1.fc43", BodhiRefusal.NotTagged, RemoteFailure.Conflict)]
    [InlineData("Cannot find release associated with build: a-1-1.fc43, tags: ['x']", BodhiRefusal.NotTagged, RemoteFailure.Conflict)]
    [InlineData("Invalid tag: a-1-1.fc43 not tagged with any of the following tags ['f43-updates-candidate']", BodhiRefusal.NotTagged, RemoteFailure.Conflict)]
    [InlineData("Invalid koji build: a", BodhiRefusal.BuildUnfit, RemoteFailure.Invalid)]
    [InlineData("a-1-1.fc43 was not built from an allowed source", BodhiRefusal.BuildUnfit, RemoteFailure.Invalid)]
    [InlineData("Duplicate builds: a-1-1.fc43", BodhiRefusal.BuildUnfit, RemoteFailure.Invalid)]
    [InlineData("Multiple a builds specified in F43: a-1-1 & a-1-2", BodhiRefusal.BuildUnfit, RemoteFailure.Invalid)]
    [InlineData("Cannot manually create updates for a Release which is not composed by Bodhi.", BodhiRefusal.AutomaticUpdates, RemoteFailure.Invalid)]
    [InlineData("The supplied from_tag doesn't exist.", BodhiRefusal.SideTag, RemoteFailure.Invalid)]
    [InlineData("The supplied tag is not a side tag.", BodhiRefusal.SideTag, RemoteFailure.Invalid)]
    [InlineData("The supplied from_tag doesn't contain any builds.", BodhiRefusal.SideTag, RemoteFailure.Invalid)]
    [InlineData("Cannot edit stable updates", BodhiRefusal.State, RemoteFailure.Conflict)]
    [InlineData("Cannot find update to edit: FEDORA-1", BodhiRefusal.State, RemoteFailure.Conflict)]
    [InlineData("Can't add builds to a locked update", BodhiRefusal.State, RemoteFailure.Conflict)]
    [InlineData("Can't change request on a locked update", BodhiRefusal.State, RemoteFailure.Conflict)]
    [InlineData("This update has not yet met the minimum testing requirements defined", BodhiRefusal.RequirementsNotMet, RemoteFailure.Conflict)]
    [InlineData("Unable to create update.  'NoneType' object is not iterable", BodhiRefusal.ServerTrouble, RemoteFailure.ServerError)]
    [InlineData("Must specify severity for a security update", BodhiRefusal.Validation, RemoteFailure.Invalid)]
    [InlineData("You may not specify an empty list of builds.", BodhiRefusal.Validation, RemoteFailure.Invalid)]
    public async Task Bodhis_words_have_a_meaning(string words, BodhiRefusal refusal, RemoteFailure failure)
    {
        var failed = await RefusedAsync(StubAnswer.Json(Body(words), 400));
        Assert.Equal((refusal, failure), (failed.Refusal, failed.Failure));
        Assert.Contains(words, failed.Message, StringComparison.Ordinal);
        Assert.Equal(words, Assert.Single(failed.Errors).Description);
        Assert.Equal(refusal is BodhiRefusal.BuildUnknown or BodhiRefusal.NotTagged, failed.IsAwaitingBuild);
        Assert.Equal(refusal is BodhiRefusal.BackendAway or BodhiRefusal.ServerTrouble, failed.IsTransient);
    }

    [Theory]
    [InlineData("packit does not have commit access to hello", "packit", "hello", "Give packit commit access to hello in dist-git")]
    [InlineData("packit does not have commit access to rpms/g++-x.y.", "packit", "rpms/g++-x.y", "Give packit commit access to rpms/g++-x.y in dist-git")]
    [InlineData("packit is not a member of \"packager\", which is required to submit updates.", "packit", null, "add packit to the group packager")]
    public async Task Missing_rights_are_named_with_what_to_grant_to_whom(string words, string user, string? package, string advice)
    {
        var failed = await RefusedAsync(StubAnswer.Json(Body(words), 403));
        Assert.Equal((BodhiRefusal.NoRights, RemoteFailure.Forbidden), (failed.Refusal, failed.Failure));
        Assert.Equal(new MissingRight(user, package), failed.MissingRight);
        Assert.Contains(advice, failed.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a<b> does not have commit access to hello")]
    [InlineData(" does not have commit access to hello")]
    [InlineData("packit does not have commit access to \u202ehello")]
    public async Task Names_that_are_none_are_not_repeated_as_advice(string words)
    {
        var failed = await RefusedAsync(StubAnswer.Json(Body(words), 403));
        Assert.Equal(BodhiRefusal.NoRights, failed.Refusal);
        Assert.Null(failed.MissingRight);
    }

    [Fact]
    public async Task The_first_error_with_a_meaning_is_the_cause()
    {
        var failed = await RefusedAsync(StubAnswer.Json(
            Sample.Errors(
                ("body", "builds", "Something new"),
                ("body", "builds", "Build does not exist: a-1-1"),
                ("body", "builds", "Update for b-1-1 already exists"),
                ("body", "builds", "ACL validation mechanism was unable to determine ACLs.")),
            400));
        Assert.Equal((BodhiRefusal.BuildUnknown, 4), (failed.Refusal, failed.Errors.Count));
    }

    [Theory]
    [InlineData(404, "<html>", BodhiRefusal.Other, RemoteFailure.Unexpected)]
    [InlineData(405, "", BodhiRefusal.Other, RemoteFailure.Invalid)]
    [InlineData(500, "<html>Traceback</html>", BodhiRefusal.Other, RemoteFailure.ServerError)]
    [InlineData(504, "<html>", BodhiRefusal.Other, RemoteFailure.Timeout)]
    [InlineData(429, "", BodhiRefusal.Other, RemoteFailure.RateLimited)]
    [InlineData(302, "", BodhiRefusal.Other, RemoteFailure.Unexpected)]
    [InlineData(400, """{"status": "error", "errors": "no"}""", BodhiRefusal.Other, RemoteFailure.Invalid)]
    [InlineData(400, """{"status": "error", "errors": [null, 7]}""", BodhiRefusal.Other, RemoteFailure.Invalid)]
    [InlineData(400, """{"status": "error", "errors": [{"location": null}]}""", BodhiRefusal.Validation, RemoteFailure.Invalid)]
    public async Task Answers_of_other_kinds_have_a_kind_too(int status, string body, BodhiRefusal refusal, RemoteFailure failure)
    {
        var failed = await RefusedAsync(StubAnswer.Json(body, status));
        Assert.Equal((refusal, failure), (failed.Refusal, failed.Failure));
    }

    [Fact]
    public async Task A_flood_of_errors_makes_one_short_line()
    {
        var errors = Enumerable.Repeat(("body", "x\\n", new string('y', 3000)), 500).ToArray();
        var failed = await RefusedAsync(StubAnswer.Json(Sample.Errors(errors), 400));
        Assert.InRange(failed.Message.Length, 300, 500);
        Assert.DoesNotContain('\n', failed.Message);
        Assert.Equal(20, failed.Errors.Count);
    }

    private static string Body(string words) =>
        JsonSerializer.Serialize(new { status = "error", errors = new[] { new { location = "body", name = "builds", description = words } } });

    private static async Task<BodhiException> RefusedAsync(StubAnswer answer)
    {
        await using var server = await BodhiServer.StartAsync();
        server.OnWrite = (_, _) => answer;
        var failed = await Assert.ThrowsAsync<BodhiException>(() => server.Client().CreateUpdateAsync(Sample.Draft(), Token));
        Assert.Single(server.Writes);
        return failed;
    }
}
