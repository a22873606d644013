using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Packit.Automation.Comments;
using Packit.Automation.Comments.Grammar;
using Packit.Automation.Reporting.Texts;
using Packit.Automation.Settings;
using Packit.Automation.Storage;

namespace Packit.Automation.ProposeDownstream;

/// <summary>
/// <c>/packit propose-downstream [TAG] [--all] [--branch B]</c> in an issue of the upstream project: proposes a release to the branches that
/// do not have it, and tells how that goes.
/// </summary>
public sealed class ProposeDownstreamCommand(ReleaseChoice choice, ReleaseIntake releases, IPackitDbFactory databases, DashboardAddresses dashboard)
    : IIssueCommand, ICommandProgress
{
    public string Name => "propose-downstream";

    public async Task<IssueAnswer> RunAsync(GivenIssueCommand given, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(given);
        return await choice.ChooseAsync(given, cancellationToken) switch
        {
            ChosenRelease.Tag tag => await StartAsync(given, tag.Name, cancellationToken),
            ChosenRelease.None none => Refused(none.Text),
            _ => throw new UnreachableException(),
        };
    }

    public async Task<IssueAnswer> ReadAsync(int commandId, CancellationToken cancellationToken)
    {
        await using var database = databases.Create();
        var targets = await database.Targets.AsNoTracking()
            .Include(row => row.PullRequests).Include(row => row.Run).ThenInclude(run => run.ProjectEvent).ThenInclude(cause => cause.Release)
            .Where(row => row.Run.CommandId == commandId)
            .OrderBy(row => row.Id).ToListAsync(cancellationToken);
        if (targets is not [var first, ..])
        {
            throw new InvalidOperationException($"Command {commandId} has begun nothing.");
        }

        var state = targets.Exists(row => SyncReleaseTargetStates.Open.Contains(row.Status))
            ? targets.TrueForAll(row => row.Status == SyncReleaseTargetStatus.Queued) ? CommandState.Accepted : CommandState.Running
            : targets.Exists(row => row.Status == SyncReleaseTargetStatus.Error) ? CommandState.Failed : CommandState.Done;
        return new IssueAnswer(
            ProposeAnswerTexts.Progress(first.Run.ProjectEvent.Release!.TagName, state, [.. targets.Select(row => (row, dashboard.Target(row.Id)))]), state);
    }

    private async Task<IssueAnswer> StartAsync(GivenIssueCommand given, string tag, CancellationToken cancellationToken)
    {
        var wish = (Command.ProposeDownstream)given.Command;
        var answer = await releases.HandleAsync(
            new ReleaseRequest(given.DeliveryId, given.Repository, tag, RunTrigger.Comment, IsAllowed: true)
            {
                CommandId = given.CommandId, Package = wish.Package, AllBranches = wish.All, Branches = wish.Branches, Step = given.Step,
            },
            cancellationToken);
        return answer switch
        {
            ReleaseAnswer.Started => await ReadAsync(given.CommandId, cancellationToken),
            ReleaseAnswer.NotVisible => Refused(ProposeAnswerTexts.UnknownTag(tag, given.Repository.Name.ToString())),
            ReleaseAnswer.NoConfig noConfig => Refused(CommentTexts.NoConfig(given.Repository.Name.ToString(), noConfig.Commit)),
            ReleaseAnswer.InvalidConfig invalid => Refused(invalid.Text),
            ReleaseAnswer.NoJob => Refused(CommentTexts.NoJob(tag)),
            ReleaseAnswer.UnknownPackage unknown => Refused(unknown.Text),
            ReleaseAnswer.NotAllowed refused => Refused(refused.Reason),
            ReleaseAnswer.NotConfigured branches => Refused(ProposeAnswerTexts.NotConfigured(tag, branches.Unknown, branches.Configured)),
            ReleaseAnswer.AllDone done => new IssueAnswer(CommentTexts.AllDone(tag, done.PullRequests), CommandState.Done),
            ReleaseAnswer.InProgress => new IssueAnswer(CommentTexts.InProgress(tag), CommandState.Done),
            _ => throw new UnreachableException(),
        };
    }

    private static IssueAnswer Refused(string text) => new(text, CommandState.Refused);
}
