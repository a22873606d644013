using Microsoft.EntityFrameworkCore;
using Packit.Automation.Effects;
using Packit.Automation.Events;
using Packit.Automation.Storage;
using Packit.GitHub;

namespace Packit.Automation.Installing;

/// <summary>Remembers releases that were refused, and tells a project once why it is not let through: again only after that has changed.</summary>
public sealed class Refusals(IPackitDbFactory databases, EffectLedger ledger)
{
    /// <summary>Notes that a release was refused: it goes on once the project is approved.</summary>
    public async Task NoteAsync(ProjectRelease release, long deliveryId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(release);
        await using var database = databases.Create();
        await database.Releases.Where(row => row.Id == release.Id)
            .ExecuteUpdateAsync(change => change.SetProperty(row => row.RefusedDeliveryId, deliveryId), cancellationToken);
    }

    /// <summary>Notes that a release of a project was let through: a later refusal is news again.</summary>
    public async Task LetThroughAsync(ProjectRelease release, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(release);
        await using var database = databases.Create();
        await database.Projects.Where(row => row.Id == release.ProjectId && row.RefusalTold != null).ExecuteUpdateAsync(
            change => change.SetProperty(row => row.RefusalTold, (string?)null).SetProperty(row => row.RefusalToldBy, (long?)null), cancellationToken);
        await database.Releases.Where(row => row.ProjectId == release.ProjectId && row.Id <= release.Id && row.RefusedDeliveryId != null)
            .ExecuteUpdateAsync(change => change.SetProperty(row => row.RefusedDeliveryId, (long?)null), cancellationToken);
    }

    /// <summary>Says on the commit of a release why the project is not let through, unless the project was told so before.</summary>
    /// <param name="deliveryId">Row of the delivery that tells of the release.</param>
    /// <param name="forge">The repository.</param>
    /// <param name="repository">The same, by its names.</param>
    /// <param name="commit">The release's commit.</param>
    /// <param name="reason">What is said; its first line tells one refusal from another.</param>
    /// <param name="cancellationToken">Ends the work; repeating it says nothing twice.</param>
    public async Task TellAsync(
        long deliveryId, GitHubRepository forge, UpstreamRepository repository, string commit, string reason, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(repository);
        ArgumentNullException.ThrowIfNull(reason);
        var kind = reason.Split('\n')[0];
        if (!await IsToldHereAsync(repository.WebUrl, deliveryId, kind, cancellationToken))
        {
            return;
        }

        await ledger.OnceAsync(
            $"commit-comment:{repository.WebUrl}:{commit}:{kind}",
            async token =>
            {
                await foreach (var comment in forge.CommitCommentsAsync(commit, token))
                {
                    if (comment.Body.StartsWith(kind, StringComparison.Ordinal) && await forge.IsOwnAsync(comment.User, token))
                    {
                        return comment.HtmlUrl.AbsoluteUri;
                    }
                }

                return null;
            },
            async token => (await forge.CreateCommitCommentAsync(commit, reason, token)).HtmlUrl.AbsoluteUri,
            cancellationToken);
    }

    /// <summary>Claims the telling for this delivery. Of two releases at a time one gets it, and gets it again after a crash.</summary>
    private async Task<bool> IsToldHereAsync(string projectUrl, long deliveryId, string kind, CancellationToken cancellationToken)
    {
        await using var database = databases.Create();
        await database.Projects.Where(row => row.ProjectUrl == projectUrl && (row.RefusalTold == null || row.RefusalTold != kind)).ExecuteUpdateAsync(
            change => change.SetProperty(row => row.RefusalTold, kind).SetProperty(row => row.RefusalToldBy, deliveryId), cancellationToken);
        return await database.Projects.AnyAsync(
            row => row.ProjectUrl == projectUrl && row.RefusalTold == kind && row.RefusalToldBy == deliveryId, cancellationToken);
    }
}
