using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Packit.Automation.Storage;

namespace Packit.Automation.Intake;

/// <summary>Reads one claimed delivery and stores what came of it.</summary>
internal sealed partial class DeliveryReading(
    InboxClaims claims, IServiceScopeFactory scopes, InboxOptions options, TimeProvider time, ILogger log)
{
    private const int OutcomeLength = 4000;

    private static readonly Func<ILogger, DeliverySource, string, IDisposable?> Scope =
        LoggerMessage.DefineScope<DeliverySource, string>("Delivery {Source} {DeliveryId}");

    /// <exception cref="OperationCanceledException">It was cut off; the delivery was given back.</exception>
    public async Task ReadAsync(long id, CancellationToken cancellationToken)
    {
        if (await claims.LoadAsync(id, cancellationToken) is not { } delivery)
        {
            return;
        }

        using var fields = Scope(log, delivery.Source, delivery.DeliveryId);
        if (delivery.Attempts > options.MaxAttempts)
        {
            // Every earlier attempt ended without a word: most likely it took the process with it.
            await FinishAsync(id, DeliveryState.Failed,
                $"Reading was begun {delivery.Attempts - 1} times and never came to an end. Last known: {delivery.Outcome ?? "nothing"}");
            return;
        }

        DeliveryOutcome outcome;
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            outcome = await scope.ServiceProvider.GetRequiredService<IDeliveryReader>().ReadAsync(delivery, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await claims.ReleaseAsync(id, CancellationToken.None);
            throw;
        }
        catch (Exception e)
        {
            LogBug(e, delivery.Attempts);
            outcome = delivery.Attempts >= Math.Min(options.MaxFaults, options.MaxAttempts)
                ? new DeliveryOutcome.Failed($"Internal error in {delivery.Attempts} attempts, the last: {e}")
                : new DeliveryOutcome.Later($"Internal error in attempt {delivery.Attempts}: {e}");
        }

        await StoreAsync(delivery, outcome);
    }

    private Task StoreAsync(InboxDelivery delivery, DeliveryOutcome outcome) => outcome switch
    {
        DeliveryOutcome.Handled => FinishAsync(delivery.Id, DeliveryState.Handled, outcome.Text),
        DeliveryOutcome.Rejected => FinishAsync(delivery.Id, DeliveryState.Rejected, outcome.Text),
        DeliveryOutcome.Failed => FinishAsync(delivery.Id, DeliveryState.Failed, outcome.Text),
        DeliveryOutcome.Later when delivery.Attempts >= options.MaxAttempts =>
            FinishAsync(delivery.Id, DeliveryState.Failed, $"Given up after {delivery.Attempts} attempts: {outcome.Text}"),
        DeliveryOutcome.Later later => claims.PostponeAsync(
            delivery.Id, Clip(later.Text), time.GetUtcNow() + (later.After ?? options.PauseAfter(delivery.Attempts)), CancellationToken.None),
        _ => throw new InvalidOperationException($"{outcome.GetType().Name} is no outcome."),
    };

    private async Task FinishAsync(long id, DeliveryState state, string text)
    {
        if (await claims.FinishAsync(id, state, Clip(text), time.GetUtcNow(), CancellationToken.None))
        {
            LogRead(state, text);
        }
        else
        {
            LogClaimLost(id);
        }
    }

    // PostgreSQL texts cannot hold the zero character.
    private static string Clip(string text) =>
        (text.Length > OutcomeLength ? text[..OutcomeLength] + "…" : text).Replace('\0', '\uFFFD');

    [LoggerMessage(Level = LogLevel.Information, Message = "Delivery {State}: {Outcome}")]
    private partial void LogRead(DeliveryState state, string outcome);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The claim on delivery row {Id} was lost while it was read; the outcome of its new reader counts")]
    private partial void LogClaimLost(long id);

    [LoggerMessage(Level = LogLevel.Error, Message = "Reading the delivery failed in attempt {Attempt} because of a bug")]
    private partial void LogBug(Exception exception, int attempt);
}
