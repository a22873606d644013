using System.Data.Common;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Packit.Automation.Reporting.Texts;
using Packit.Automation.Storage;

namespace Packit.Automation.Intake;

/// <summary>Reads claimed deliveries and stores what came of them.</summary>
internal sealed partial class DeliveryReading(
    InboxClaims claims, IServiceScopeFactory scopes, InboxOptions options, TimeProvider time, ILogger log)
{
    private const int OutcomeLength = 4000;

    private readonly OutcomeWriter _outcomes = new(claims, time);

    private static readonly Func<ILogger, DeliverySource, string, IDisposable?> Scope =
        LoggerMessage.DefineScope<DeliverySource, string>("Delivery {Source} {DeliveryId}");

    /// <summary>Finishes what can be decided for all of the deliveries together, in one statement.</summary>
    /// <param name="claimed">Deliveries that are ours.</param>
    /// <returns>Those that have to be read.</returns>
    /// <exception cref="System.Data.Common.DbException">The database is away; nothing was finished, and the claims are still ours.</exception>
    public async Task<IReadOnlyList<ClaimedDelivery>> FinishAtAGlanceAsync(IReadOnlyList<InboxDelivery> claimed)
    {
        List<ClaimedDelivery> glanced;
        Dictionary<long, ClaimedDelivery> sifted;
        await using (var scope = scopes.CreateAsyncScope())
        {
            var reader = scope.ServiceProvider.GetRequiredService<IDeliveryReader>();
            // What was begun before is read by itself: whatever ended it then must not take a whole batch with it.
            glanced = [.. claimed.Select(row => row.Attempts == 1 ? Glance(reader, row) : new ClaimedDelivery(row))];
            var undecided = glanced.Where(delivery => delivery is { Outcome: null, Row.Attempts: 1 }).ToList();
            sifted = (await SiftAsync(reader, undecided)).ToDictionary(delivery => delivery.Row.Id);
            await reader.NoteAsync([.. glanced.Where(delivery => delivery is { Outcome: not null, Event.Subject: not null })], CancellationToken.None);
        }

        var finished = new List<FinishedDelivery>();
        var toRead = new List<ClaimedDelivery>();
        foreach (var delivery in glanced.Select(delivery => sifted.GetValueOrDefault(delivery.Row.Id, delivery)))
        {
            if (delivery.Outcome is { } outcome && StateOf(outcome) is { } state)
            {
                finished.Add(new FinishedDelivery(delivery.Row.Id, state, Clip(outcome.Text)));
            }
            else
            {
                toRead.Add(delivery);
            }
        }

        if (finished.Count > 0)
        {
            await claims.FinishAsync(finished, time.GetUtcNow(), CancellationToken.None);
            LogGlance(finished.Count);
        }

        return toRead;
    }

    /// <summary>Reads one delivery.</summary>
    /// <returns>What came of it, to be stored.</returns>
    /// <exception cref="OperationCanceledException">It was cut off; the delivery was given back.</exception>
    public async Task<DeliveryOutcome> ReadAsync(ClaimedDelivery claimed, CancellationToken cancellationToken)
    {
        var delivery = claimed.Row;
        using var fields = Scope(log, delivery.Source, delivery.DeliveryId);
        if (delivery.Faults > options.MaxUnfinished)
        {
            // Most likely it takes the process with it each time.
            return new DeliveryOutcome.Failed(IntakeTexts.NeverEnded(delivery.Faults - 1, delivery.Outcome));
        }

        try
        {
            await using var scope = scopes.CreateAsyncScope();
            return await scope.ServiceProvider.GetRequiredService<IDeliveryReader>().ReadAsync(claimed, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await claims.ReleaseAsync([delivery.Id], CancellationToken.None);
            throw;
        }
        catch (Exception e)
        {
            LogBug(e, delivery.Attempts);
            return delivery.Faults >= options.MaxFaults
                ? new DeliveryOutcome.Failed(IntakeTexts.GivenUpForBugs(delivery.Faults, e))
                : new DeliveryOutcome.Later(IntakeTexts.Bug(delivery.Attempts, e), For: WaitingFor.Repair);
        }
    }

    /// <summary>Stores what came of a delivery.</summary>
    /// <exception cref="DbException">The database is away; somebody reads the delivery again.</exception>
    public async Task StoreAsync(InboxDelivery delivery, DeliveryOutcome outcome)
    {
        using var fields = Scope(log, delivery.Source, delivery.DeliveryId);
        await EndAsync(delivery, outcome);
    }

    private Task EndAsync(InboxDelivery delivery, DeliveryOutcome outcome) => outcome switch
    {
        _ when StateOf(outcome) is { } state => FinishAsync(delivery, state, outcome.Text),
        DeliveryOutcome.Later later => WaitAsync(delivery, later),
        _ => throw new InvalidOperationException($"{outcome.GetType().Name} is no outcome."),
    };

    // An outage is no fault of the delivery: it is bounded by its age, and only bugs are by attempts.
    private Task WaitAsync(InboxDelivery delivery, DeliveryOutcome.Later later)
    {
        var now = time.GetUtcNow();
        var next = now + Pause(delivery, later);
        if (later.For == WaitingFor.Repair)
        {
            return claims.PostponeAsync(delivery.Id, Clip(later.Text), next, isFault: true, CancellationToken.None);
        }

        var until = delivery.WaitsSince + options.PatienceWith(later.For);
        return now >= until
            ? FinishAsync(delivery, DeliveryState.Failed, IntakeTexts.GivenUp(later.Text, now - delivery.WaitsSince, delivery.Attempts))
            : claims.PostponeAsync(delivery.Id, Clip(IntakeTexts.Waiting(later.Text, next, until)), next, isFault: false, CancellationToken.None);
    }

    // A remote that asks to be asked again at once would be asked without end.
    private TimeSpan Pause(InboxDelivery delivery, DeliveryOutcome.Later later)
    {
        var own = options.PauseAfter(delivery.Attempts);
        return later.After is { } asked && asked > own ? asked : own;
    }

    private async Task FinishAsync(InboxDelivery delivery, DeliveryState state, string text)
    {
        if (await _outcomes.StoreAsync(new FinishedDelivery(delivery.Id, state, Clip(text))))
        {
            // The bus speaks all the time, and mostly of others.
            var everyday = delivery.Source == DeliverySource.FedoraMessaging && state == DeliveryState.Handled;
            LogRead(everyday ? LogLevel.Debug : LogLevel.Information, state, text);
        }
        else
        {
            LogClaimLost(delivery.Id);
        }
    }

    // A bug shows again when the delivery is read, which has its own rules for bugs.
    private static ClaimedDelivery Glance(IDeliveryReader reader, InboxDelivery row)
    {
        var claimed = new ClaimedDelivery(row);
        try
        {
            return reader.Glance(claimed);
        }
        catch (Exception)
        {
            return claimed;
        }
    }

    private async Task<IReadOnlyList<ClaimedDelivery>> SiftAsync(IDeliveryReader reader, IReadOnlyList<ClaimedDelivery> deliveries)
    {
        if (deliveries.Count == 0)
        {
            return deliveries;
        }

        try
        {
            return await reader.SiftAsync(deliveries, CancellationToken.None);
        }
        catch (Exception bug) when (bug is not (DbException or IOException or TimeoutException))
        {
            // It shows again when the deliveries are read.
            LogSift(bug);
            return deliveries;
        }
    }

    /// <returns>Null for what is to be read again.</returns>
    private static DeliveryState? StateOf(DeliveryOutcome outcome) => outcome switch
    {
        DeliveryOutcome.Handled => DeliveryState.Handled,
        DeliveryOutcome.Rejected => DeliveryState.Rejected,
        DeliveryOutcome.Failed => DeliveryState.Failed,
        _ => null,
    };

    // PostgreSQL texts cannot hold the zero character.
    private static string Clip(string text) =>
        (text.Length > OutcomeLength ? text[..OutcomeLength] + "…" : text).Replace('\0', '\uFFFD');

    [LoggerMessage(Message = "Delivery {State}: {Outcome}")]
    private partial void LogRead(LogLevel level, DeliveryState state, string outcome);

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Count} deliveries concern nobody or cannot be read")]
    private partial void LogGlance(int count);

    [LoggerMessage(Level = LogLevel.Error, Message = "Deliveries could not be sifted because of a bug; each is read by itself")]
    private partial void LogSift(Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The claim on delivery row {Id} was lost while it was read; the outcome of its new reader counts")]
    private partial void LogClaimLost(long id);

    [LoggerMessage(Level = LogLevel.Error, Message = "Reading the delivery failed in attempt {Attempt} because of a bug")]
    private partial void LogBug(Exception exception, int attempt);
}
