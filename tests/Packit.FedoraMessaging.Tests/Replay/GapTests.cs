using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Packit.FedoraMessaging.Tests.Listening;
using Packit.Http;
using Packit.TestSupport;
using RabbitMQ.Client;

namespace Packit.FedoraMessaging.Tests.Replay;

/// <summary>What was missed is read back from datagrepper.</summary>
public sealed class GapTests(RabbitServer server) : IAsyncLifetime
{
    private readonly string _topic = RunningListener.NewTopic();
    private readonly MemorySink _sink = new();
    private readonly MemoryPosition _position = new();
    private DatagrepperStub _grepper = null!;

    public async ValueTask InitializeAsync() => _grepper = await DatagrepperStub.StartAsync();

    public ValueTask DisposeAsync() => _grepper.DisposeAsync();

    [Fact]
    public async Task After_a_deleted_queue_what_was_sent_meanwhile_is_read_back()
    {
        await server.StartAsync();
        _position.At = DateTimeOffset.UtcNow.AddMinutes(-1);
        await using var listener = await RunningListener.ConnectedAsync(RunningListener.To(server, _topic), _sink, Reader);
        await Eventually.Is("complete", () => listener.Status.Current.MissingFrom is null && _grepper.Searches > 0);
        await using var publisher = await Publisher.ConnectAsync(server);

        _grepper.Add("missed", DateTimeOffset.UtcNow.AddSeconds(-5));
        await publisher.Channel.QueueDeleteAsync(listener.Settings.Queue);

        await Eventually.Is("read back", () => _sink.Kept.ContainsKey("missed"));
    }

    [Fact]
    public async Task The_gap_since_the_last_run_is_read_page_by_page_and_each_message_kept_once()
    {
        var now = DateTimeOffset.UtcNow;
        _position.At = now.AddHours(-3);
        foreach (var i in Enumerable.Range(0, 350))
        {
            _grepper.Add($"m{i}", now.AddHours(-2.9).AddSeconds(i * 25));
        }

        _grepper.Add("late", now.AddHours(-3).AddMinutes(-10));
        _grepper.Add("too-old", now.AddHours(-4));

        await ReadOnceAsync(Settings());

        Assert.Equal(351, _sink.Kept.Count);
        Assert.True(_sink.Kept.ContainsKey("late"));
        Assert.InRange(_position.At!.Value, now, DateTimeOffset.UtcNow);
    }

    [Fact]
    public async Task The_first_start_reads_nothing_back()
    {
        _grepper.Add("old", DateTimeOffset.UtcNow.AddMinutes(-5));

        await ReadOnceAsync(Settings());

        Assert.Equal((0, 0), (_sink.Kept.Count, _grepper.Searches));
        Assert.NotNull(_position.At);
    }

    [Fact]
    public async Task A_gap_longer_than_the_limit_is_read_as_far_as_the_limit_goes()
    {
        var now = DateTimeOffset.UtcNow;
        _position.At = now.AddDays(-20);
        _grepper.Add("lost", now.AddDays(-10));
        _grepper.Add("within", now.AddHours(-5));

        await ReadOnceAsync(Settings() with { LongestGap = TimeSpan.FromHours(6) });

        Assert.Equal(["within"], _sink.Kept.Keys);
    }

    [Fact]
    public async Task Failures_are_tried_again_and_named_meanwhile()
    {
        _position.At = DateTimeOffset.UtcNow.AddMinutes(-10);
        _grepper.Add("m", DateTimeOffset.UtcNow.AddMinutes(-5));
        _grepper.FailsWith = 500;
        using var end = new CancellationTokenSource();
        var status = new ListenerStatus(TimeProvider.System);
        var reader = Reader(status);
        var running = reader.RunAsync(end.Token);

        reader.Open(DateTimeOffset.UtcNow);
        await Eventually.Is("named", () => status.Current.ReadBackProblem?.Contains("500", StringComparison.Ordinal) == true);
        Assert.NotNull(status.Current.MissingFrom);
        Assert.False(reader.IsComplete);
        _grepper.FailsWith = null;
        _sink.IsAway = true;
        await Eventually.Is("the store is away", () => status.Current.ReadBackProblem?.Contains("database", StringComparison.Ordinal) == true);
        _sink.IsAway = false;

        await Eventually.Is("read back", () => reader.IsComplete);
        Assert.True(_sink.Kept.ContainsKey("m"));
        Assert.Equal((null, null), (status.Current.ReadBackProblem, status.Current.MissingFrom));
        await end.CancelAsync();
        await running;
    }

    [Fact]
    public async Task A_position_from_a_clock_that_was_ahead_does_not_end_the_reading_back()
    {
        _position.At = DateTimeOffset.UtcNow.AddDays(2);
        _grepper.Add("recent", DateTimeOffset.UtcNow.AddMinutes(-5));

        await ReadOnceAsync(Settings());

        Assert.Equal(["recent"], _sink.Kept.Keys);
    }

    [Theory]
    [InlineData("0", 150)]
    [InlineData("3600", 5)]
    public async Task Whoever_asks_to_wait_is_not_asked_more_often_than_without(string asked, int firstPause)
    {
        _position.At = DateTimeOffset.UtcNow.AddMinutes(-10);
        (_grepper.FailsWith, _grepper.AsksToWait) = (503, asked);
        using var end = new CancellationTokenSource();
        var settings = Settings() with { FirstPause = TimeSpan.FromMilliseconds(firstPause), LongestPause = TimeSpan.FromMilliseconds(150) };
        var reader = Reader(new ListenerStatus(TimeProvider.System), settings);
        var begun = Stopwatch.StartNew();
        var running = reader.RunAsync(end.Token);

        reader.Open(DateTimeOffset.UtcNow);
        await Eventually.Is("asked four times", () => _grepper.Searches >= 4);

        Assert.True(begun.ElapsedMilliseconds >= 3 * 115, $"Four searches within {begun.Elapsed}.");
        await end.CancelAsync();
        await running;
    }

    [Fact]
    public async Task After_the_store_was_away_what_the_broker_may_have_dropped_is_read_back()
    {
        await server.StartAsync();
        _position.At = DateTimeOffset.UtcNow.AddMinutes(-1);
        await using var listener = await RunningListener.ConnectedAsync(RunningListener.To(server, _topic), _sink, Reader);
        await Eventually.Is("complete", () => listener.Status.Current.MissingFrom is null && _grepper.Searches > 0);
        await using var publisher = await Publisher.ConnectAsync(server);
        _sink.IsAway = true;
        await publisher.SendAsync(_topic, "given-back", "{}");
        await Eventually.Is("refused", () => _sink.Refusals > 0);

        _grepper.Add("dropped", DateTimeOffset.UtcNow.AddSeconds(-5));
        _sink.IsAway = false;

        await Eventually.Is("read back", () => _sink.Kept.ContainsKey("dropped"));
        Assert.True(_sink.Kept.ContainsKey("given-back"));
    }

    [Fact]
    public async Task While_a_gap_is_open_the_live_stream_does_not_move_the_position()
    {
        var old = DateTimeOffset.UtcNow.AddHours(-1);
        _position.At = old;
        var reader = Reader(new ListenerStatus(TimeProvider.System));
        reader.Open(DateTimeOffset.UtcNow);

        await reader.SeenAsync(DateTimeOffset.UtcNow, CancellationToken.None);

        Assert.Equal(old, _position.At);
    }

    [Fact]
    public async Task What_datagrepper_learns_late_about_the_moment_of_connecting_is_read_too()
    {
        _position.At = DateTimeOffset.UtcNow.AddMinutes(-1);
        using var end = new CancellationTokenSource();
        var reader = Reader(new ListenerStatus(TimeProvider.System), Settings() with { Delay = TimeSpan.FromSeconds(1) });
        var running = reader.RunAsync(end.Token);
        reader.Open(DateTimeOffset.UtcNow);
        await Eventually.Is("first pass", () => reader.IsComplete);

        _grepper.Add("learned-late", DateTimeOffset.UtcNow.AddSeconds(-10));

        await Eventually.Is("read", () => _sink.Kept.ContainsKey("learned-late"));
        await end.CancelAsync();
        await running;
    }

    [Fact]
    public async Task Without_a_broker_datagrepper_is_asked_again_and_again()
    {
        _position.At = DateTimeOffset.UtcNow;
        using var end = new CancellationTokenSource();
        var status = new ListenerStatus(TimeProvider.System);
        var polling = Reader(status, Settings() with { PollInterval = TimeSpan.FromMilliseconds(50) }).PollAsync(end.Token);
        await Eventually.Is("polling", () => status.Current.State == ListenerState.Polling);

        _grepper.Add("polled", DateTimeOffset.UtcNow.AddSeconds(-1));

        await Eventually.Is("stored", () => _sink.Kept.ContainsKey("polled"));
        await end.CancelAsync();
        await polling;
        Assert.Equal(ListenerState.Stopped, status.Current.State);
    }

    [Fact]
    public async Task A_page_that_is_too_large_is_read_one_by_one_without_what_is_too_large()
    {
        _position.At = DateTimeOffset.UtcNow.AddMinutes(-10);
        _grepper.Add("before", DateTimeOffset.UtcNow.AddMinutes(-6));
        _grepper.Add("giant", DateTimeOffset.UtcNow.AddMinutes(-5), new string('x', 65 << 20));
        _grepper.Add("after", DateTimeOffset.UtcNow.AddMinutes(-4));

        await ReadOnceAsync(Settings());

        Assert.Equal(["after", "before"], _sink.Kept.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_answer_that_is_not_datagreppers_is_no_answer()
    {
        _grepper.Says = "<html>welcome</html>";

        var refused = await Assert.ThrowsAsync<RemoteException>(async () =>
        {
            await foreach (var page in _grepper.Client().SearchAsync([DatagrepperStub.Topic], DateTimeOffset.UnixEpoch, DateTimeOffset.UtcNow, default))
            {
                Assert.Empty(page);
            }
        });

        Assert.Equal(RemoteFailure.Unexpected, refused.Failure);
        Assert.Contains("Is it the root of datagrepper?", refused.Message, StringComparison.Ordinal);
    }

    private static GapSettings Settings() => new()
    {
        Topics = [DatagrepperStub.Topic, "org.fedoraproject.prod.pagure.git.receive"],
        FirstPause = TimeSpan.FromMilliseconds(20),
        LongestPause = TimeSpan.FromMilliseconds(200),
    };

    private GapReader Reader(ListenerStatus status) => Reader(status, Settings());

    private GapReader Reader(ListenerStatus status, GapSettings settings) =>
        new(_grepper.Client(), _sink, _position, settings, status, TimeProvider.System, NullLogger<GapReader>.Instance);

    private async Task ReadOnceAsync(GapSettings settings)
    {
        using var end = new CancellationTokenSource();
        var reader = Reader(new ListenerStatus(TimeProvider.System), settings);
        var running = reader.RunAsync(end.Token);
        reader.Open(DateTimeOffset.UtcNow);
        await Eventually.Is("complete", () => reader.IsComplete);
        await end.CancelAsync();
        await running;
    }
}
