using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Packit.Automation.Access;
using Packit.Automation.Engine;
using Packit.Automation.Reporting.Texts;
using Packit.Automation.Settings;
using Packit.Automation.Storage;

namespace Packit.Automation.Installing;

/// <summary>Closes the approval issue of an account that an operator has approved or denied, with a word. Its rows are those of open issues.</summary>
public sealed class ApprovalIssueJob(
    IPackitDbFactory databases, AllowlistChanges allowlist, ApprovalIssues issues, InstallationRows installations, IOptions<ServiceOptions> service)
    : IJobHandler
{
    private const string KindName = "approval-issue";

    public string Kind => KindName;

    public async Task RunAsync(int rowId, CancellationToken cancellationToken)
    {
        await using var database = databases.Create();
        var issue = await database.FailureIssues.AsNoTracking().SingleOrDefaultAsync(row => row.Id == rowId && row.IsOpen, cancellationToken);
        if (issue is not null && await SettledAsync(issue, cancellationToken) is var (installation, entry))
        {
            var word = InstallingTexts.Settled(installations.KeyOf(installation), entry, service.Value.CommandPrefix);
            await issues.SettleAsync(installation, word, cancellationToken);
        }
    }

    public async Task<IReadOnlyList<QueuedJob>> FindOrphansAsync(CancellationToken cancellationToken)
    {
        await using var database = databases.Create();
        var open = await database.FailureIssues.AsNoTracking()
            .Where(row => row.Kind == InstallingTexts.IssueKind && row.IsOpen).ToListAsync(cancellationToken);
        List<QueuedJob> found = [];
        foreach (var issue in open)
        {
            if (await SettledAsync(issue, cancellationToken) is not null)
            {
                var name = string.Create(CultureInfo.InvariantCulture, $"{KindName}/{issue.Id}");
                found.Add(new QueuedJob(KindName, issue.Id, name, name));
            }
        }

        return found;
    }

    /// <summary>The account of an open issue about which nothing is left to ask. A command closes its issue itself.</summary>
    private async Task<(GitHubInstallation Installation, AllowlistEntry Entry)?> SettledAsync(FailureIssue issue, CancellationToken cancellationToken) =>
        await installations.FindAsync(long.Parse(issue.Subject, CultureInfo.InvariantCulture), cancellationToken) is { } installation
        && await allowlist.FindAsync(installations.KeyOf(installation), cancellationToken) is { Status: not AllowlistStatus.Waiting, CommandId: 0 } entry
            ? (installation, entry)
            : null;
}
