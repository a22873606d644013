using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Packit.Automation.Engine;
using Packit.Automation.Reporting.Texts;
using Packit.Automation.Storage;
using Packit.GitHub;
using Packit.Http;

namespace Packit.Automation.Reporting;

/// <summary>
/// Shows states on upstream commits: one check run per name, made once and then updated. What is to be shown is stored first
/// and sent until the forge has confirmed it, so that an outage delays a check and never loses its end.
/// </summary>
public sealed partial class CheckReporter(IPackitDbFactory databases, IJobQueue queue, TimeProvider time, ILogger<CheckReporter> logger)
{
    /// <summary>Checks are sent one after another; different ones side by side, as far as they do not share a place.</summary>
    private readonly SemaphoreSlim[] _sending = [.. Enumerable.Range(0, 64).Select(static _ => new SemaphoreSlim(1, 1))];

    /// <summary>
    /// Stores what a check is to show and sends it. Whoever changes what is wanted sends it, so that two who want the same send it once.
    /// Trouble with the forge is logged; the sweep sends it again.
    /// </summary>
    /// <param name="repository">Where the commit is.</param>
    /// <param name="place">Which check on which commit.</param>
    /// <param name="view">What it shows.</param>
    /// <param name="cancellationToken">Ends the sending; what was stored stays.</param>
    public async Task ShowAsync(GitHubRepository repository, CheckPlace place, CheckView view, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(place);
        if (await WantAsync(place, view, cancellationToken) is var (check, isNew))
        {
            await TrySendAsync(repository, check, isNew, cancellationToken);
        }
    }

    /// <summary>Sends a stored check again, unless the forge has confirmed it meanwhile.</summary>
    public async Task ResendAsync(GitHubRepository repository, int checkId, CancellationToken cancellationToken)
    {
        await TrySendAsync(repository, await ReadAsync(checkId, cancellationToken), isNew: false, cancellationToken);
    }

    /// <summary>
    /// Like <see cref="ShowAsync"/>, for those who can come again when the forge is in trouble: also sends what was wanted before and is not
    /// confirmed, and waits for whoever is sending it just now.
    /// </summary>
    /// <returns>How the forge shows it.</returns>
    public async Task<CheckDisplay> ShowToTheEndAsync(GitHubRepository repository, CheckPlace place, CheckView view, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(place);
        var wanted = await WantAsync(place, view, cancellationToken);
        var check = wanted?.Check ?? await FindAsync(place, cancellationToken);
        var trouble = check.Shown == check.Wanted ? null : await TrySendAsync(repository, check, wanted?.IsNew ?? false, cancellationToken);
        return trouble switch
        {
            RemoteFailure.Forbidden or RemoteFailure.NotFound or RemoteFailure.Invalid => CheckDisplay.Refused,
            not null => CheckDisplay.Pending,
            null => (await ReadAsync(check.Id, cancellationToken)).CheckRunId is null ? CheckDisplay.TitleOnly : CheckDisplay.Whole,
        };
    }

    /// <summary>
    /// Like <see cref="ShowToTheEndAsync"/>, and sends it even when the forge shows it so already: a check that was to run again is open on
    /// GitHub until its App says something.
    /// </summary>
    public async Task<CheckDisplay> ShowAnewAsync(GitHubRepository repository, CheckPlace place, CheckView view, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(place);
        await using (var database = databases.Create())
        {
            await database.Checks.Where(row => row.ProjectId == place.ProjectId && row.HeadSha == place.HeadSha && row.Name == place.Name)
                .ExecuteUpdateAsync(change => change.SetProperty(row => row.Shown, (string?)null), cancellationToken);
        }

        return await ShowToTheEndAsync(repository, place, view, cancellationToken);
    }

    /// <summary>
    /// Shows a check as it is, with a note below; whatever it comes to show next takes the note away. Nothing is done when that happens
    /// meanwhile. Trouble with the forge is logged; the sweep sends it again.
    /// </summary>
    /// <param name="repository">Where the commit is.</param>
    /// <param name="checkId">Row of the check.</param>
    /// <param name="note">Markdown.</param>
    /// <param name="cancellationToken">Ends the sending; what was stored stays.</param>
    public async Task NoteAsync(GitHubRepository repository, int checkId, string note, CancellationToken cancellationToken)
    {
        var check = await ReadAsync(checkId, cancellationToken);
        var view = JsonSerializer.Deserialize(check.Wanted, CheckJson.Default.CheckView)!;
        var noted = JsonSerializer.Serialize(view with { Note = note }, CheckJson.Default.CheckView);
        var now = time.GetUtcNow();
        await using var database = databases.Create();
        var isNoted = await database.Checks.Where(row => row.Id == checkId && row.Wanted == check.Wanted).ExecuteUpdateAsync(
            change => change.SetProperty(row => row.Wanted, noted).SetProperty(row => row.WantedAt, now).SetProperty(row => row.Shown, (string?)null),
            cancellationToken) == 1;
        if (isNoted)
        {
            await TrySendAsync(repository, await ReadAsync(checkId, cancellationToken), isNew: false, cancellationToken);
        }
    }

    private async Task<StoredCheck> FindAsync(CheckPlace place, CancellationToken cancellationToken)
    {
        await using var database = databases.Create();
        return await database.Checks.AsNoTracking().SingleAsync(
            row => row.ProjectId == place.ProjectId && row.HeadSha == place.HeadSha && row.Name == place.Name, cancellationToken);
    }

    private async Task<StoredCheck> ReadAsync(int checkId, CancellationToken cancellationToken)
    {
        await using var database = databases.Create();
        return await database.Checks.AsNoTracking().SingleAsync(row => row.Id == checkId, cancellationToken);
    }

    /// <summary>The check to be sent; null when it was wanted like this already.</summary>
    private async Task<(StoredCheck Check, bool IsNew)?> WantAsync(CheckPlace place, CheckView view, CancellationToken cancellationToken)
    {
        var wanted = JsonSerializer.Serialize(view, CheckJson.Default.CheckView);
        var now = time.GetUtcNow();
        await using var database = databases.Create();
        var isNew = await database.InsertIfAbsentAsync(
            new StoredCheck
            {
                ProjectId = place.ProjectId, HeadSha = place.HeadSha, Name = place.Name, ExternalId = place.ExternalId,
                Wanted = wanted, WantedAt = now,
            },
            cancellationToken);
        var rows = database.Checks.Where(row => row.ProjectId == place.ProjectId && row.HeadSha == place.HeadSha && row.Name == place.Name);
        var isChanged = isNew || await rows.Where(row => row.Wanted != wanted).ExecuteUpdateAsync(
            change => change.SetProperty(row => row.Wanted, wanted).SetProperty(row => row.WantedAt, now), cancellationToken) == 1;
        return isChanged ? (await rows.AsNoTracking().SingleAsync(cancellationToken), isNew) : null;
    }

    /// <returns>Why it could not be shown; null when it is.</returns>
    private async Task<RemoteFailure?> TrySendAsync(GitHubRepository repository, StoredCheck check, bool isNew, CancellationToken cancellationToken)
    {
        // Two at once would both find nothing and make two. After a crash this happens: the delivery is read again while the
        // job of its branch is taken up again.
        var sending = _sending[check.Id % _sending.Length];
        await sending.WaitAsync(cancellationToken);
        try
        {
            return await SendOnceAsync(repository, check.Id, isNew, cancellationToken);
        }
        finally
        {
            sending.Release();
        }
    }

    private async Task<RemoteFailure?> SendOnceAsync(GitHubRepository repository, int checkId, bool isNew, CancellationToken cancellationToken)
    {
        var check = await ReadAsync(checkId, cancellationToken);
        if (check.Shown == check.Wanted)
        {
            return null;
        }

        try
        {
            var id = await SendAsync(repository, check, isNew, cancellationToken);
            await using var database = databases.Create();
            await database.Checks.Where(row => row.Id == check.Id).ExecuteUpdateAsync(
                change => change.SetProperty(row => row.CheckRunId, id).SetProperty(row => row.Shown, check.Wanted), cancellationToken);
            return null;
        }
        catch (RemoteException remote)
        {
            LogNotShown(check.Name, check.HeadSha, remote.Message);
            if (remote.RetryAfter is { } pause && pause < CheckResendJob.Patience)
            {
                // Sooner than the sweep would come: somebody looks at a check that has ended and does not show it.
                await queue.EnqueueAsync(CheckResendJob.At(check.Id, time.GetUtcNow() + pause), cancellationToken);
            }

            return remote.Failure;
        }
    }

    private static async Task<long?> SendAsync(GitHubRepository repository, StoredCheck check, bool isNew, CancellationToken cancellationToken)
    {
        var view = JsonSerializer.Deserialize(check.Wanted, CheckJson.Default.CheckView)!;
        var draft = Draft(check, view);
        try
        {
            // A row without an id that is not new belongs to an attempt whose end is unknown: what is there is adopted.
            var id = check.CheckRunId ?? (isNew ? null : await FindAsync(repository, check, cancellationToken));
            var run = id is { } known
                ? await repository.UpdateCheckRunAsync(known, draft, cancellationToken)
                : await repository.CreateCheckRunAsync(draft, cancellationToken);
            return run.Id;
        }
        catch (RemoteException refused) when (refused.Failure is RemoteFailure.Forbidden or RemoteFailure.NotFound or RemoteFailure.Invalid)
        {
            await SendStatusAsync(repository, check, view, cancellationToken);
            return null;
        }
    }

    private static async Task<long?> FindAsync(GitHubRepository repository, StoredCheck check, CancellationToken cancellationToken)
    {
        var runs = await repository.CheckRunsAsync(check.HeadSha, check.Name, cancellationToken);
        return runs.FirstOrDefault(run => run.ExternalId == check.ExternalId)?.Id;
    }

    private static CheckRunDraft Draft(StoredCheck check, CheckView view) => new(check.Name, check.HeadSha)
    {
        ExternalId = check.ExternalId,
        DetailsUrl = AsUri(view.Url),
        Status = view.Phase switch
        {
            CheckPhase.Queued => CheckRunStatus.Queued,
            CheckPhase.InProgress => CheckRunStatus.InProgress,
            CheckPhase.Success or CheckPhase.Neutral or CheckPhase.Failure => CheckRunStatus.Completed,
        },
        Conclusion = view.Phase switch
        {
            CheckPhase.Success => CheckRunConclusion.Success,
            CheckPhase.Neutral => CheckRunConclusion.Neutral,
            CheckPhase.Failure => CheckRunConclusion.Failure,
            CheckPhase.Queued or CheckPhase.InProgress => null,
        },
        Title = view.Title,
        Summary = ProposeDownstreamTexts.CheckSummary(view.Url, view.Details, Paragraphs(view.Advice, view.Note)),
        Annotations = [.. (view.Remarks ?? []).Take(CheckAnnotation.MostAtOnce).Select(Annotation)],
    };

    private static CheckAnnotation Annotation(CheckRemark remark) => new(
        remark.File, remark.Line, remark.Line, remark.IsError ? CheckAnnotationLevel.Failure : CheckAnnotationLevel.Warning, remark.Text)
    {
        StartColumn = remark.Column, EndColumn = remark.Column, Title = remark.Title,
    };

    private static Task SendStatusAsync(GitHubRepository repository, StoredCheck check, CheckView view, CancellationToken cancellationToken)
    {
        var state = view.Phase switch
        {
            CheckPhase.Queued or CheckPhase.InProgress => CommitState.Pending,
            CheckPhase.Success => CommitState.Success,
            CheckPhase.Neutral => CommitState.Error,
            CheckPhase.Failure => CommitState.Failure,
        };
        return repository.CreateCommitStatusAsync(
            check.HeadSha, new CommitStatusDraft(check.Name, state) { Description = view.Title, TargetUrl = AsUri(view.Url) }, cancellationToken);
    }

    private static string? Paragraphs(string? advice, string? note) =>
        advice is null || note is null ? advice ?? note : $"{advice}\n\n{note}";

    private static Uri? AsUri(string? url) => url is null ? null : new Uri(url);

    [LoggerMessage(EventId = 4001, Level = LogLevel.Warning, Message = "Check {Check} on {Sha} could not be shown and is sent again later: {Reason}")]
    private partial void LogNotShown(string check, string sha, string reason);
}
