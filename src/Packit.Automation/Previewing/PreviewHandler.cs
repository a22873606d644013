using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Packit.Automation.Comments;
using Packit.Automation.Engine;
using Packit.Automation.Events;
using Packit.Automation.Reporting.Texts;
using Packit.Automation.Settings;
using Packit.Automation.Storage;
using Packit.DistGit;
using Packit.GitHub;
using Packit.Http;

namespace Packit.Automation.Previewing;

/// <summary>Makes a preview that somebody asked for by a comment, stores it, and lets the answer say so.</summary>
public sealed partial class PreviewHandler(
    IPackitDbFactory databases,
    PreviewRows rows,
    ReleasePreviewer previewer,
    GitHubClient github,
    AnswerQueue answers,
    IJobQueue queue,
    TimeProvider time,
    ILogger<PreviewHandler> logger) : IJobHandler
{
    /// <summary>How long a preview may be on its way through the engine.</summary>
    private static readonly TimeSpan OrphanAge = TimeSpan.FromMinutes(1);

    public string Kind => PreviewJob.Kind;

    public async Task RunAsync(int rowId, CancellationToken cancellationToken)
    {
        if (await rows.TryBeginAsync(rowId, cancellationToken) is not { } preview)
        {
            return;
        }

        await using (var heartbeat = time.CreateTimer(_ => _ = RenewAsync(preview), null, PreviewRows.Lease / 4, PreviewRows.Lease / 4))
        {
            await AttemptAsync(preview, cancellationToken);
        }

        await answers.ChangedAsync(preview.CommandId, cancellationToken);
    }

    public async Task<IReadOnlyList<QueuedJob>> FindOrphansAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var late = now - OrphanAge;
        await using var database = databases.Create();
        var orphans = await database.Previews.AsNoTracking()
            .Where(row => (row.State == PreviewState.Queued && (row.NextAttemptAt ?? row.AskedAt) < late)
                || (row.State == PreviewState.Running && (row.LeaseUntil == null || row.LeaseUntil < now)))
            .ToListAsync(cancellationToken);
        return [.. orphans.Select(PreviewJob.Next)];
    }

    private async Task AttemptAsync(ReleasePreview preview, CancellationToken cancellationToken)
    {
        if (preview.Attempts - preview.Delays > PreviewRows.MaxAttempts)
        {
            // Most likely it takes its worker with it each time.
            await rows.FailedAsync(preview.Id, preview.Attempts, PreviewTexts.NeverEnded(preview.Id), cancellationToken);
            return;
        }

        try
        {
            var result = await previewer.MakeAsync(await RequestAsync(preview, cancellationToken), cancellationToken);
            if (result.Problem is not { Kind: PreviewProblemKind.Unreachable } problem || !await PutOffAsync(preview, problem.Text, asked: null, cancellationToken))
            {
                await rows.DoneAsync(preview.Id, preview.Attempts, result, cancellationToken);
            }
        }
        catch (RemoteException remote)
        {
            LogRemote(preview.Id, remote);
            if (remote.IsTransient && await PutOffAsync(preview, remote.Message, remote.RetryAfter, cancellationToken))
            {
                return;
            }

            await rows.FailedAsync(preview.Id, preview.Attempts, PreviewTexts.NotMade(remote.Message), cancellationToken);
        }
        catch (Exception bug) when (bug is not OperationCanceledException and not DbUpdateException and not System.Data.Common.DbException)
        {
            LogBug(preview.Id, bug);
            await rows.FailedAsync(preview.Id, preview.Attempts, ProposeDownstreamTexts.Internal($"preview {preview.Id}"), cancellationToken);
        }
    }

    private async Task<bool> PutOffAsync(ReleasePreview preview, string problem, TimeSpan? asked, CancellationToken cancellationToken)
    {
        if (await rows.PutOffAsync(preview, problem, asked, cancellationToken) is not { } waiting)
        {
            return false;
        }

        await queue.EnqueueAsync(PreviewJob.Next(waiting), cancellationToken);
        return true;
    }

    private async Task<PreviewRequest> RequestAsync(ReleasePreview preview, CancellationToken cancellationToken)
    {
        var project = preview.Project;
        var upstream = new UpstreamRepository(project.InstanceUrl, project.GitHubName, project.ProjectUrl, project.IsPrivate, preview.InstallationId);
        // Public repositories are read without a token; the token of a private one can read this repository and nothing else.
        var credentials = project.IsPrivate
            ? new GitCredentials("x-access-token", await github.Repository(upstream.Name, upstream.InstallationId).TokenAsync(cancellationToken))
            : null;
        var source = new PreviewSource(UpstreamAddresses.Remote(upstream, credentials), upstream.WebUrl, upstream.Name.Name) { Repository = upstream };
        return new PreviewRequest(source) { Ref = preview.Ref, Tag = preview.Tag, PullRequest = preview.PullRequest, Package = preview.Package };
    }

    private async Task RenewAsync(ReleasePreview preview)
    {
        try
        {
            await rows.RenewAsync(preview.Id, preview.Attempts, CancellationToken.None);
        }
        catch (System.Data.Common.DbException away)
        {
            LogNotRenewed(preview.Id, away);
        }
    }

    [LoggerMessage(EventId = 4801, Level = LogLevel.Warning, Message = "Preview {Preview}: a remote service failed")]
    private partial void LogRemote(int preview, Exception cause);

    [LoggerMessage(EventId = 4802, Level = LogLevel.Error, Message = "Preview {Preview}: a bug ended it")]
    private partial void LogBug(int preview, Exception cause);

    [LoggerMessage(EventId = 4803, Level = LogLevel.Warning, Message = "Preview {Preview}: the lease was not renewed")]
    private partial void LogNotRenewed(int preview, Exception cause);
}
