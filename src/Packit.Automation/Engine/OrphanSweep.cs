using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Packit.Automation.Engine;

/// <summary>
/// Row and engine job are not written in one transaction, and an engine can lose a job: what every handler's rows say should have a job is
/// put into the engine again, at the start and then now and then.
/// </summary>
internal sealed partial class OrphanSweep(
    IServiceScopeFactory scopes, IJobQueue queue, IOptions<EngineOptions> options, TimeProvider time, ILogger<OrphanSweep> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        using var timer = new PeriodicTimer(options.Value.SweepInterval, time);
        try
        {
            do
            {
                await SweepAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process stops.
        }
    }

    private async Task SweepAsync(CancellationToken stoppingToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        foreach (var handler in scope.ServiceProvider.GetServices<IJobHandler>())
        {
            try
            {
                foreach (var orphan in await handler.FindOrphansAsync(stoppingToken))
                {
                    await queue.EnqueueAsync(orphan, stoppingToken);
                    LogSwept(orphan.Kind, orphan.Name);
                }
            }
            catch (Exception e) when (e is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                // One kind's trouble must not keep the others waiting; the next round tries it again.
                LogFailed(e, handler.Kind);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Orphan of {Kind} swept up: {Job}")]
    private partial void LogSwept(string kind, string job);

    [LoggerMessage(Level = LogLevel.Error, Message = "Orphans of {Kind} could not be swept")]
    private partial void LogFailed(Exception exception, string kind);
}
