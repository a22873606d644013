using System.Diagnostics;
using Microsoft.Extensions.Options;
using Packit.Automation.Access;
using Packit.Automation.Effects;
using Packit.Automation.Events;
using Packit.Automation.Intake;
using Packit.Automation.Matching;
using Packit.Automation.ProposeDownstream;
using Packit.Automation.Reporting.Texts;
using Packit.Automation.Settings;
using Packit.Automation.Storage;
using Packit.GitHub;

namespace Packit.Automation.Comments;

/// <summary>Carries out commands in issues of upstream projects, and answers each.</summary>
public sealed class IssueCommands(
    ReleaseIntake releases,
    Allowlist allowlist,
    EffectLedger ledger,
    DecisionRows decisions,
    GitHubClient github,
    IOptions<ServiceOptions> service)
{
    private const string ProposeDownstream = "propose-downstream";
    private const string Help = "help";

    /// <summary>Commands of the established service that have nothing to do in an issue of this product; they are left to others.</summary>
    private static readonly IReadOnlyList<string> OfOthers =
        ["copr-build", "build", "rebuild-failed", "upstream-koji-build", "test", "retest-failed", "vm-image-build", "koji-build", "create-update", "verify-fas"];

    public async Task<DeliveryOutcome> HandleAsync(long deliveryId, ServiceEvent.IssueCommented comment, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(comment);
        if (CommandLine.Find(comment.Text, service.Value.CommandPrefix) is not { } command)
        {
            return new DeliveryOutcome.Handled("The comment holds no command.");
        }

        if (OfOthers.Contains(command.Command))
        {
            return new DeliveryOutcome.Handled($"The command '{command.Command}' does nothing in an issue.");
        }

        var thread = new IssueThread(github.Repository(comment.Repository.Name, comment.Repository.InstallationId), comment, ledger);
        return command switch
        {
            { Command: ProposeDownstream, Arguments.Count: 0 } => await ProposeAsync(deliveryId, comment, thread, cancellationToken),
            { Command: Help, Arguments.Count: 0 } => await thread.AnswerAsync(CommentTexts.Help(service.Value.CommandPrefix), cancellationToken),
            _ => await thread.AnswerAsync(CommentTexts.SyntaxError(service.Value.CommandPrefix), cancellationToken),
        };
    }

    private async Task<DeliveryOutcome> ProposeAsync(
        long deliveryId, ServiceEvent.IssueCommented comment, IssueThread thread, CancellationToken cancellationToken)
    {
        await thread.ReactAsync(cancellationToken);
        if (await WhyNotAsync(comment, thread.Forge, cancellationToken) is { } refusal)
        {
            await decisions.StoreAsync(deliveryId, [new Decision("permission", null, Matched: false, refusal)], cancellationToken);
            return await thread.AnswerAsync(refusal, cancellationToken);
        }

        if (await LatestAsync(thread.Forge, cancellationToken) is not { } tag)
        {
            return await thread.AnswerAsync(CommentTexts.NoRelease, cancellationToken);
        }

        var answer = await releases.HandleAsync(new ReleaseRequest(deliveryId, comment.Repository, tag, RunTrigger.Comment, IsAllowed: true), cancellationToken);
        return answer switch
        {
            // The checks of the branches are the answer.
            ReleaseAnswer.Started started => new DeliveryOutcome.Handled($"Started {tag} for {string.Join(", ", started.Branches)}."),
            ReleaseAnswer.NotVisible notVisible => new DeliveryOutcome.Later(notVisible.Text, For: WaitingFor.Visibility),
            ReleaseAnswer.NoConfig noConfig => await thread.AnswerAsync(
                CommentTexts.NoConfig(comment.Repository.Name.ToString(), noConfig.Commit), cancellationToken),
            ReleaseAnswer.InvalidConfig invalid => await thread.AnswerAsync(invalid.Text, cancellationToken),
            ReleaseAnswer.NoJob => await thread.AnswerAsync(CommentTexts.NoJob(tag), cancellationToken),
            ReleaseAnswer.NotAllowed refused => await thread.AnswerAsync(refused.Reason, cancellationToken),
            ReleaseAnswer.AllDone done => await thread.AnswerAsync(CommentTexts.AllDone(tag, done.PullRequests), cancellationToken),
            ReleaseAnswer.InProgress => await thread.AnswerAsync(CommentTexts.InProgress(tag), cancellationToken),
            _ => throw new UnreachableException(),
        };
    }

    private async Task<string?> WhyNotAsync(ServiceEvent.IssueCommented comment, GitHubRepository forge, CancellationToken cancellationToken)
    {
        var repository = comment.Repository;
        if (await allowlist.OfAccountAsync(repository.Host, comment.Author, cancellationToken) is AccessDecision.Refused account)
        {
            return account.Reason;
        }

        var isAdmin = service.Value.Admins.Contains(comment.Author, StringComparer.OrdinalIgnoreCase);
        if (!isAdmin
            && await allowlist.OfProjectAsync(repository.Host, repository.Name.Owner, repository.Name.Name, cancellationToken) is AccessDecision.Refused project)
        {
            return project.Reason;
        }

        var permission = await forge.PermissionAsync(comment.Author, cancellationToken);
        return isAdmin || permission is RepositoryPermission.Write or RepositoryPermission.Admin ? null : AccessTexts.NoWriteAccess(comment.Author);
    }

    private static async Task<string?> LatestAsync(GitHubRepository forge, CancellationToken cancellationToken)
    {
        var newest = await forge.ReleasesAsync(10, cancellationToken);
        return newest.FirstOrDefault(release => !release.Draft)?.TagName;
    }
}
