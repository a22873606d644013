using Microsoft.EntityFrameworkCore;
using Packit.Automation.Reporting.Texts;
using Packit.Automation.Storage;
using Packit.Http;

namespace Packit.Automation.Effects;

/// <summary>
/// One at a time, in all processes: for effects that can be found again only after they are there, so that two who look at the same moment would
/// both make them.
/// </summary>
public sealed class EffectTurns(IPackitDbFactory databases, TimeProvider time)
{
    /// <summary>Whoever has not come back from a few calls by then has died.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    /// <summary>How long another one is waited for.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    /// <summary>Does something when nobody else does the same.</summary>
    /// <param name="service">The remote service, as errors call it.</param>
    /// <param name="key">What is done.</param>
    /// <param name="work">Does it; it looks first whether it is done.</param>
    /// <param name="cancellationToken">Ends the waiting and the work.</param>
    /// <exception cref="RemoteException">Another one does not come to an end; to be tried again later.</exception>
    public async Task AloneAsync(string service, string key, Func<Task> work, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        var turn = $"turn:{key}";
        var mine = await TakeAsync(service, turn, cancellationToken);
        try
        {
            await work();
        }
        finally
        {
            await using var database = databases.Create();
            await database.Effects.Where(row => row.Key == turn && row.Reference == mine).ExecuteDeleteAsync(CancellationToken.None);
        }
    }

    private async Task<string> TakeAsync(string service, string turn, CancellationToken cancellationToken)
    {
        var mine = Guid.NewGuid().ToString("N");
        var begun = time.GetTimestamp();
        while (true)
        {
            var now = time.GetUtcNow();
            var dead = now - Longest;
            await using (var database = databases.Create())
            {
                var row = new RemoteEffect { Key = turn, State = EffectState.Intended, Reference = mine, CreatedAt = now };
                if (await database.InsertIfAbsentAsync(row, cancellationToken)
                    || await database.Effects.Where(known => known.Key == turn && known.CreatedAt < dead).ExecuteUpdateAsync(
                        change => change.SetProperty(known => known.CreatedAt, now).SetProperty(known => known.Reference, mine), cancellationToken) == 1)
                {
                    return mine;
                }
            }

            if (time.GetElapsedTime(begun) > Patience)
            {
                throw new RemoteException(service, RemoteFailure.Timeout, DeliveryTexts.AnotherTells(service));
            }

            await Task.Delay(Look, time, cancellationToken);
        }
    }
}
