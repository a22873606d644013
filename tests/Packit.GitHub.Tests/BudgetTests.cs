using Packit.Http;
using Packit.Stub;

namespace Packit.GitHub.Tests;

public class BudgetTests
{
    private const string Repo = "GET /repos/octo/hello";

    [Fact]
    public async Task A_low_budget_holds_back_work_without_haste_and_lets_the_rest_go_on()
    {
        await using var github = await GitHubStub.StartAsync();
        AnswerWith(github, remaining: 500);
        await github.Repository.GetAsync(GitHubStub.Cancel);

        var held = await Assert.ThrowsAsync<RemoteException>(() => github.Repository.InBackground().GetAsync(GitHubStub.Cancel));
        Assert.Equal(RemoteFailure.RateLimited, held.Failure);
        Assert.Equal(TimeSpan.FromSeconds(1801), held.RetryAfter);
        Assert.Contains("500 of 5000", held.Message, StringComparison.Ordinal);
        await github.Repository.GetAsync(GitHubStub.Cancel);
        Assert.Equal(2, github.Server.RequestsTo(Repo).Count);

        var report = github.Reports[^1];
        Assert.Equal((77, RateDelayCause.LowBudget, GitHubStub.Start), (report.InstallationId, report.Delay!.Cause, report.Delay.Since));

        github.Time.Advance(TimeSpan.FromSeconds(1802));
        await github.Repository.InBackground().GetAsync(GitHubStub.Cancel);
        Assert.Null(github.Reports[^1].Delay);
    }

    [Fact]
    public async Task The_last_requests_are_kept_for_a_first_sign_to_a_person()
    {
        await using var github = await GitHubStub.StartAsync();
        AnswerWith(github, remaining: 100);
        github.Server.On("POST /repos/octo/hello/issues/comments/9/reactions", StubAnswer.Json("{}", 201));
        await github.Repository.GetAsync(GitHubStub.Cancel);

        var held = await Assert.ThrowsAsync<RemoteException>(() => github.Repository.GetAsync(GitHubStub.Cancel));
        Assert.Equal(RemoteFailure.RateLimited, held.Failure);
        await github.Repository.AddReactionAsync(9, Reaction.Eyes, GitHubStub.Cancel);

        Assert.Single(github.Server.RequestsTo("POST /repos/octo/hello/issues/comments/9/reactions"));
    }

    [Fact]
    public async Task An_older_answer_that_comes_late_does_not_make_the_budget_look_better()
    {
        await using var github = await GitHubStub.StartAsync();
        foreach (var remaining in new[] { 900, 950 })
        {
            AnswerWith(github, remaining);
            await github.Repository.GetAsync(GitHubStub.Cancel);
        }

        Assert.Equal(900, github.Repository.Budget!.Remaining);
    }

    [Fact]
    public async Task A_waiting_time_given_as_a_date_is_kept_by_the_clock_of_the_server()
    {
        await using var github = await GitHubStub.StartAsync();
        github.Server.On(Repo, _ => GitHubStub.Refusal(
            429, "You have exceeded a secondary rate limit.", ("Retry-After", DateTimeOffset.UtcNow.AddSeconds(90).ToString("R", System.Globalization.CultureInfo.InvariantCulture))));

        var limited = await Assert.ThrowsAsync<RemoteException>(() => github.Repository.GetAsync(GitHubStub.Cancel));

        Assert.InRange(limited.RetryAfter!.Value, TimeSpan.FromSeconds(80), TimeSpan.FromSeconds(95));
        Assert.Equal(RateDelayCause.SecondaryLimit, github.Reports[^1].Delay!.Cause);
    }

    [Theory]
    [InlineData("0", 1)]
    [InlineData("99999999", 86400)]
    public async Task A_waiting_time_out_of_all_sense_is_bounded(string said, int seconds)
    {
        await using var github = await GitHubStub.StartAsync();
        github.Server.On(Repo, GitHubStub.Refusal(403, "You have exceeded a secondary rate limit.", ("Retry-After", said)));

        var limited = await Assert.ThrowsAsync<RemoteException>(() => github.Repository.GetAsync(GitHubStub.Cancel));

        Assert.Equal(TimeSpan.FromSeconds(seconds), limited.RetryAfter);
    }

    [Fact]
    public async Task A_limit_of_the_App_itself_stops_the_asking_for_tokens()
    {
        await using var github = await GitHubStub.StartAsync();
        github.Server.On(GitHubStub.TokenCall, GitHubStub.Refusal(429, "Too many requests", ("Retry-After", "30")));

        await Assert.ThrowsAsync<RemoteException>(() => github.Repository.GetAsync(GitHubStub.Cancel));
        var again = await Assert.ThrowsAsync<RemoteException>(() => github.Repository.GetAsync(GitHubStub.Cancel));

        Assert.Equal(TimeSpan.FromSeconds(30), again.RetryAfter);
        Assert.Single(github.Server.RequestsTo(GitHubStub.TokenCall));
        Assert.Equal(0, github.Reports[^1].InstallationId);
    }

    [Fact]
    public async Task What_another_process_met_holds_this_one_back_too()
    {
        await using var github = await GitHubStub.StartAsync();
        github.Server.On(Repo, GitHubStub.RepositoryJson());
        github.Client.Hold(77, RateDelayCause.SecondaryLimit, GitHubStub.Start.AddMinutes(1));

        var held = await Assert.ThrowsAsync<RemoteException>(() => github.Repository.GetAsync(GitHubStub.Cancel));

        Assert.Equal(TimeSpan.FromMinutes(1), held.RetryAfter);
        Assert.Empty(github.Server.RequestsTo(Repo));
    }

    private static void AnswerWith(GitHubStub github, int remaining) => github.Server.On(
        Repo,
        _ => StubAnswer.Json(GitHubStub.RepositoryJson()).With(
            ("x-ratelimit-limit", "5000"), ("x-ratelimit-remaining", $"{remaining}"),
            ("x-ratelimit-reset", $"{GitHubStub.Start.AddMinutes(30).ToUnixTimeSeconds()}"), ("x-ratelimit-resource", "core")));
}
