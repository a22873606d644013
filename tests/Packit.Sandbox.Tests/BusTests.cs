using System.Text.Json.Nodes;
using Packit.Sandbox.Bus;

namespace Packit.Sandbox.Tests;

public sealed class BusTests : IAsyncLifetime
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"packit-bus-{Guid.NewGuid():N}", "bus.jsonl");
    private readonly List<BusMessage> _got = [];
    private MessageBus _bus = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        _bus = new MessageBus(new SteppedClock(), _file);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _bus.DisposeAsync();
        Directory.Delete(Path.GetDirectoryName(_file)!, recursive: true);
    }

    [Fact]
    public async Task A_lost_message_is_in_the_history_and_a_lie_is_not()
    {
        Listen();
        _bus.Loses = message => message.Topic.EndsWith("lost", StringComparison.Ordinal);
        var lost = _bus.Publish("lost", []);
        var kept = _bus.Publish("kept", []);
        var lie = _bus.Lie("lie", new JsonObject { ["merged"] = true });
        await _bus.QuietAsync(Ct);

        Assert.Equal([lost, kept], _bus.History);
        Assert.Equal([kept, lie], _got);
        Assert.Equal("org.fedoraproject.prod.lie", lie.Topic);
    }

    [Fact]
    public async Task A_repeated_and_a_redelivered_message_keep_their_id()
    {
        Listen();
        _bus.Repeats = _ => 2;
        var message = _bus.Publish("x", []);
        _bus.Redeliver(message);
        await _bus.QuietAsync(Ct);

        Assert.Equal(4, _got.Count);
        Assert.All(_got, got => Assert.Equal(message.Id, got.Id));
        Assert.Single(_bus.History);
    }

    [Fact]
    public async Task What_a_subscriber_cannot_take_comes_again_before_the_next()
    {
        var troubles = 2;
        _bus.Subscribe((message, _) =>
        {
            if (troubles-- > 0)
            {
                throw new InvalidOperationException("The database is away.");
            }

            _got.Add(message);
            return Task.CompletedTask;
        });
        var first = _bus.Publish("x", []);
        var second = _bus.Publish("y", []);
        await _bus.QuietAsync(Ct);

        Assert.Equal([first, second], _got);
        Assert.Equal("The database is away.", _bus.LastTrouble!.Message);
    }

    [Fact]
    public async Task While_the_broker_is_away_messages_wait()
    {
        Listen();
        _bus.IsAway = true;
        _bus.Publish("x", []);
        Assert.False(_bus.IsQuiet);

        _bus.IsAway = false;
        await _bus.QuietAsync(Ct);

        Assert.Single(_got);
    }

    [Fact]
    public async Task The_history_outlives_a_restart_and_half_a_line()
    {
        var message = _bus.Publish("x", new JsonObject { ["a"] = "ü" }, "bodhi.update.comment.v1", users: ["packit"], packages: ["hello"], priority: 2);
        await _bus.DisposeAsync();
        await File.AppendAllTextAsync(_file, "{\"Id\":\"tor", Ct);

        _bus = new MessageBus(new SteppedClock(), _file);
        var next = _bus.Publish("y", []);
        await _bus.DisposeAsync();
        _bus = new MessageBus(new SteppedClock(), _file);

        Assert.Equal([message.Id, next.Id], _bus.History.Select(kept => kept.Id));
        Assert.Equal((message.Body, message.SentAt, message.Priority), (_bus.History[0].Body, _bus.History[0].SentAt, _bus.History[0].Priority));
        Assert.Equal(message.Headers().ToJsonString(), _bus.History[0].Headers().ToJsonString());
        Assert.Equal("2026-11-22T06:00:00+00:00", message.Headers()["sent-at"]!.ToString());
        Assert.True((bool)message.Headers()["fedora_messaging_rpm_hello"]!);
        Assert.Equal("bodhi_messages", message.Headers()["fedora_messaging_schema_package"]!.ToString());
    }

    private void Listen() => _bus.Subscribe((message, _) =>
    {
        _got.Add(message);
        return Task.CompletedTask;
    });
}
