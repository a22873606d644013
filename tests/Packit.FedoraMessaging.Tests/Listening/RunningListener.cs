using Microsoft.Extensions.Logging.Abstractions;
using Packit.Http;
using Packit.TestSupport;

namespace Packit.FedoraMessaging.Tests.Listening;

/// <summary>A listener that runs until it is disposed of.</summary>
internal sealed class RunningListener : IAsyncDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly Task _running;

    private RunningListener(BrokerSettings settings, IMessageSink sink, Func<ListenerStatus, GapReader>? readBack)
    {
        Status = new ListenerStatus(TimeProvider.System);
        Settings = settings;
        var listener = new MessageListener(
            settings, sink, readBack?.Invoke(Status), Status, TimeProvider.System, NullLogger<MessageListener>.Instance);
        _running = Task.Run(() => listener.RunAsync(_end.Token));
    }

    public ListenerStatus Status { get; }

    public BrokerSettings Settings { get; }

    /// <summary>A topic that no other test publishes to: all share the exchange.</summary>
    public static string NewTopic() => $"org.fedoraproject.prod.test.{Guid.NewGuid():N}";

    public static BrokerSettings To(RabbitServer server, string topic, string? queue = null) => new()
    {
        Url = server.Plain,
        Login = new BrokerLogin.ByPassword(RabbitServer.User, () => new Secret(RabbitServer.Password)),
        Queue = queue ?? Guid.NewGuid().ToString(),
        Topics = [topic, topic + ".more"],
        FirstPause = TimeSpan.FromMilliseconds(50),
        LongestPause = TimeSpan.FromMilliseconds(400),
    };

    /// <summary>Starts it, and waits until it is connected.</summary>
    public static async Task<RunningListener> ConnectedAsync(
        BrokerSettings settings, IMessageSink sink, Func<ListenerStatus, GapReader>? readBack = null)
    {
        var listener = Start(settings, sink, readBack);
        await Eventually.Is("connected", () => listener.Status.Current.State == ListenerState.Connected);
        return listener;
    }

    public static RunningListener Start(BrokerSettings settings, IMessageSink sink, Func<ListenerStatus, GapReader>? readBack = null) =>
        new(settings, sink, readBack);

    /// <summary>What it says is wrong, once it says so.</summary>
    public async Task<string> ProblemAsync()
    {
        await Eventually.Is("a problem", () => Status.Current is { State: ListenerState.Disconnected, Problem: not null });
        return Status.Current.Problem!;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_running.IsCompleted)
        {
            await _end.CancelAsync();
            await _running;
            _end.Dispose();
        }
    }
}
