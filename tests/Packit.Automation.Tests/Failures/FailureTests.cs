using Packit.Automation.Failures;
using Packit.Automation.Storage;
using Packit.Http;

namespace Packit.Automation.Tests.Failures;

public sealed class FailureTests
{
    [Fact]
    public void An_archive_is_waited_for_in_seven_attempts() => Assert.Equal(
        [1, 2, 4, 8, 16, 32, null],
        Enumerable.Range(0, 7).Select(retries => RetrySchedule.Next(RetrySchedule.Archive, retries)?.TotalMinutes).Select(minutes => (int?)minutes));

    [Fact]
    public void A_remote_is_given_about_half_an_hour()
    {
        Assert.Equal(TimeSpan.FromSeconds(10), RetrySchedule.Next(RetrySchedule.Remote, 0));
        Assert.Null(RetrySchedule.Next(RetrySchedule.Remote, RetrySchedule.Remote.Count));
        Assert.InRange(RetrySchedule.Remote.Sum(pause => pause.TotalMinutes), 25, 35);
    }

    [Fact]
    public void A_pause_that_the_remote_asks_for_is_kept_when_it_is_longer_than_our_own()
    {
        Assert.Equal(TimeSpan.FromMinutes(30), RetrySchedule.Next(RetrySchedule.Remote, 0, TimeSpan.FromMinutes(30)));
        Assert.Equal(TimeSpan.FromSeconds(10), RetrySchedule.Next(RetrySchedule.Remote, 0, TimeSpan.FromSeconds(1)));
        Assert.Null(RetrySchedule.Next(RetrySchedule.Remote, RetrySchedule.Remote.Count, TimeSpan.FromMinutes(30)));
    }

    [Fact]
    public void No_remote_can_put_a_release_off_for_years() =>
        Assert.Equal(RetrySchedule.LongestAsked, RetrySchedule.Next(RetrySchedule.Remote, 0, TimeSpan.FromDays(1000)));

    [Theory]
    [InlineData(RemoteFailure.Unreachable, FailureKind.Transient, FailureCodes.RemoteAway)]
    [InlineData(RemoteFailure.Timeout, FailureKind.Transient, FailureCodes.RemoteAway)]
    [InlineData(RemoteFailure.ServerError, FailureKind.Transient, FailureCodes.RemoteAway)]
    [InlineData(RemoteFailure.RateLimited, FailureKind.Transient, FailureCodes.RemoteLimit)]
    [InlineData(RemoteFailure.Unauthorized, FailureKind.Transient, FailureCodes.RemoteCredentials)]
    [InlineData(RemoteFailure.Forbidden, FailureKind.UserFixable, FailureCodes.RemotePermission)]
    [InlineData(RemoteFailure.NotFound, FailureKind.Bug, FailureCodes.RemoteAnswer)]
    [InlineData(RemoteFailure.Conflict, FailureKind.Bug, FailureCodes.RemoteAnswer)]
    [InlineData(RemoteFailure.Invalid, FailureKind.Bug, FailureCodes.RemoteAnswer)]
    [InlineData(RemoteFailure.Unexpected, FailureKind.Bug, FailureCodes.RemoteAnswer)]
    public void A_refused_call_says_who_must_act_and_names_the_remote(RemoteFailure remote, FailureKind kind, string code)
    {
        var failure = RemoteFailures.Describe(new RemoteException("Pagure", remote, "It said no."));

        Assert.Equal((kind, code), (failure.Kind, failure.Code));
        Assert.StartsWith("Pagure ", failure.Text, StringComparison.Ordinal);
        Assert.EndsWith("It said no.", failure.Text, StringComparison.Ordinal);
    }
}
