using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Options;
using Packit.Automation.Comments;
using Packit.Automation.KojiBuild;
using Packit.Automation.Matching;
using Packit.Automation.Releases;
using Packit.Automation.Reporting.Texts;
using Packit.Automation.Settings;
using Packit.Automation.Storage;
using Packit.Koji;

namespace Packit.Automation.BodhiUpdate;

/// <summary>
/// <c>/packit create-update</c> in a pull request of dist-git: makes the update of the newest build in the candidate tag of the branch that the
/// pull request is for. Who built it does not matter; who asks must be allowed to commit to the package.
/// </summary>
public sealed class CreateUpdateCommand(
    KojiClient koji,
    CompleteBuilds builds,
    OwnBuilds ownBuilds,
    DistGitConfigs configs,
    DistributionReleases releases,
    UpdateStarter starter,
    WaitingUpdates waiting,
    DecisionRows decisions,
    DashboardAddresses dashboard,
    IOptions<ServiceOptions> service) : IPullRequestCommand
{
    public string Name => "create-update";

    public async Task<CommandAnswer> RunAsync(GivenCommand command, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(command);
        var (package, branch) = (command.Project.Name, command.Pull.Branch);
        var targetName = KojiBuildJob.BuildTarget(branch);
        if (await koji.BuildTargetAsync(targetName, cancellationToken) is not { DestinationTag: var tag })
        {
            return Refused(MarkdownText.Inline(KojiBuildTexts.NoTarget(targetName, branch)));
        }

        if (await builds.LatestAsync(package, branch, tag, cancellationToken) is not { } build)
        {
            return Refused(BodhiUpdateTexts.NoBuild(package, branch));
        }

        return await configs.OfCommitAsync(package, build.Commit, cancellationToken) switch
        {
            LoadedConfig.Missing => Refused(PullRequestCommandTexts.NoConfig(package)),
            LoadedConfig.Invalid invalid => Refused(ConfigTexts.Invalid(invalid.Path, build.Commit, invalid.Problems)),
            LoadedConfig.Valid valid => await StartAsync(command, build, valid, cancellationToken),
            _ => throw new UnreachableException(),
        };
    }

    private async Task<CommandAnswer> StartAsync(
        GivenCommand command, CompleteBuild build, LoadedConfig.Valid config, CancellationToken cancellationToken)
    {
        if (AskedPackage.Unknown(command.Command.Package, config.Config) is { } unknown)
        {
            return Refused(unknown);
        }

        var person = command.Comment.User.Name;
        var aliases = (await releases.CurrentAsync(cancellationToken)).Aliases;
        var matches = UpdateMatcher.FirstOnly(UpdateMatcher.Match(
            config.Config,
            new BuildOccasion(build.Package, build.Branch, service.Value.Deployment, aliases, IsByPerson: true, MatchTexts.AskedFor(person))
            {
                Asked = command.Command.Package,
            }));
        if (matches.FirstOrDefault(match => match.Matched) is not { } matched)
        {
            return Refused(PullRequestCommandTexts.NoJob("bodhi_update", build.Branch, matches.Select(match => match.Reason)));
        }

        // An update that waits for its next attempt is what the person wants, too.
        await waiting.WakeAsync(
            [build.Nvr], tag: null, string.Create(CultureInfo.InvariantCulture, $"comment-{command.Comment.Id}"), cancellationToken);
        var own = await ownBuilds.FindAsync(build, cancellationToken);
        var target = await starter.StartAsync(
            new UpdateWish(command.DeliveryId, build, config.StoredId, person, own?.RowId, command.Pull.Id) { CommandId = command.CommandId }, matched,
            cancellationToken);
        await decisions.StoreAsync(command.DeliveryId, command.Step, [Decision.Read(config), .. matches.Select(Decision.Of)], cancellationToken);
        return new CommandAnswer(BodhiUpdateTexts.Accepted(build.Nvr, dashboard.BodhiUpdate(target.Id)), IsAccepted: true);
    }

    private static CommandAnswer Refused(string text) => new(text, IsAccepted: false);
}
