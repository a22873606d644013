namespace Packit.Service.Webhooks;

/// <summary>
/// The memory that bodies of all requests together may take. A body is not trusted before it is read whole, so without a limit
/// anybody could fill the memory with many large ones.
/// </summary>
internal sealed class BodyBudget(long bytes)
{
    private long _left = bytes;

    /// <summary>Takes memory from the budget.</summary>
    /// <returns>False when there is not enough left; nothing is taken then.</returns>
    public bool TryTake(int count)
    {
        if (Interlocked.Add(ref _left, -count) >= 0)
        {
            return true;
        }

        GiveBack(count);
        return false;
    }

    public void GiveBack(int count) => Interlocked.Add(ref _left, count);
}
