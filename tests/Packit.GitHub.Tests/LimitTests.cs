using Packit.Http;
using Packit.Stub;

namespace Packit.GitHub.Tests;

public class LimitTests
{
    private const string Repo = "GET /repos/octo/hello";

    [Fact]
    public async Task The_primary_limit_stops_the_installation_until_its_reset()
    {
        await using var github = await GitHubStub.StartAsync();
        var reset = (GitHubStub.Start + TimeSpan.FromMinutes(10)).ToUnixTimeSeconds();
        github.Server.OnEach(
            Repo,
            GitHubStub.Refusal(403, "API rate limit exceeded for installation ID 77.", Budget(5000, 0, reset)),
            StubAnswer.Json(GitHubStub.RepositoryJson()).With(Budget(5000, 4999, reset + 3600)));

        var limited = await Assert.ThrowsAsync<RemoteException>(() => github.Repository.GetAsync(GitHubStub.Cancel));
        Assert.Equal(RemoteFailure.RateLimited, limited.Failure);
        Assert.Equal(TimeSpan.FromSeconds(601), limited.RetryAfter);
        Assert.Equal(new RateBudget(5000, 0, DateTimeOffset.FromUnixTimeSeconds(reset), "core"), github.Repository.Budget);

        github.Time.Advance(TimeSpan.FromMinutes(5));
        var still = await Assert.ThrowsAsync<RemoteException>(() => github.Repository.CreateIssueAsync("t", "b", GitHubStub.Cancel));
        Assert.Equal(TimeSpan.FromSeconds(301), still.RetryAfter);
        Assert.Single(github.Server.RequestsTo(Repo));
        Assert.Empty(github.Server.RequestsTo("POST /repos/octo/hello/issues"));

        github.Time.Advance(TimeSpan.FromSeconds(301));
        Assert.Equal(42, (await github.Repository.GetAsync(GitHubStub.Cancel)).Id);
        Assert.Equal(4999, github.Repository.Budget!.Remaining);
    }

    [Fact]
    public async Task A_limit_of_one_installation_does_not_stop_another()
    {
        await using var github = await GitHubStub.StartAsync();
        github.Server
            .On(Repo, GitHubStub.Refusal(429, "Too many requests", ("Retry-After", "30")))
            .On("POST /app/installations/78/access_tokens", _ => StubAnswer.Json(github.TokenJson(), 201))
            .On("GET /repos/octo/other", GitHubStub.RepositoryJson("octo/other"));

        Assert.Equal(TimeSpan.FromSeconds(30), (await Assert.ThrowsAsync<RemoteException>(() => github.Repository.GetAsync(GitHubStub.Cancel))).RetryAfter);
        var other = github.Client.Repository(new RepositoryName("octo", "other"), 78);
        Assert.Equal("octo/other", (await other.GetAsync(GitHubStub.Cancel)).FullName);
    }

    [Fact]
    public async Task A_secondary_limit_that_names_no_time_wants_a_minute_and_then_twice_as_long()
    {
        await using var github = await GitHubStub.StartAsync();
        github.Server.On(Repo, GitHubStub.Refusal(403, "You have exceeded a secondary rate limit."));

        foreach (var seconds in new[] { 60, 120, 240 })
        {
            var limited = await Assert.ThrowsAsync<RemoteException>(() => github.Repository.GetAsync(GitHubStub.Cancel));
            Assert.Equal(RemoteFailure.RateLimited, limited.Failure);
            Assert.Equal(TimeSpan.FromSeconds(seconds), limited.RetryAfter);
            github.Time.Advance(TimeSpan.FromSeconds(seconds));
        }

        github.Server.On(Repo, GitHubStub.RepositoryJson());
        await github.Repository.GetAsync(GitHubStub.Cancel);
        github.Server.On(Repo, GitHubStub.Refusal(403, "You have exceeded a secondary rate limit."));
        Assert.Equal(TimeSpan.FromSeconds(60), (await Assert.ThrowsAsync<RemoteException>(() => github.Repository.GetAsync(GitHubStub.Cancel))).RetryAfter);
    }

    [Fact]
    public void Calls_that_were_on_their_way_together_meet_one_limit()
    {
        var time = new SteppedTime(GitHubStub.Start);
        var state = new InstallationState(77, new GitHubLimits(), observer: null, time);
        var request = new GitHubRequest(HttpMethod.Get, "repos/octo/hello", "reading octo/hello");
        var refusal = new GitHubAnswer(System.Net.HttpStatusCode.Forbidden, """{"message": "You have exceeded a secondary rate limit."}"""u8.ToArray());

        foreach (var seconds in new[] { 60, 120 })
        {
            Assert.All(Enumerable.Range(0, 30), _ => Assert.Equal(TimeSpan.FromSeconds(seconds), state.Refused(request, refusal).RetryAfter));
            time.Advance(TimeSpan.FromSeconds(seconds));
            state.ThrowIfHeldBack(request, CallPriority.Ordinary);
        }
    }

    [Fact]
    public async Task An_unchanged_answer_is_taken_from_memory()
    {
        await using var github = await GitHubStub.StartAsync();
        github.Server.On(Repo, request => request.Header("If-None-Match") == "W/\"v1\""
            ? StubAnswer.Empty(304).With(("ETag", "W/\"v1\""))
            : StubAnswer.Json(GitHubStub.RepositoryJson()).With(("ETag", "W/\"v1\"")));

        var first = await github.Repository.GetAsync(GitHubStub.Cancel);
        var second = await github.Repository.GetAsync(GitHubStub.Cancel);

        Assert.Equal(first, second);
        Assert.Equal([null, "W/\"v1\""], github.Server.RequestsTo(Repo).Select(request => request.Header("If-None-Match")));
    }

    [Fact]
    public void The_memory_for_unchanged_answers_is_bounded_in_number_and_bytes()
    {
        var cache = new AnswerCache(maxEntries: 3, maxBytes: 800);
        foreach (var key in new[] { "a", "b", "c" })
        {
            cache.Store(key, Tagged(10));
        }

        Assert.NotNull(cache.Find("a"));
        cache.Store("d", Tagged(10));
        Assert.Null(cache.Find("b"));
        Assert.NotNull(cache.Find("a"));

        cache.Store("large", Tagged(101));
        Assert.Null(cache.Find("large"));
        cache.Store("a", Tagged(10) with { ETag = null });
        Assert.Null(cache.Find("a"));
    }

    [Fact]
    public async Task Writes_of_one_installation_go_one_after_the_other_and_are_never_repeated()
    {
        await using var github = await GitHubStub.StartAsync(retries: 2);
        var running = 0;
        var most = 0;
        github.Server.On("POST /repos/octo/hello/issues", _ =>
        {
            most = Math.Max(most, Interlocked.Increment(ref running));
            SpinWait.SpinUntil(() => false, 5);
            Interlocked.Decrement(ref running);
            return GitHubStub.Refusal(502, "Server Error");
        });

        var failures = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ =>
            Assert.ThrowsAsync<RemoteException>(() => github.Repository.CreateIssueAsync("t", "b", GitHubStub.Cancel))));

        Assert.All(failures, failure => Assert.Equal(RemoteFailure.ServerError, failure.Failure));
        Assert.Equal(1, most);
        Assert.Equal(4, github.Server.RequestsTo("POST /repos/octo/hello/issues").Count);
    }

    private static (string, string)[] Budget(int limit, int remaining, long reset) =>
        [("x-ratelimit-limit", $"{limit}"), ("x-ratelimit-remaining", $"{remaining}"), ("x-ratelimit-reset", $"{reset}"), ("x-ratelimit-resource", "core")];

    private static GitHubAnswer Tagged(int size) => new(System.Net.HttpStatusCode.OK, new byte[size]) { ETag = "\"x\"" };
}
