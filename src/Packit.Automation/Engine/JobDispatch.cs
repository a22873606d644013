using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Packit.Automation.Engine;

/// <summary>Finds the handler of a kind and lets it work in a scope of its own.</summary>
internal sealed partial class JobDispatch(IServiceScopeFactory scopes, ILogger<JobDispatch> log)
{
    private static readonly Func<ILogger, string, int, IDisposable?> Scope = LoggerMessage.DefineScope<string, int>("Job {Kind} {RowId}");

    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _running;
    private bool _draining;

    /// <summary>Called once nothing new is begun any more: ends when the last running job has ended.</summary>
    public Task DrainAsync()
    {
        lock (_lock)
        {
            _draining = true;
            if (_running == 0)
            {
                _drained.TrySetResult();
            }
        }

        return _drained.Task;
    }

    public async Task RunAsync(string kind, int rowId, bool again, CancellationToken cancellationToken)
    {
        using var fields = Scope(log, kind, rowId);
        Begin();
        try
        {
            if (again)
            {
                LogAgain();
            }

            await using var scope = scopes.CreateAsyncScope();
            var handler = scope.ServiceProvider.GetServices<IJobHandler>().SingleOrDefault(handler => handler.Kind == kind)
                ?? throw new InvalidOperationException($"No handler is registered for jobs of the kind '{kind}'.");
            await handler.RunAsync(rowId, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            LogHandedOver();
            throw;
        }
        catch (Exception e)
        {
            LogThrown(e);
            throw;
        }
        finally
        {
            End();
        }
    }

    private void Begin()
    {
        lock (_lock)
        {
            _running++;
        }
    }

    private void End()
    {
        lock (_lock)
        {
            _running--;
            if (_draining && _running == 0)
            {
                _drained.TrySetResult();
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The job was cut off before and is taken up again")]
    private partial void LogAgain();

    [LoggerMessage(Level = LogLevel.Information, Message = "The job was cut off because the process stops; it will be taken up again")]
    private partial void LogHandedOver();

    [LoggerMessage(Level = LogLevel.Error, Message = "The job failed unexpectedly")]
    private partial void LogThrown(Exception exception);
}
