namespace Packit.Sandbox;

/// <summary>Writes the state soon after it changed, so that a process that is killed loses no more than a blink.</summary>
internal sealed class StateKeeper : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private readonly Action _save;
    private readonly Lock _gate = new();
    private readonly ITimer _timer;
    private volatile bool _changed;

    public StateKeeper(Action save)
    {
        _save = save;
        _timer = TimeProvider.System.CreateTimer(_ => SaveIfChanged(), state: null, Pause, Pause);
    }

    public void Changed() => _changed = true;

    public void Save()
    {
        lock (_gate)
        {
            _changed = false;
            _save();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync();
        Save();
    }

    private void SaveIfChanged()
    {
        if (_changed)
        {
            Save();
        }
    }
}
