using System.Collections.Concurrent;
using Packit.TestSupport;
using RabbitMQ.Client.Exceptions;

namespace Packit.FedoraMessaging.Tests.Listening;

/// <summary>The broker dies in mid-flow. It has a server of its own, which no other test uses meanwhile.</summary>
public sealed class BrokerCrashTests : IAsyncLifetime
{
    private readonly RabbitServer _server = new();
    private readonly string _topic = RunningListener.NewTopic();
    private readonly MemorySink _sink = new();

    public async ValueTask InitializeAsync() => await _server.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_broker_that_is_killed_and_started_again_loses_nothing()
    {
        await using var listener = await RunningListener.ConnectedAsync(RunningListener.To(_server, _topic), _sink);
        var confirmed = new ConcurrentBag<string>();
        using var end = new CancellationTokenSource();
        var publishing = PublishAsync(confirmed, end.Token);
        await Eventually.Is("flowing", () => _sink.Kept.Count > 100);

        await _server.CrashAsync();
        await Eventually.Is("noticed", () => listener.Status.Current.State == ListenerState.Disconnected);
        var before = confirmed.Count;
        await _server.RestartAsync();

        await Eventually.Is("flowing again", () => confirmed.Count > before + 100);
        await end.CancelAsync();
        await publishing;
        await Eventually.Is("all that was confirmed is stored", () => confirmed.All(_sink.Kept.ContainsKey));
        Assert.Equal(ListenerState.Connected, listener.Status.Current.State);
    }

    private async Task PublishAsync(ConcurrentBag<string> confirmed, CancellationToken end)
    {
        var next = 0;
        while (!end.IsCancellationRequested)
        {
            try
            {
                await using var publisher = await Publisher.ConnectAsync(_server);
                while (!end.IsCancellationRequested)
                {
                    var id = $"m{next}";
                    await publisher.SendAsync(_topic, id, "{}");
                    confirmed.Add(id);
                    next++;
                }
            }
            catch (Exception away) when (away is RabbitMQClientException or IOException or OperationCanceledException)
            {
                // The message that was on its way is sent once more, which makes a repetition.
                await Task.Delay(50, CancellationToken.None);
            }
        }
    }
}
