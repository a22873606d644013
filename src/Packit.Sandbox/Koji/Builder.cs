using System.Threading.Channels;

namespace Packit.Sandbox.Koji;

/// <summary>The builders: take free tasks one after the other, and end builds when somebody says so or their time is over.</summary>
internal sealed class Builder : IAsyncDisposable
{
    private readonly KojiStandIn _koji;
    private readonly Channel<Work> _queue = Channel.CreateUnbounded<Work>(new UnboundedChannelOptions { SingleReader = true });
    private readonly CancellationTokenSource _end = new();
    private readonly HashSet<int> _taken = [];
    private readonly List<ITimer> _timers = [];
    private readonly Task _pump;
    private Exception? _trouble;
    private int _open;

    public Builder(KojiStandIn koji)
    {
        _koji = koji;
        _pump = Task.Run(PumpAsync);
    }

    /// <summary>Whether free tasks are taken without being told.</summary>
    public bool StartsByItself { get; set; } = true;

    /// <summary>How long a build takes; null: until somebody ends it.</summary>
    public TimeSpan? BuildTime { get; set; }

    /// <summary>The time between complete and tagged; null: until somebody tags it.</summary>
    public TimeSpan? TagDelay { get; set; } = TimeSpan.Zero;

    /// <summary>Something may be there to do.</summary>
    public void Wake()
    {
        if (StartsByItself)
        {
            foreach (var task in Free())
            {
                Post(ct => StartAsync(task, ct));
            }
        }
    }

    /// <summary>Takes up what an earlier process left: sources that were being read, and the clocks of builds and taggings.</summary>
    public void Resume()
    {
        lock (_koji.State.Gate)
        {
            foreach (var task in _koji.State.Tasks.Values.Where(task => task is { Method: "build", State: HubTaskState.Open }).ToArray())
            {
                if (_koji.BuildSteps.WaitingTag(task) is { } tagging)
                {
                    After(TagDelay, () => TagNow(tagging));
                }
                else if (_koji.BuildSteps.AtWork(task).Count > 0)
                {
                    After(BuildTime, () => Finish(task));
                }
                else
                {
                    Post(ct => StartAsync(task, ct));
                }
            }
        }

        Wake();
    }

    /// <summary>Does a step after all that is waiting. Its trouble is the caller's.</summary>
    public Task Enqueue(Func<CancellationToken, Task> step)
    {
        Interlocked.Increment(ref _open);
        var work = new Work(step, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        if (!_queue.Writer.TryWrite(work))
        {
            Interlocked.Decrement(ref _open);
            work.Done.SetCanceled();
        }

        return work.Done.Task;
    }

    /// <summary>Does a step under the gate after all that is waiting.</summary>
    public Task Enqueue(Action step) => Enqueue(_ => UnderGate(step));

    /// <summary>Returns when nothing is left that would happen by itself without the clock.</summary>
    public async Task QuietAsync()
    {
        do
        {
            await Enqueue(() => { });
        }
        while (Volatile.Read(ref _open) > 0);

        if (Interlocked.Exchange(ref _trouble, null) is { } trouble)
        {
            throw new InvalidOperationException("A builder of the sandbox failed: " + trouble.Message, trouble);
        }
    }

    /// <summary>Takes a task when it is still free. A build then stands with its architectures at work, or has failed.</summary>
    public async Task StartAsync(KojiTask task, CancellationToken ct)
    {
        BuildOrder? order;
        lock (_koji.State.Gate)
        {
            _taken.Add(task.Id);
            if (task is { Method: "tagBuild", State: HubTaskState.Free })
            {
                _koji.BuildSteps.Tag(task);
            }

            order = task is { Method: "build", IsOver: false } ? _koji.BuildSteps.Begin(task) : null;
        }

        if (order is null)
        {
            return;
        }

        var reading = await _koji.Sources.ReadAsync(order.Source, task.IsScratch, order.Release, ct);
        lock (_koji.State.Gate)
        {
            if (_koji.BuildSteps.Sourced(order, reading))
            {
                After(BuildTime, () => Finish(task));
            }
        }
    }

    /// <summary>Ends a build well when it is at work. Under the gate.</summary>
    public void Finish(KojiTask task)
    {
        if (!task.IsOver && _koji.BuildSteps.AtWork(task).Count > 0 && _koji.BuildSteps.Finish(task) && _koji.BuildSteps.WaitingTag(task) is { } tagging)
        {
            if (TagDelay == TimeSpan.Zero)
            {
                TagNow(tagging);
            }
            else
            {
                After(TagDelay, () => TagNow(tagging));
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _queue.Writer.TryComplete();
        await _pump;
        lock (_koji.State.Gate)
        {
            _timers.ForEach(timer => timer.Dispose());
        }

        _end.Dispose();
    }

    private void TagNow(KojiTask tagging)
    {
        if (!tagging.IsOver)
        {
            _koji.BuildSteps.Tag(tagging);
        }
    }

    private List<KojiTask> Free()
    {
        lock (_koji.State.Gate)
        {
            return [.. _koji.State.Tasks.Values.Where(task => task.State == HubTaskState.Free && task.Parent is null && _taken.Add(task.Id))];
        }
    }

    /// <summary>Does a step when its time has come on the world's clock. Under the gate.</summary>
    private void After(TimeSpan? delay, Action step)
    {
        if (delay == TimeSpan.Zero)
        {
            Post(_ => UnderGate(step));
        }
        else if (delay is { } time)
        {
            _timers.Add(_koji.Time.CreateTimer(_ => Post(_ => UnderGate(step)), state: null, time, Timeout.InfiniteTimeSpan));
        }
    }

    /// <summary>Does a step that nobody waits for; its trouble is told by <see cref="QuietAsync"/>.</summary>
    private void Post(Func<CancellationToken, Task> step) => _ = Enqueue(async ct =>
    {
        try
        {
            await step(ct);
        }
        catch (Exception trouble) when (trouble is not OperationCanceledException)
        {
            Volatile.Write(ref _trouble, trouble);
        }
    });

    private Task UnderGate(Action step)
    {
        lock (_koji.State.Gate)
        {
            step();
        }

        return Task.CompletedTask;
    }

    private async Task PumpAsync()
    {
        await foreach (var work in _queue.Reader.ReadAllAsync())
        {
            try
            {
                await work.Step(_end.Token);
                work.Done.SetResult();
            }
            catch (OperationCanceledException) when (_end.IsCancellationRequested)
            {
                work.Done.SetCanceled();
            }
            catch (Exception trouble)
            {
                work.Done.SetException(trouble);
            }
            finally
            {
                _koji.Changed?.Invoke();
                Interlocked.Decrement(ref _open);
            }
        }
    }

    private sealed record Work(Func<CancellationToken, Task> Step, TaskCompletionSource Done);
}
