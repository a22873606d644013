using Microsoft.EntityFrameworkCore;
using Packit.Automation.Comments;
using Packit.Automation.Storage;

namespace Packit.Automation.Reporting;

/// <summary>What an issue is about that this service opened when something failed.</summary>
public sealed class FailureIssues(IPackitDbFactory databases)
{
    /// <summary>Looks whether a command was given in such an issue.</summary>
    /// <returns>What failed; null when the issue is none of this service.</returns>
    /// <exception cref="Http.RemoteException">GitHub failed; to be tried again later.</exception>
    public async Task<FailedThing?> FindAsync(GivenIssueCommand given, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(given);
        // Also where a row knows the number: the repository behind the name may be another one by now.
        if (await given.Forge.IssueAsync(given.Thread, cancellationToken) is not { } issue || !await given.Forge.IsOwnAsync(issue.User, cancellationToken))
        {
            return null;
        }

        await using (var database = databases.Create())
        {
            var known = await database.FailureIssues.AsNoTracking()
                .Where(row => row.ProjectId == given.ProjectId && row.IssueNumber == given.Thread)
                .OrderByDescending(row => row.Id).FirstOrDefaultAsync(cancellationToken);
            if (known is not null)
            {
                return new FailedThing(known.Kind, known.Subject, []);
            }
        }

        // One of a row that was given a newer issue since, or of the established service: it says itself what it is about.
        return FailureIssueReader.Read(issue.Title, issue.Body ?? "");
    }
}

/// <summary>What an issue tells of.</summary>
/// <param name="Kind">Kind of the failure, as <see cref="FailureIssue.Kind"/> has it.</param>
/// <param name="Subject">The tag of the release, or the package.</param>
/// <param name="Branches">The dist-git branches that its text names; empty where the rows know them.</param>
public sealed record FailedThing(string Kind, string Subject, IReadOnlyList<string> Branches);
