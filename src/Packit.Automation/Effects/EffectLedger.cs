using Microsoft.EntityFrameworkCore;
using Packit.Automation.Storage;

namespace Packit.Automation.Effects;

/// <summary>
/// Makes remote effects once. The key is stored before the effect; when a key is found that was intended but never
/// confirmed, the remote is asked whether the effect is there, and what is there is adopted.
/// </summary>
public sealed class EffectLedger(IPackitDbFactory databases, TimeProvider time)
{
    /// <summary>Makes an effect unless it was made before.</summary>
    /// <param name="key">What exactly is made; two attempts at the same thing have the same key.</param>
    /// <param name="find">Asks the remote for the effect: its reference, or null when it is not there. Asked only after an attempt whose end is unknown.</param>
    /// <param name="make">Makes the effect and returns its reference.</param>
    /// <param name="cancellationToken">Ends the waiting; the intent stays recorded.</param>
    /// <returns>The reference, and whether it was made by this call.</returns>
    public async Task<EffectResult> OnceAsync(
        string key,
        Func<CancellationToken, Task<string?>> find,
        Func<CancellationToken, Task<string>> make,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(find);
        ArgumentNullException.ThrowIfNull(make);
        var (effect, isNew) = await IntendAsync(key, cancellationToken);
        if (effect.State == EffectState.Done)
        {
            return new EffectResult(effect.Reference!, MadeNow: false);
        }

        var adopted = isNew ? null : await find(cancellationToken);
        var reference = adopted ?? await make(cancellationToken);
        await ConfirmAsync(effect.Id, reference, cancellationToken);
        return new EffectResult(reference, MadeNow: adopted is null);
    }

    private async Task<(RemoteEffect Effect, bool IsNew)> IntendAsync(string key, CancellationToken cancellationToken)
    {
        await using var database = databases.Create();
        var intent = new RemoteEffect { Key = key, State = EffectState.Intended, CreatedAt = time.GetUtcNow() };
        var isNew = await database.InsertIfAbsentAsync(intent, cancellationToken);
        return (await database.Effects.AsNoTracking().SingleAsync(row => row.Key == key, cancellationToken), isNew);
    }

    private async Task ConfirmAsync(long id, string reference, CancellationToken cancellationToken)
    {
        await using var database = databases.Create();
        var now = time.GetUtcNow();
        await database.Effects.Where(row => row.Id == id).ExecuteUpdateAsync(
            change => change
                .SetProperty(row => row.State, EffectState.Done)
                .SetProperty(row => row.Reference, reference)
                .SetProperty(row => row.DoneAt, now),
            cancellationToken);
    }
}

/// <summary>What came of <see cref="EffectLedger.OnceAsync"/>.</summary>
/// <param name="Reference">Where the effect is: a URL, an id or a sha.</param>
/// <param name="MadeNow">Whether this call made it.</param>
public sealed record EffectResult(string Reference, bool MadeNow);
