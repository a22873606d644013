namespace Packit.Automation.Workspaces;

/// <summary>Work that is done once and shared by all who ask. A failed attempt is not kept: the next who asks tries again.</summary>
internal sealed class AsyncOnce<T>
{
    private readonly Lock _gate = new();
    private Task<T>? _work;

    public Task<T> GetAsync(Func<Task<T>> begin)
    {
        lock (_gate)
        {
            if (_work is null || _work.IsFaulted || _work.IsCanceled)
            {
                _work = Task.Run(begin);
            }

            return _work;
        }
    }
}
