using Packit.Sandbox.GitHub;

namespace Packit.Sandbox.Tests;

public sealed class GitHubLimitTests : SandboxStory
{
    private readonly SteppedClock _clock = new();

    protected override WorldOptions Options => base.Options with { Time = _clock };

    [Fact]
    public async Task Too_many_creations_in_a_minute_or_an_hour_are_refused_with_the_time_to_wait()
    {
        var project = await UpstreamAsync();
        string token = await InstallationTokenAsync();
        int issue = await project.OpenIssueAsync("octo", "Hello");
        World.GitHub.SecondaryLimits = new SecondaryLimits { ContentPerMinute = 3, ContentPerHour = 5 };

        var statuses = new List<int>();
        for (int minute = 0; minute < 2; minute++)
        {
            for (int number = 0; number < 4; number++)
            {
                statuses.Add((await CommentAsync(token, issue)).Status);
            }

            _clock.Move(TimeSpan.FromSeconds(61));
        }

        Assert.Equal([201, 201, 201, 403, 201, 201, 403, 403], statuses);
        var refused = await CommentAsync(token, issue);
        Assert.Equal((403, "60"), (refused.Status, refused.Headers["retry-after"]));
        Assert.StartsWith("You have exceeded a secondary rate limit", refused.Message);
        Assert.Equal(200, (await GitHubAsync("GET", "repos/octo/hello", token)).Status);
    }

    [Fact]
    public async Task Reads_and_writes_are_weighed_and_too_many_points_in_a_minute_are_refused()
    {
        await UpstreamAsync();
        string token = await InstallationTokenAsync();
        World.GitHub.SecondaryLimits = new SecondaryLimits { PointsPerMinute = 6, Status = 429, RetryAfter = null };

        Assert.Equal(200, (await GitHubAsync("GET", "repos/octo/hello", token)).Status);
        Assert.Equal(200, (await GitHubAsync("GET", "repos/octo/hello", token)).Status);
        var write = await CommentAsync(token, 1);
        Assert.Equal(429, write.Status);
        Assert.DoesNotContain("retry-after", write.Headers.Keys, StringComparer.OrdinalIgnoreCase);

        _clock.Move(TimeSpan.FromSeconds(61));
        Assert.Equal(404, (await CommentAsync(token, 1)).Status);
    }

    [Fact]
    public async Task A_budget_can_be_low_while_its_limit_stays()
    {
        await UpstreamAsync();
        string token = await InstallationTokenAsync();
        World.GitHub.UseAllBut("octo", 2);

        var answer = await GitHubAsync("GET", "repos/octo/hello", token);

        Assert.Equal(("5000", "1"), (answer.Headers["x-ratelimit-limit"], answer.Headers["x-ratelimit-remaining"]));
    }

    private Task<Answer> CommentAsync(string token, int issue) =>
        GitHubAsync("POST", $"repos/octo/hello/issues/{issue}/comments", token, new System.Text.Json.Nodes.JsonObject { ["body"] = "Hi" });
}
