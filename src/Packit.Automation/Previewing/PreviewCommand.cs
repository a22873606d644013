using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Packit.Automation.Access;
using Packit.Automation.Comments;
using Packit.Automation.Comments.Grammar;
using Packit.Automation.Engine;
using Packit.Automation.Reporting.Texts;
using Packit.Automation.Settings;
using Packit.Automation.Storage;

namespace Packit.Automation.Previewing;

/// <summary><c>/packit preview</c> in an issue or pull request upstream: one preview for one command, made by a job.</summary>
public sealed class PreviewCommand(IPackitDbFactory databases, IJobQueue queue, DashboardAddresses dashboard, ShownProjects shown, TimeProvider time)
    : IIssueCommand, ICommandProgress
{
    public string Name => "preview";

    public async Task<IssueAnswer> RunAsync(GivenIssueCommand given, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(given);
        var command = (Command.Preview)given.Command;
        var preview = await databases.GetOrCreateAsync(
            row => row.CommandId == given.CommandId,
            () => new ReleasePreview
            {
                ProjectId = given.ProjectId, CommandId = given.CommandId, Ref = command.Ref, Tag = command.Tag, Package = command.Package,
                PullRequest = given.Place == CommandPlace.UpstreamPullRequest ? given.Thread : null, InstallationId = given.Repository.InstallationId,
                State = PreviewState.Queued, AskedAt = time.GetUtcNow(),
            },
            cancellationToken);
        if (preview.State == PreviewState.Queued)
        {
            await queue.EnqueueAsync(PreviewJob.Next(preview), cancellationToken);
        }

        return Answer(preview, shown.Contains(given.Repository.IsPrivate, given.Repository.Host, given.Repository.Name.Owner));
    }

    public async Task<IssueAnswer> ReadAsync(int commandId, CancellationToken cancellationToken)
    {
        await using var database = databases.Create();
        var preview = await database.Previews.AsNoTracking().Include(row => row.Project).SingleAsync(row => row.CommandId == commandId, cancellationToken);
        return Answer(preview, shown.Contains(preview.Project));
    }

    // Nobody is sent to a page that is shown to nobody.
    private IssueAnswer Answer(ReleasePreview preview, bool isShown) => preview.State switch
    {
        PreviewState.Queued when preview.Message is { } why => new IssueAnswer(PreviewAnswerTexts.Waits(why), CommandState.Running),
        PreviewState.Queued => new IssueAnswer(PreviewAnswerTexts.Accepted, CommandState.Accepted),
        PreviewState.Running => new IssueAnswer(PreviewAnswerTexts.Running, CommandState.Running),
        PreviewState.Done => new IssueAnswer(
            PreviewAnswerTexts.Of(PreviewJson.Read(preview.Result!), isShown ? dashboard.Preview(preview.Id) : null), CommandState.Done),
        PreviewState.Error => new IssueAnswer(PreviewAnswerTexts.Failed(preview.Message ?? ""), CommandState.Failed),
        _ => throw new UnreachableException(),
    };
}
