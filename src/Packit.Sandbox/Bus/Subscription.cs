using System.Threading.Channels;

namespace Packit.Sandbox.Bus;

/// <summary>One consumer of the bus with a queue of its own. What it cannot take now is handed to it again, as a broker does after a nack.</summary>
internal sealed class Subscription : IAsyncDisposable
{
    private static readonly TimeSpan RequeuePause = TimeSpan.FromMilliseconds(50);
    private readonly MessageBus _bus;
    private readonly Func<BusMessage, CancellationToken, Task> _take;
    private readonly Channel<BusMessage> _queue = Channel.CreateUnbounded<BusMessage>(new UnboundedChannelOptions { SingleReader = true });
    private readonly CancellationTokenSource _end = new();
    private readonly Task _pump;
    private int _open;

    /// <param name="bus">The bus that it takes part in.</param>
    /// <param name="faithful">Whether it is one of Fedora's own services, which the troubles of the bus do not touch.</param>
    /// <param name="take">Takes one message; throws when it shall be handed over again.</param>
    public Subscription(MessageBus bus, bool faithful, Func<BusMessage, CancellationToken, Task> take)
    {
        _bus = bus;
        _take = take;
        Faithful = faithful;
        _pump = Task.Run(PumpAsync);
    }

    public bool Faithful { get; }

    public bool IsQuiet => Volatile.Read(ref _open) == 0;

    public void Add(BusMessage message)
    {
        Interlocked.Increment(ref _open);
        _queue.Writer.TryWrite(message);
    }

    public async ValueTask DisposeAsync()
    {
        _bus.Remove(this);
        await _end.CancelAsync();
        await _pump;
        _end.Dispose();
    }

    private async Task PumpAsync()
    {
        try
        {
            await foreach (var message in _queue.Reader.ReadAllAsync(_end.Token))
            {
                while (!await HandAsync(message))
                {
                    await Task.Delay(RequeuePause, TimeProvider.System, _end.Token);
                }

                Interlocked.Decrement(ref _open);
            }
        }
        catch (OperationCanceledException) when (_end.IsCancellationRequested)
        {
            // The subscriber goes; what it did not take stays in the history.
        }
    }

    private async Task<bool> HandAsync(BusMessage message)
    {
        if (!Faithful)
        {
            await _bus.PresentAsync(_end.Token);
        }

        try
        {
            await _take(message, _end.Token);
            return true;
        }
        catch (Exception trouble) when (!_end.IsCancellationRequested)
        {
            _bus.LastTrouble = trouble;
            return false;
        }
    }
}
