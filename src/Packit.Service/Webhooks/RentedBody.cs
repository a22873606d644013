using System.Buffers;

namespace Packit.Service.Webhooks;

/// <summary>A request's body in a rented array that grows with what really arrives, not with what a header claims.</summary>
internal sealed class RentedBody : IDisposable
{
    private const int LargestFirstRent = 64 * 1024;

    private readonly BodyBudget _budget;
    private byte[] _array;
    private int _length;

    private RentedBody(BodyBudget budget, byte[] array)
    {
        _budget = budget;
        _array = array;
    }

    public ReadOnlyMemory<byte> Memory => _array.AsMemory(0, _length);

    /// <summary>An empty body.</summary>
    /// <returns>Null when the budget is exhausted.</returns>
    public static RentedBody? TryRent(BodyBudget budget, long? announced)
    {
        var first = (int)Math.Clamp(announced ?? LargestFirstRent, 256, LargestFirstRent);
        var array = ArrayPool<byte>.Shared.Rent(first);
        if (budget.TryTake(array.Length))
        {
            return new RentedBody(budget, array);
        }

        ArrayPool<byte>.Shared.Return(array);
        return null;
    }

    /// <summary>Adds what has arrived.</summary>
    /// <returns>False when the budget is exhausted.</returns>
    public bool TryAppend(in ReadOnlySequence<byte> arrived)
    {
        var needed = _length + (int)arrived.Length;
        if (needed > _array.Length && !TryGrow(needed))
        {
            return false;
        }

        arrived.CopyTo(_array.AsSpan(_length));
        _length = needed;
        return true;
    }

    public void Dispose()
    {
        if (_array.Length > 0)
        {
            _budget.GiveBack(_array.Length);
            ArrayPool<byte>.Shared.Return(_array);
            (_array, _length) = ([], 0);
        }
    }

    private bool TryGrow(int needed)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, _array.Length * 2));
        if (!_budget.TryTake(larger.Length))
        {
            ArrayPool<byte>.Shared.Return(larger);
            return false;
        }

        Memory.Span.CopyTo(larger);
        _budget.GiveBack(_array.Length);
        ArrayPool<byte>.Shared.Return(_array);
        _array = larger;
        return true;
    }
}
