using System.Diagnostics;
using Microsoft.Extensions.Options;
using Packit.Automation.Comments;
using Packit.Automation.Matching;
using Packit.Automation.Releases;
using Packit.Automation.Reporting.Texts;
using Packit.Automation.Settings;
using Packit.Automation.Storage;
using Packit.Pagure;

namespace Packit.Automation.KojiBuild;

/// <summary><c>/packit koji-build</c> in a pull request of dist-git: builds the head of the branch that the pull request is for.</summary>
public sealed class KojiBuildCommand(
    PagureClient pagure,
    DistGitConfigs configs,
    DistributionReleases releases,
    KojiBuildStarter starter,
    DecisionRows decisions,
    DashboardAddresses dashboard,
    IOptions<ServiceOptions> service) : IPullRequestCommand
{
    public string Name => "koji-build";

    public async Task<CommandAnswer> RunAsync(GivenCommand command, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(command);
        var branch = command.Pull.Branch;
        var branches = await pagure.BranchesAsync(command.Project, cancellationToken);
        if (branches is null || !branches.Commits.TryGetValue(branch, out var head))
        {
            return Refused(MarkdownText.Inline(KojiBuildTexts.BranchGone(branch)));
        }

        return await configs.OfCommitAsync(command.Project.Name, head, cancellationToken) switch
        {
            LoadedConfig.Missing => Refused(PullRequestCommandTexts.NoConfig(command.Project.Name)),
            LoadedConfig.Invalid invalid => Refused(ConfigTexts.Invalid(invalid.Path, head, invalid.Problems)),
            LoadedConfig.Valid valid => await StartAsync(command, head, valid, cancellationToken),
            _ => throw new UnreachableException(),
        };
    }

    private async Task<CommandAnswer> StartAsync(GivenCommand command, string head, LoadedConfig.Valid config, CancellationToken cancellationToken)
    {
        var (package, branch) = (command.Project.Name, command.Pull.Branch);
        if (AskedPackage.Unknown(command.Command.Package, config.Config) is { } unknown)
        {
            return Refused(unknown);
        }

        var aliases = (await releases.CurrentAsync(cancellationToken)).Aliases;
        var matches = KojiBuildConditions.Match(
            config.Config,
            new BuildOccasion(package, branch, service.Value.Deployment, aliases, IsByPerson: true, MatchTexts.AskedFor(command.Comment.User.Name))
            {
                Asked = command.Command.Package,
            });
        var matched = matches.Where(match => match.Matched).ToList();
        if (matched.Count == 0)
        {
            return Refused(PullRequestCommandTexts.NoJob("koji_build", branch, matches.Select(match => match.Reason)));
        }

        await decisions.StoreAsync(command.DeliveryId, command.Step, [Decision.Read(config), .. matches.Select(Decision.Of)], cancellationToken);
        var targets = await starter.StartAsync(
            new BuildRequest(
                command.DeliveryId, ProjectEventType.PullRequest, package, branch, head, config.StoredId, command.Pull.Id, command.Comment.User.Name)
            {
                CommandId = command.CommandId,
            },
            matched, cancellationToken);
        return new CommandAnswer(
            PullRequestCommandTexts.BuildAccepted(branch, head, [.. targets.Select(target => dashboard.KojiBuild(target.Id))]), IsAccepted: true);
    }

    private static CommandAnswer Refused(string text) => new(text, IsAccepted: false);
}
