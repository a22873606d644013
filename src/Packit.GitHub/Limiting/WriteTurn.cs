namespace Packit.GitHub;

/// <summary>Lets one write go at a time, as GitHub asks; those that cannot wait are let in before the others.</summary>
internal sealed class WriteTurn
{
    private readonly Lock _gate = new();
    private readonly LinkedList<TaskCompletionSource> _urgent = new();
    private readonly LinkedList<TaskCompletionSource> _others = new();
    private bool _taken;

    /// <summary>Waits for the turn, which must be given back with <see cref="Leave"/>.</summary>
    /// <exception cref="OperationCanceledException">It was given up; there is nothing to give back.</exception>
    public async Task EnterAsync(bool urgent, CancellationToken cancellationToken)
    {
        LinkedListNode<TaskCompletionSource> waiting;
        lock (_gate)
        {
            if (!_taken)
            {
                _taken = true;
                return;
            }

            waiting = (urgent ? _urgent : _others).AddLast(new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        await using var registration = cancellationToken.Register(() => GiveUp(waiting, cancellationToken));
        await waiting.Value.Task;
    }

    public void Leave()
    {
        lock (_gate)
        {
            var next = _urgent.First ?? _others.First;
            if (next is null)
            {
                _taken = false;
                return;
            }

            next.List!.Remove(next);
            next.Value.SetResult();
        }
    }

    private void GiveUp(LinkedListNode<TaskCompletionSource> waiting, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            // Without a list its turn has come already.
            if (waiting.List is { } line)
            {
                line.Remove(waiting);
                waiting.Value.SetCanceled(cancellationToken);
            }
        }
    }
}
