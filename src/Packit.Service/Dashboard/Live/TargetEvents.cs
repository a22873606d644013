using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Packit.Automation.ProposeDownstream;
using Packit.Service.Dashboard.Reading;

namespace Packit.Service.Dashboard.Live;

/// <summary>
/// Keeps open pages of a branch up to date with server-sent events: <c>log</c> with a line, <c>state</c> when the page is to be read again,
/// <c>end</c> when nothing more will come. Signals of this process wake it; where another process works, looking now and then does.
/// </summary>
public sealed class TargetEvents(TargetQuery query, TargetSignals signals, IHostApplicationLifetime life, TimeProvider time)
{
    private const int MaximumStreams = 500;
    private const int LinesAtOnce = 200;

    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(2);

    // Browsers come back by themselves; a stream without end would keep a process that is told to stop.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan QuietTime = TimeSpan.FromSeconds(20);

    private int _streams;

    /// <summary>Answers the request of a page.</summary>
    /// <param name="id">The branch.</param>
    /// <param name="after">Id of the last line that the page has.</param>
    /// <param name="state">Stamp of the state that the page shows.</param>
    /// <param name="context">The request; <c>Last-Event-ID</c> of a browser that comes back has the last word.</param>
    /// <param name="events">The source of the events.</param>
    internal static async Task<IResult> StreamAsync(int id, long? after, string? state, HttpContext context, TargetEvents events)
    {
        if (!await events.IsVisibleAsync(id, context.RequestAborted))
        {
            return Results.NotFound();
        }

        if (events._streams >= MaximumStreams)
        {
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }

        var last = long.TryParse(context.Request.Headers["Last-Event-ID"], out var seen) ? seen : after ?? 0;
        context.Response.Headers["X-Accel-Buffering"] = "no";
        return TypedResults.ServerSentEvents(events.FollowAsync(id, last, state, context.RequestAborted));
    }

    private Task<bool> IsVisibleAsync(int id, CancellationToken cancellationToken) => query.IsVisibleAsync(id, cancellationToken);

    private async IAsyncEnumerable<SseItem<string>> FollowAsync(
        int id, long last, string? shown, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, life.ApplicationStopping);
        using var watch = signals.Begin(id);
        Interlocked.Increment(ref _streams);
        try
        {
            // The first event makes the answer begin at once, so that the browser knows that it is connected.
            yield return Quiet();
            var until = time.GetUtcNow() + Longest;
            var quietSince = time.GetUtcNow();
            var finished = false;
            while (!stop.IsCancellationRequested && time.GetUtcNow() < until)
            {
                if (await query.ChangeAsync(id, last, LinesAtOnce, cancellationToken) is not { } change)
                {
                    yield break;
                }

                foreach (var line in change.Lines)
                {
                    last = line.Id;
                    yield return Line(line);
                }

                var stamp = StateStamp.Of(change.State);
                if (stamp != shown)
                {
                    shown = stamp;
                    yield return new SseItem<string>(stamp, "state");
                }
                else if (change.Lines.Count == 0)
                {
                    // The last lines of a log may be stored a moment after the end of the work, so the end is believed when seen twice.
                    if (finished)
                    {
                        yield return new SseItem<string>(stamp, "end");
                        yield break;
                    }

                    if (time.GetUtcNow() - quietSince > QuietTime)
                    {
                        quietSince = time.GetUtcNow();
                        yield return Quiet();
                    }

                    finished = change.State.FinishedTime is not null;
                    await PauseAsync(watch, stop.Token);
                }
            }
        }
        finally
        {
            Interlocked.Decrement(ref _streams);
        }
    }

    private async Task PauseAsync(TargetSignals.Watch watch, CancellationToken stop)
    {
        using var poll = new CancellationTokenSource(Poll, time);
        using var wait = CancellationTokenSource.CreateLinkedTokenSource(poll.Token, stop);
        try
        {
            await watch.Changes.ReadAsync(wait.Token);
        }
        catch (OperationCanceledException)
        {
            // Time to look without a signal, or to stop: the loop finds out.
        }
    }

    private static SseItem<string> Quiet() => new("", "quiet");

    private static SseItem<string> Line(LogLine line)
    {
        var data = JsonSerializer.Serialize(new
        {
            at = line.At.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ"),
            time = line.At.UtcDateTime.ToString("HH:mm:ss"),
            level = line.Level,
            text = line.Text,
        });
        return new SseItem<string>(data, "log") { EventId = line.Id.ToString() };
    }
}
