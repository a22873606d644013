using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Packit.Automation.Access;
using Packit.Automation.ConfigCheck;
using Packit.Automation.Events;
using Packit.Automation.Intake;
using Packit.Automation.Matching;
using Packit.Automation.ProposeDownstream;
using Packit.Automation.Reporting.Texts;
using Packit.Automation.Settings;
using Packit.Automation.Storage;
using Packit.GitHub;

namespace Packit.Automation.Reporting;

/// <summary>
/// Does again what a check stands for, or all checks of a commit, when a person asks for it in GitHub's interface. Which check is meant is
/// told by the service's own record of it, not by its name. What is not done is said in the check: there is no comment to answer.
/// </summary>
public sealed class CheckReruns(
    IPackitDbFactory databases,
    GitHubClient github,
    AccessGate gate,
    ReleaseReruns releases,
    ConfigCheckIntake configs,
    CheckReporter reporter,
    DecisionRows decisions,
    IOptions<GitHubOptions> options)
{
    /// <summary>Handles the request; repeating it for the same delivery starts nothing twice.</summary>
    /// <exception cref="Http.RemoteException">A remote failed; to be tried again later.</exception>
    public async Task<DeliveryOutcome> HandleAsync(InboxDelivery delivery, ServiceEvent.CheckRerequested rerun, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        ArgumentNullException.ThrowIfNull(rerun);
        if (rerun.AppSlug != options.Value.AppSlug)
        {
            return await NothingAsync(delivery, CheckRerunTexts.OtherApp, cancellationToken);
        }

        var forge = github.Repository(rerun.Repository.Name, rerun.Repository.InstallationId);
        var checks = await FindAsync(rerun, forge, cancellationToken);
        if (checks.Count == 0)
        {
            return await NothingAsync(delivery, CheckRerunTexts.NotKnown, cancellationToken);
        }

        var access = await gate.DecideAsync(
            new AccessQuestion(AccessEvent.CheckRerun, rerun.Actor)
            {
                ActorId = rerun.ActorId, Repository = rerun.Repository, Held = [AccessRole.OwnCheck],
            },
            cancellationToken);
        var answers = access is AccessDecision.Granted
            ? await RunAsync(delivery, rerun, forge, checks, cancellationToken)
            : [.. checks.Select(check => new Rerun(check, IsDone: false, access.Reason))];
        await decisions.StoreAsync(
            delivery.Id,
            [
                new Decision("permission", null, access is AccessDecision.Granted, access.Reason) { Ground = DecisionGround.Permission },
                .. answers.Select(answer => new Decision(answer.Check.Name, null, answer.IsDone, answer.Text) { Ground = answer.IsDone ? DecisionGround.Met : DecisionGround.Other }),
            ],
            cancellationToken);
        foreach (var refused in answers.Where(answer => !answer.IsDone))
        {
            await reporter.NoteAsync(forge, refused.Check.Id, CheckRerunTexts.NotDone(rerun.Actor, refused.Text), cancellationToken);
        }

        return answers.Any(answer => answer.IsPending)
            ? new DeliveryOutcome.Later(DeliveryTexts.CheckNotTaken(rerun.HeadSha))
            : new DeliveryOutcome.Handled(string.Join(' ', answers.Select(answer => $"{answer.Check.Name}: {answer.Text}")));
    }

    /// <summary>The service's own record of the check, or of all checks of the commit.</summary>
    private async Task<IReadOnlyList<StoredCheck>> FindAsync(
        ServiceEvent.CheckRerequested rerun, GitHubRepository forge, CancellationToken cancellationToken)
    {
        await using var database = databases.Create();
        var all = await database.Checks.AsNoTracking()
            .Join(database.Projects, check => check.ProjectId, project => project.Id, (check, project) => new { Check = check, project.ProjectUrl })
            .Where(row => row.ProjectUrl == rerun.Repository.WebUrl && row.Check.HeadSha == rerun.HeadSha)
            .OrderBy(row => row.Check.Id).Select(row => row.Check).ToListAsync(cancellationToken);
        if (rerun.CheckRunId is not { } id)
        {
            return all;
        }

        if (all.Find(check => check.CheckRunId == id) is { } known)
        {
            return [known];
        }

        // The answer to its making was lost: the row does not have the number yet.
        foreach (var check in all.Where(check => check.CheckRunId is null && check.ExternalId == rerun.ExternalId))
        {
            if ((await forge.CheckRunsAsync(check.HeadSha, check.Name, cancellationToken)).Any(run => run.Id == id && run.ExternalId == check.ExternalId))
            {
                return [check];
            }
        }

        return [];
    }

    private async Task<IReadOnlyList<Rerun>> RunAsync(
        InboxDelivery delivery, ServiceEvent.CheckRerequested rerun, GitHubRepository forge, IReadOnlyList<StoredCheck> checks,
        CancellationToken cancellationToken)
    {
        List<Rerun> answers = [];
        foreach (var sameEvent in checks.GroupBy(check => check.ExternalId))
        {
            answers.AddRange(sameEvent.Key == ConfigCheckTexts.ExternalId
                ? [await ReadConfigAsync(rerun, forge, sameEvent.Single(), cancellationToken)]
                : await ProposeAsync(delivery, rerun, forge, [.. sameEvent], cancellationToken));
        }

        return answers;
    }

    private async Task<Rerun> ReadConfigAsync(
        ServiceEvent.CheckRerequested rerun, GitHubRepository forge, StoredCheck check, CancellationToken cancellationToken) =>
        await configs.AgainAsync(forge, check.ProjectId, check.HeadSha, cancellationToken) is var (display, title)
            ? new Rerun(check, IsDone: true, CheckRerunTexts.ConfigRead(rerun.Actor, title), IsPending: display == CheckDisplay.Pending)
            : new Rerun(check, IsDone: false, CheckRerunTexts.CommitGone);

    private async Task<IReadOnlyList<Rerun>> ProposeAsync(
        InboxDelivery delivery, ServiceEvent.CheckRerequested rerun, GitHubRepository forge, IReadOnlyList<StoredCheck> checks,
        CancellationToken cancellationToken)
    {
        if (!int.TryParse(checks[0].ExternalId, NumberStyles.None, CultureInfo.InvariantCulture, out var eventId))
        {
            return [.. checks.Select(check => new Rerun(check, IsDone: false, CheckRerunTexts.NotKnown))];
        }

        var whyNot = await releases.StartAsync(
            new RerunRequest(
                delivery.Id, rerun.Repository, checks[0].ProjectId, rerun.HeadSha, eventId, [.. checks.Select(check => check.Name)]),
            forge, cancellationToken);
        return [.. checks.Select(check => whyNot[check.Name] is { } reason
            ? new Rerun(check, IsDone: false, reason)
            : new Rerun(check, IsDone: true, CheckRerunTexts.Started(rerun.Actor, check.Name)))];
    }

    private async Task<DeliveryOutcome> NothingAsync(InboxDelivery delivery, string reason, CancellationToken cancellationToken)
    {
        await decisions.StoreAsync(delivery.Id, [new Decision("check", null, Matched: false, reason) { Ground = DecisionGround.Event }], cancellationToken);
        return new DeliveryOutcome.Handled(reason);
    }

    /// <summary>What came of one check.</summary>
    private sealed record Rerun(StoredCheck Check, bool IsDone, string Text, bool IsPending = false);
}
