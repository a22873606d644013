using Packit.Http;
using Packit.Stub;

namespace Packit.Pagure.Tests;

public class RefusalTests
{
    private const string Comment = "POST /api/0/rpms/libfoo++/pull-request/1/comment";
    private const string Token = "Invalid or expired token. Please visit the settings.";

    [Fact]
    public async Task A_missing_acl_is_named()
    {
        var failed = await RefusedAsync(PagureStub.Refusal(401, "EINVALIDTOK", Token, "\"Missing ACLs: pull_request_comment\""));
        Assert.Equal(("pull_request_comment", RemoteFailure.Forbidden), (failed.MissingAcl, failed.Failure));
        Assert.Contains("Create an API token that has the ACL pull_request_comment", failed.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Expired token", "Renew the API token")]
    [InlineData("Invalid token", "Configure an API token")]
    public async Task A_bad_token_says_what_to_do(string errors, string advice)
    {
        var failed = await RefusedAsync(PagureStub.Refusal(401, "EINVALIDTOK", Token, $"\"{errors}\""));
        Assert.Equal(("EINVALIDTOK", RemoteFailure.Unauthorized), (failed.Code, failed.Failure));
        Assert.Contains(advice, failed.Message, StringComparison.Ordinal);
        Assert.Contains("/settings#nav-api-tab", failed.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("PAGURETOKEN", failed.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fields_of_a_form_are_named()
    {
        var failed = await RefusedAsync(PagureStub.Refusal(400, "EINVALIDREQ", "Invalid input", """{"comment": ["This field is required."]}"""));
        Assert.Equal(RemoteFailure.Invalid, failed.Failure);
        Assert.Contains("comment: This field is required.", failed.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(401, "EMODIFYPROJECTNOTALLOWED", RemoteFailure.Forbidden)]
    [InlineData(401, "ENOTHIGHENOUGH", RemoteFailure.Forbidden)]
    [InlineData(403, "ENOPRCLOSE", RemoteFailure.Forbidden)]
    [InlineData(404, "ENOREQ", RemoteFailure.NotFound)]
    [InlineData(404, "EPULLREQUESTSDISABLED", RemoteFailure.Forbidden)]
    [InlineData(409, "EPRCONFLICTS", RemoteFailure.Conflict)]
    [InlineData(400, "EDBERROR", RemoteFailure.ServerError)]
    [InlineData(500, "ENOCODE", RemoteFailure.ServerError)]
    public async Task Codes_have_their_kind(int status, string code, RemoteFailure expected)
    {
        var failed = await RefusedAsync(PagureStub.Refusal(status, code, "No"));
        Assert.Equal((code, expected, status), (failed.Code, failed.Failure, (int)failed.Status!));
    }

    [Fact]
    public async Task A_page_of_a_proxy_is_passing_trouble()
    {
        var failed = await RefusedAsync(new StubAnswer(503, "<html>\u001b"u8.ToArray(), "text/html").With(("Retry-After", "20")));
        Assert.True(failed.IsTransient);
        Assert.Equal(TimeSpan.FromSeconds(20), failed.RetryAfter);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        var failed = await RefusedAsync(StubAnswer.Empty(302).With(("Location", "https://evil.test/login")));
        Assert.Equal(RemoteFailure.Unexpected, failed.Failure);
    }

    [Fact]
    public async Task Trouble_on_the_way_has_its_kind()
    {
        await using var pagure = await PagureStub.StartAsync(TimeSpan.FromMilliseconds(400));
        pagure.Server.OnEach(
            Comment, StubAnswer.Empty(200) with { Cut = true }, StubAnswer.Json("{") with { NeverEnds = true });

        foreach (var expected in new[] { RemoteFailure.Unreachable, RemoteFailure.Timeout })
        {
            var failed = await Assert.ThrowsAsync<RemoteException>(() => pagure.Client.CommentAsync(PagureStub.Package, 1, "x", PagureStub.Cancel));
            Assert.Equal(expected, failed.Failure);
        }
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("""{"username": null}""")]
    [InlineData("""{"username": "a", "username": "b"}""")]
    [InlineData("<html>")]
    public async Task An_answer_of_another_shape_is_unexpected(string body)
    {
        await using var pagure = await PagureStub.StartAsync();
        pagure.Server.On("POST /api/0/-/whoami", body);
        Assert.Equal(RemoteFailure.Unexpected, (await Assert.ThrowsAsync<RemoteException>(() => pagure.Client.WhoAmIAsync(PagureStub.Cancel))).Failure);
    }

    private static async Task<PagureException> RefusedAsync(StubAnswer answer)
    {
        await using var pagure = await PagureStub.StartAsync();
        pagure.Server.On(Comment, answer);
        return await Assert.ThrowsAsync<PagureException>(() => pagure.Client.CommentAsync(PagureStub.Package, 1, "x", PagureStub.Cancel));
    }
}
