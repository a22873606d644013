using System.Text;
using Packit.TestSupport;
using RabbitMQ.Client;

namespace Packit.FedoraMessaging.Tests.Listening;

/// <summary>The listener on a real broker.</summary>
public sealed class ListenerTests(RabbitServer server) : IAsyncLifetime
{
    private readonly string _topic = RunningListener.NewTopic();
    private readonly MemorySink _sink = new();

    public async ValueTask InitializeAsync() => await server.StartAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_message_is_stored_with_its_envelope_and_then_acknowledged()
    {
        await using var publisher = await Publisher.ConnectAsync(server);
        await using var listener = await RunningListener.ConnectedAsync(RunningListener.To(server, _topic), _sink);
        var id = Guid.NewGuid().ToString();

        await publisher.SendAsync(_topic, id, """{"tag":"f43"}""");

        await Eventually.Is("stored", () => _sink.Kept.ContainsKey(id));
        var message = _sink.Kept[id];
        Assert.Equal((_topic, "koji_fedoramessaging.tag.TagV1", 20), (message.Topic, message.Schema, message.Severity));
        Assert.Equal(new DateTimeOffset(2026, 11, 22, 6, 15, 0, TimeSpan.Zero), message.SentAt);
        Assert.Equal("""{"tag":"f43"}""", Encoding.UTF8.GetString(message.Body.Span));
        Assert.NotNull(listener.Status.Current.LastMessageAt);
        await listener.DisposeAsync();
        Assert.Equal(0u, await publisher.Channel.MessageCountAsync(listener.Settings.Queue));
    }

    [Fact]
    public async Task Messages_that_come_while_nobody_listens_wait_in_the_queue()
    {
        await using var publisher = await Publisher.ConnectAsync(server);
        var settings = RunningListener.To(server, _topic);
        await (await RunningListener.ConnectedAsync(settings, _sink)).DisposeAsync();

        await publisher.SendAsync(_topic, "while-away", "{}");
        await publisher.SendAsync("org.fedoraproject.prod.buildsys.repo.done", "not-bound", "{}");

        await using var again = await RunningListener.ConnectedAsync(settings, _sink);
        await Eventually.Is("stored", () => _sink.Kept.ContainsKey("while-away"));
        Assert.Single(_sink.Kept);
    }

    [Fact]
    public async Task While_the_store_is_away_messages_go_back_to_the_broker_and_none_is_lost()
    {
        await using var publisher = await Publisher.ConnectAsync(server);
        await using var listener = await RunningListener.ConnectedAsync(RunningListener.To(server, _topic), _sink);
        _sink.IsAway = true;

        foreach (var i in Enumerable.Range(0, 60))
        {
            await publisher.SendAsync(_topic, $"m{i}", "{}");
        }

        await Eventually.Is("refused twice", () => _sink.Refusals >= 2);
        Assert.Equal((ListenerState.Connected, "The database is away."), (listener.Status.Current.State, listener.Status.Current.Problem));
        Assert.Empty(_sink.Kept);
        _sink.IsAway = false;

        await Eventually.Is("all stored", () => _sink.Kept.Count == 60);
        await Eventually.Is("no problem any more", () => listener.Status.Current.Problem is null);
    }

    [Fact]
    public async Task A_flood_is_taken_in_quickly()
    {
        await using var publisher = await Publisher.ConnectAsync(server);
        var settings = RunningListener.To(server, _topic);
        await (await RunningListener.ConnectedAsync(settings, _sink)).DisposeAsync();
        await Task.WhenAll(Enumerable.Range(0, 2000).Select(i => publisher.SendAsync(_topic, $"m{i}", "{}")));

        await using var listener = await RunningListener.ConnectedAsync(settings, _sink);

        await Eventually.Is("all stored", () => _sink.Kept.Count == 2000);
        Assert.Equal(0, _sink.Repetitions);
    }

    [Fact]
    public async Task Poison_is_kept_or_named_and_never_stops_the_stream()
    {
        await using var publisher = await Publisher.ConnectAsync(server);
        await using var listener = await RunningListener.ConnectedAsync(RunningListener.To(server, _topic), _sink);

        await publisher.SendAsync(_topic, "no-json", "\u0000\u0001 not json");
        await publisher.SendAsync(_topic, null, "{}", new BasicProperties());
        await publisher.SendAsync(_topic, "huge", new string('x', BusMessage.MaxBodyBytes + 1));
        await publisher.SendAsync(_topic, "odd-headers", "{}", new BasicProperties
        {
            Headers = new Dictionary<string, object?>
            {
                ["fedora_messaging_schema"] = new byte[] { 0xFF, 0xFE }, ["fedora_messaging_severity"] = "twenty", ["sent-at"] = 5, ["none"] = null,
            },
        });
        await publisher.SendAsync(_topic, "empty", "");
        await publisher.SendAsync(_topic, "last", "{}");

        await Eventually.Is("all stored", () => _sink.Kept.Count == 6);
        Assert.Contains("was not kept", _sink.Kept["huge"].Problem, StringComparison.Ordinal);
        Assert.Equal(0, _sink.Kept["huge"].Body.Length);
        Assert.Equal((null, null, null), (_sink.Kept["odd-headers"].Schema, _sink.Kept["odd-headers"].Severity, _sink.Kept["odd-headers"].SentAt));
        Assert.IsType<MalformedBody>(MessageBody.Parse("org.fedoraproject.prod.buildsys.tag", _sink.Kept["no-json"].Body));
        Assert.Contains(_sink.Kept.Keys, id => id.StartsWith("sha256:", StringComparison.Ordinal));
        Assert.Equal(ListenerState.Connected, listener.Status.Current.State);
    }

    [Fact]
    public async Task A_deleted_queue_is_made_again()
    {
        await using var publisher = await Publisher.ConnectAsync(server);
        await using var listener = await RunningListener.ConnectedAsync(RunningListener.To(server, _topic), _sink);

        await publisher.Channel.QueueDeleteAsync(listener.Settings.Queue);

        await Eventually.Is("stored", () =>
        {
            publisher.SendAsync(_topic, "after", "{}").GetAwaiter().GetResult();
            return _sink.Kept.ContainsKey("after");
        });
    }

    [Fact]
    public async Task A_cancellation_that_nobody_asked_for_does_not_end_it()
    {
        await using var publisher = await Publisher.ConnectAsync(server);
        await using var listener = await RunningListener.ConnectedAsync(RunningListener.To(server, _topic), new CancelledOnce(_sink));

        await publisher.SendAsync(_topic, "m", "{}");

        await Eventually.Is("stored", () => _sink.Kept.ContainsKey("m"));
    }

    /// <summary>As a library that says so when something took it too long.</summary>
    private sealed class CancelledOnce(IMessageSink inner) : IMessageSink
    {
        private int _calls;

        public Task StoreAsync(IReadOnlyList<BusMessage> messages, CancellationToken cancellationToken) =>
            Interlocked.Increment(ref _calls) == 1 ? throw new TaskCanceledException() : inner.StoreAsync(messages, cancellationToken);
    }
}
