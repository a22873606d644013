using Packit.Automation.Reporting.Texts;
using Packit.Http;

namespace Packit.Automation.Previewing;

/// <summary>The time that one preview has. Parts that fail, or come too late, are unknown and do not end the others.</summary>
internal sealed class PreviewClock : IDisposable
{
    private readonly CancellationToken _caller;
    private readonly CancellationTokenSource _late;
    private readonly CancellationTokenSource _stop;

    public PreviewClock(TimeSpan limit, TimeProvider time, CancellationToken caller)
    {
        _caller = caller;
        _late = new CancellationTokenSource(limit, time);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(caller, _late.Token);
    }

    /// <summary>Ends when the time is over, or the caller wants no more.</summary>
    public CancellationToken Token => _stop.Token;

    /// <summary>Tries one part.</summary>
    /// <returns>What it brought; or the default of it and why there is nothing.</returns>
    public async Task<(T? Value, string? WhyNot)> TryAsync<T>(Func<CancellationToken, Task<T>> part)
    {
        try
        {
            return (await part(Token), null);
        }
        catch (EgressDeniedException denied)
        {
            return (default, denied.Message);
        }
        catch (RemoteException remote)
        {
            return (default, remote.Message);
        }
        catch (OperationCanceledException) when (!_caller.IsCancellationRequested)
        {
            return (default, PreviewTexts.TimeIsUp);
        }
    }

    public void Dispose()
    {
        _stop.Dispose();
        _late.Dispose();
    }
}
