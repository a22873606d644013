using System.Net;
using Packit.Http;
using Packit.Stub;

namespace Packit.GitHub.Tests;

public class PaceTests
{
    private static readonly DateTimeOffset Start = GitHubStub.Start;
    private static readonly GitHubRequest Reading = new(HttpMethod.Get, "x", "reading");
    private static readonly GitHubRequest Creating = new(HttpMethod.Post, "x", "commenting");
    private static readonly GitHubRequest Changing = new(HttpMethod.Patch, "x", "editing");

    [Theory]
    [InlineData(60, 72, 80)]
    [InlineData(3600, 450, 500)]
    public void No_window_sees_more_creations_than_the_settings_and_GitHub_allow(int window, int most, int documented)
    {
        var sent = Flood(Creating, TimeSpan.FromHours(3));

        var worst = sent.Max(first => sent.Count(other => other >= first && other < first + TimeSpan.FromSeconds(window)));
        Assert.InRange(worst, 1, most);
        Assert.True(worst < documented);
    }

    [Fact]
    public void No_minute_sees_more_points_than_GitHub_allows()
    {
        var reads = Flood(Reading, TimeSpan.FromMinutes(5));
        var writes = Flood(Changing, TimeSpan.FromMinutes(5));

        Assert.InRange(Worst(reads, TimeSpan.FromMinutes(1)), 500, 800);
        Assert.InRange(Worst(writes, TimeSpan.FromMinutes(1)) * 5, 300, 800);
    }

    [Fact]
    public void A_quiet_service_answers_at_once_and_many_writes_go_a_second_apart()
    {
        var sent = Flood(Changing, TimeSpan.FromMinutes(1));

        Assert.True(sent.TakeWhile(at => at == Start).Count() >= 15);
        var later = sent.Where(at => at > Start + TimeSpan.FromSeconds(2)).ToList();
        Assert.All(later.Zip(later.Skip(1)), pair => Assert.True(pair.Second - pair.First > TimeSpan.FromSeconds(0.99)));
    }

    [Fact]
    public void A_reaction_goes_at_once_while_others_wait_and_work_without_haste_waits_first()
    {
        var pace = new CallPace(new GitHubLimits());
        while (pace.Reserve(Creating, CallPriority.Background, Start) == new CallPace.Place(TimeSpan.Zero, null))
        {
        }

        Assert.Equal(TimeSpan.Zero, pace.Reserve(Creating, CallPriority.Ordinary, Start).Wait);
        while (pace.Reserve(Creating, CallPriority.Ordinary, Start).ComeAgain is null)
        {
        }

        Assert.Equal(new CallPace.Place(TimeSpan.Zero, null), pace.Reserve(Creating, CallPriority.Urgent, Start));
    }

    [Fact]
    public void Those_who_are_refused_are_told_different_times()
    {
        var pace = new CallPace(new GitHubLimits());
        var told = Enumerable.Range(0, 200).Select(_ => pace.Reserve(Creating, CallPriority.Ordinary, Start).ComeAgain).OfType<TimeSpan>().ToList();

        Assert.True(told.Count > 100);
        Assert.Equal(told, told.Order());
        Assert.True(told.Distinct().Count() > told.Count / 2);
        Assert.All(told, again => Assert.InRange(again, TimeSpan.FromSeconds(3), TimeSpan.FromMinutes(15)));
    }

    [Fact]
    public void Two_processes_that_share_an_installation_take_half_each()
    {
        var one = Flood(Creating, TimeSpan.FromHours(2), new GitHubLimits { Processes = 2 });

        Assert.InRange(Worst(one, TimeSpan.FromHours(1)), 100, 225);
        Assert.InRange(Worst(one, TimeSpan.FromMinutes(1)), 10, 36);
    }

    [Fact]
    public async Task A_call_that_would_wait_for_long_is_refused_with_the_time_to_come_again()
    {
        await using var github = await GitHubStub.StartAsync();
        github.Server.On("POST /repos/octo/hello/issues/1/comments", StubAnswer.Json("""{"id": 5, "html_url": "https://github.test/c", "body": "b", "user": {"login": "x", "id": 1}, "created_at": "2026-03-01T12:00:00Z", "updated_at": "2026-03-01T12:00:00Z"}""", 201));

        RemoteException? limited = null;
        for (var sent = 0; limited is null && sent < 100; sent++)
        {
            try
            {
                await github.Impatient.CreateIssueCommentAsync(1, "b", GitHubStub.Cancel);
            }
            catch (RemoteException refused)
            {
                limited = refused;
            }
        }

        Assert.Equal(RemoteFailure.RateLimited, limited?.Failure);
        Assert.True(limited!.IsTransient);
        Assert.InRange(limited.RetryAfter!.Value, TimeSpan.FromSeconds(0.5), TimeSpan.FromMinutes(1));
        var report = Assert.IsType<RateReport>(github.Reports[^1]);
        Assert.Equal((77, RateDelayCause.Pace), (report.InstallationId, report.Delay!.Cause));
        Assert.Equal(Start, report.Delay.Since);
    }

    private static List<DateTimeOffset> Flood(GitHubRequest request, TimeSpan length, GitHubLimits? limits = null)
    {
        // As many as can go: whoever has to wait does, and then the next one comes.
        var pace = new CallPace(limits ?? new GitHubLimits());
        var sent = new List<DateTimeOffset>();
        for (var now = Start; now < Start + length;)
        {
            var place = pace.Reserve(request, CallPriority.Urgent, now);
            if (place.ComeAgain is null)
            {
                now += place.Wait;
                sent.Add(now);
            }
            else
            {
                now += place.Wait;
            }
        }

        return sent;
    }

    private static int Worst(List<DateTimeOffset> sent, TimeSpan window) =>
        sent.Max(first => sent.Count(other => other >= first && other < first + window));
}
