using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using Packit.Automation.Storage;
using Quartz;
using Quartz.Extensibility;

namespace Packit.Automation.Engine;

/// <summary>
/// Quartz on the service's own database. Its services live in a container of their own, made when the engine is first needed, because
/// what it is built from (which database) is known only when the configuration is read.
/// </summary>
internal sealed partial class QuartzEngine(
    Database database, JobDispatch dispatch, WakeUps wakeUps, IOptions<EngineOptions> options, TimeProvider time, ILoggerFactory loggers)
    : IJobQueue, IAsyncDisposable
{
    // After the grace of the options: how long cancelled jobs may take to come to their end.
    private static readonly TimeSpan CancelGrace = TimeSpan.FromSeconds(8);

    private readonly ILogger _log = loggers.CreateLogger<QuartzEngine>();
    private readonly SemaphoreSlim _making = new(1, 1);
    private ServiceProvider? _quartz;
    private IScheduler? _scheduler;
    private IDisposable? _wakeUp;

    public async Task EnqueueAsync(QueuedJob job, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(job);
        var scheduler = await SchedulerAsync(cancellationToken);
        await scheduler.ScheduleJob<EngineJob, EngineInput>(
            new EngineInput(job.Kind, job.RowId),
            job.NotBefore ?? time.GetUtcNow(),
            new OneOffJobOptions
            {
                Name = QuartzSetup.Short(job.Name),
                Group = job.Kind,
                ExecutionGroup = QuartzSetup.ExclusiveGroup(job.ExclusiveKey),
                OnConflict = TriggerConflict.Keep,
                RequestRecovery = true,
            },
            cancellationToken);
        await WakeOthersAsync(cancellationToken);
    }

    /// <summary>Begins to execute jobs in this process.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var scheduler = await SchedulerAsync(cancellationToken);
        var signaler = _quartz!.GetRequiredService<ISchedulerSignaler>();
        _wakeUp = wakeUps.Subscribe(WakeUps.Jobs, () => _ = signaler.SignalSchedulingChange(null, CancellationToken.None).AsTask());
        await scheduler.Start(cancellationToken);
    }

    /// <summary>Begins nothing new, lets running jobs end, then cancels them: they are taken up again, here or elsewhere.</summary>
    public async Task StopAsync()
    {
        _wakeUp?.Dispose();
        if (_scheduler is not { Status: not SchedulerStatus.Shutdown } scheduler)
        {
            return;
        }

        await scheduler.Standby(CancellationToken.None);
        await WithinAsync(dispatch.DrainAsync(), options.Value.StopGrace);
        if (!await WithinAsync(scheduler.Shutdown(waitForJobsToComplete: true, CancellationToken.None).AsTask(), CancelGrace))
        {
            LogNotEnded();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _wakeUp?.Dispose();
        if (_quartz is { } quartz)
        {
            await quartz.DisposeAsync();
        }

        _making.Dispose();
    }

    private async Task<IScheduler> SchedulerAsync(CancellationToken cancellationToken)
    {
        if (_scheduler is { } made)
        {
            return made;
        }

        await _making.WaitAsync(cancellationToken);
        try
        {
            _quartz ??= QuartzSetup.Build(database, dispatch, options.Value, time, loggers);
            return _scheduler ??= await _quartz.GetRequiredService<ISchedulerFactory>().GetScheduler(cancellationToken);
        }
        finally
        {
            _making.Release();
        }
    }

    private async Task WakeOthersAsync(CancellationToken cancellationToken)
    {
        if (database.Postgres is not { } source)
        {
            return;
        }

        try
        {
            await using var notify = source.CreateCommand($"NOTIFY {WakeUps.Jobs}");
            await notify.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (NpgsqlException e)
        {
            // The job is stored; the others find it by polling.
            LogNotWoken(e.Message);
        }
    }

    private async Task<bool> WithinAsync(Task task, TimeSpan limit)
    {
        try
        {
            await task.WaitAsync(limit, time);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Jobs did not end when they were cancelled; they are taken up again after the process has ended")]
    private partial void LogNotEnded();

    [LoggerMessage(Level = LogLevel.Warning, Message = "Other processes were not told of a new job: {Problem}")]
    private partial void LogNotWoken(string problem);
}
