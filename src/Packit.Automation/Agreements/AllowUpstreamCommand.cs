using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Packit.Automation.Comments;
using Packit.Automation.Comments.Grammar;
using Packit.Automation.Events;
using Packit.Automation.Matching;
using Packit.Automation.Reporting.Texts;
using Packit.Automation.Settings;
using Packit.Automation.Storage;
using Packit.Pagure;

namespace Packit.Automation.Agreements;

/// <summary>
/// <c>/packit allow-upstream</c> in a pull request of ours: somebody with commit rights on the package agrees to the releases of the project
/// whose release the pull request shows. <c>--revoke</c> takes it back.
/// </summary>
public sealed class AllowUpstreamCommand(
    IPackitDbFactory databases,
    PackageAgreements agreements,
    AgreementAsks asks,
    UpstreamIdentities identities,
    WaitingTargets waiting,
    DecisionRows decisions,
    DistGitAddresses addresses,
    IOptions<ServiceOptions> service,
    IOptions<DistGitOptions> distGit) : IPullRequestCommand
{
    /// <summary>The word behind the prefix.</summary>
    public const string CommandName = "allow-upstream";

    public string Name => CommandName;

    public async Task<CommandAnswer> RunAsync(GivenCommand command, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(command);
        var package = command.Project.Name;
        if (command.Command.Package is { } named && named != package)
        {
            return Refused(PullRequestCommandTexts.OtherPackage(named, package));
        }

        if (await ShownAsync(command, cancellationToken) is not { } shown)
        {
            return Refused(AgreementTexts.NotOurs(service.Value.CommandPrefix));
        }

        if (shown.Identity is not { } identity)
        {
            return Refused(AgreementTexts.Shown(shown.Upstream.WebUrl, service.Value.CommandPrefix));
        }

        var word = new PackagerWord(
            package, shown.ProjectId, identity, command.Comment.User.Name,
            string.Create(CultureInfo.InvariantCulture, $"{addresses.PullRequestPage(package, command.Pull.Id)}#comment-{command.Comment.Id}"), command.CommandId);
        return command.Command is Command.AllowUpstream { Revoke: true }
            ? await RevokeAsync(command, shown, word, cancellationToken)
            : await GiveAsync(command, shown, word, cancellationToken);
    }

    private async Task<CommandAnswer> GiveAsync(GivenCommand command, ShownRelease shown, PackagerWord word, CancellationToken cancellationToken)
    {
        var agreement = await agreements.GiveAsync(word, cancellationToken);
        await NoteAsync(command, word, AgreementTexts.Agreed(agreement), cancellationToken);
        var woken = await waiting.LookAfterAsync(word.Package, word.ProjectId, cancellationToken);
        return new CommandAnswer(
            agreement.CommandId == word.CommandId
                ? AgreementTexts.Given(shown.Upstream, word.Package, woken, service.Value.CommandPrefix)
                : AgreementTexts.GivenBefore(shown.Upstream, word.Package, agreement),
            IsAccepted: true);
    }

    private async Task<CommandAnswer> RevokeAsync(GivenCommand command, ShownRelease shown, PackagerWord word, CancellationToken cancellationToken)
    {
        var isRevoked = await agreements.RevokeAsync(word, cancellationToken);
        var named = await agreements.FindAsync(word.Package, shown.Upstream, word.ProjectId, branch: null, cancellationToken)
            is AgreementStanding.Agreed { Agreement: { Kind: AgreementKind.DistGitConfig } config } ? AgreementTexts.StillNamed(shown.Upstream, config) : null;
        if (!isRevoked)
        {
            return Refused(named ?? AgreementTexts.NothingToRevoke(shown.Upstream, word.Package));
        }

        var text = AgreementTexts.Revoked(shown.Upstream, word.Package) + (named is null ? "" : $" {named}");
        await NoteAsync(command, word, text, cancellationToken);
        return new CommandAnswer(text, IsAccepted: true);
    }

    /// <summary>Whose release the pull request shows; null when it is none of ours.</summary>
    private async Task<ShownRelease?> ShownAsync(GivenCommand command, CancellationToken cancellationToken)
    {
        if (command.Pull.User.Name != distGit.Value.User)
        {
            return null;
        }

        var url = addresses.WebUrl(command.Project.Name);
        await using var database = databases.Create();
        var newest = await database.Targets.AsNoTracking()
            .Where(target => target.PullRequests.Any(pull => pull.PrId == command.Pull.Id && pull.Project.ProjectUrl == url))
            .OrderByDescending(target => target.Id).Select(target => target.Run.ProjectEvent.Release.Project).FirstOrDefaultAsync(cancellationToken);

        // What an open pull request shows is what was pushed last; a merged one shows what was asked in it.
        var pusher = command.Pull.Status == PullRequestStatus.Open
            ? await asks.PusherOfAsync(command.Project.Name, command.Pull.BranchFrom, cancellationToken)
            : null;
        var asked = await database.AgreementAsks.AsNoTracking().Include(ask => ask.Project)
            .Where(ask => ask.Package == command.Project.Name && (pusher == null
                ? ask.PullRequest != null && ask.PullRequest.PrId == command.Pull.Id && ask.PullRequest.Project.ProjectUrl == url
                : ask.RepositoryId == pusher))
            .OrderByDescending(ask => ask.Id).FirstOrDefaultAsync(cancellationToken);
        if (asked is not null)
        {
            return new ShownRelease(asked.ProjectId, await UpstreamAsync(database, asked.Project, cancellationToken), AgreementAsks.IdentityOf(asked));
        }

        if (newest is null)
        {
            return null;
        }

        var upstream = await UpstreamAsync(database, newest, cancellationToken);
        var identity = await identities.OfAsync(upstream, cancellationToken);
        return new ShownRelease(newest.Id, upstream, pusher is null || pusher == identity.RepositoryId ? identity : null);
    }

    private static async Task<UpstreamRepository> UpstreamAsync(PackitDb database, GitProject project, CancellationToken cancellationToken)
    {
        var installation = await database.Releases.Where(release => release.ProjectId == project.Id)
            .OrderByDescending(release => release.Id).Select(release => release.InstallationId).FirstOrDefaultAsync(cancellationToken);
        return new UpstreamRepository(project.InstanceUrl, project.GitHubName, project.ProjectUrl, project.IsPrivate, installation);
    }

    private Task NoteAsync(GivenCommand command, PackagerWord word, string text, CancellationToken cancellationToken) => decisions.StoreAsync(
        command.DeliveryId, command.Step, [new Decision(CommandName, word.Package, Matched: true, text) { Ground = DecisionGround.Met }], cancellationToken);

    private static CommandAnswer Refused(string text) => new(text, IsAccepted: false);

    /// <param name="ProjectId">Row of the upstream project.</param>
    /// <param name="Upstream">The upstream project.</param>
    /// <param name="Identity">Its repository; null when the pull request shows another one's release by now.</param>
    private sealed record ShownRelease(int ProjectId, UpstreamRepository Upstream, UpstreamIdentity? Identity);
}
