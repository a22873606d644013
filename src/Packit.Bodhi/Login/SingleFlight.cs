namespace Packit.Bodhi;

/// <summary>Work that many callers need at the same time is done once; it goes on when one of them no longer waits.</summary>
internal sealed class SingleFlight<T>
{
    private readonly Lock _lock = new();
    private Task<T>? _running;

    /// <param name="work">Started when none is running; it has to end by itself.</param>
    public Task<T> RunAsync(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        Task<T> running;
        lock (_lock)
        {
            if (_running is not { IsCompleted: false })
            {
                _running = Task.Run(work, CancellationToken.None);
            }

            running = _running;
        }

        return running.WaitAsync(cancellationToken);
    }
}
