using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Packit.Automation.Reporting.Texts;
using Packit.Automation.Settings;
using Packit.Automation.Storage;
using Packit.GitHub;

namespace Packit.Automation.Reporting;

/// <summary>
/// Reports failures in issues: one open issue per project, kind and subject. It is remembered in the database, and found
/// again by a hidden marker when the memory is missing.
/// </summary>
public sealed class IssueReporter(IPackitDbFactory databases, IOptions<GitHubOptions> app)
{
    /// <summary>Opens the issue, or adds a comment to the open one when something is new.</summary>
    /// <param name="repository">Where.</param>
    /// <param name="projectId">The project's row.</param>
    /// <param name="report">What is reported.</param>
    /// <param name="cancellationToken">Ends the report; repeating it adds nothing twice.</param>
    public async Task ReportAsync(GitHubRepository repository, int projectId, IssueReport report, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(repository);
        ArgumentNullException.ThrowIfNull(report);
        await using var database = databases.Create();
        var row = await database.GetOrCreateAsync(
            issue => issue.ProjectId == projectId && issue.Kind == report.Kind && issue.Subject == report.Subject,
            () => new FailureIssue { ProjectId = projectId, Kind = report.Kind, Subject = report.Subject },
            cancellationToken);

        var marker = FailureIssueTexts.Marker(report.Kind, report.Subject);
        if (await OpenIssueAsync(repository, row, marker, cancellationToken) is not { } open)
        {
            var issue = await repository.CreateIssueAsync(report.Title, $"{report.Body}\n{marker}", cancellationToken);
            (row.IssueNumber, row.IsOpen, row.Commented) = (issue.Number, true, null);
            await database.SaveChangesAsync(cancellationToken);
            return;
        }

        // An earlier attempt may have said this and never have learnt that it was heard.
        var digest = Digest(report.Essence);
        if (report.CommentOnRepeat && row.Commented != digest && open.Body?.StartsWith(report.Body, StringComparison.Ordinal) != true)
        {
            if (!(await OurCommentsAsync(repository, open.Number, cancellationToken)).Contains(report.Body))
            {
                await repository.CreateIssueCommentAsync(open.Number, report.Body, cancellationToken);
            }

            row.Commented = digest;
        }

        (row.IssueNumber, row.IsOpen) = (open.Number, true);
        await database.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Closes the issue with a last word, when one is open.</summary>
    public async Task ResolveAsync(
        GitHubRepository repository, int projectId, string kind, string subject, string lastWord, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(repository);
        await using var database = databases.Create();
        var row = await database.FailureIssues.SingleOrDefaultAsync(
            issue => issue.ProjectId == projectId && issue.Kind == kind && issue.Subject == subject && issue.IsOpen, cancellationToken);
        if (row?.IssueNumber is not { } number)
        {
            return;
        }

        // The row is closed last: a repetition after a crash finds the last word said, the issue closed, or both.
        if (await repository.IssueAsync(number, cancellationToken) is { State: IssueState.Open })
        {
            if ((await OurCommentsAsync(repository, number, cancellationToken)).LastOrDefault() != lastWord)
            {
                await repository.CreateIssueCommentAsync(number, lastWord, cancellationToken);
            }

            await repository.CloseIssueAsync(number, cancellationToken);
        }

        row.IsOpen = false;
        await database.SaveChangesAsync(cancellationToken);
    }

    private async Task<GitHubIssue?> OpenIssueAsync(
        GitHubRepository repository, FailureIssue row, string marker, CancellationToken cancellationToken)
    {
        if (row.IssueNumber is { } known && await repository.IssueAsync(known, cancellationToken) is { State: IssueState.Open } remembered)
        {
            return remembered;
        }

        await foreach (var issue in repository.OpenIssuesAsync(app.Value.BotLogin, cancellationToken))
        {
            if (issue.Body?.Contains(marker, StringComparison.Ordinal) == true)
            {
                return issue;
            }
        }

        return null;
    }

    /// <summary>What the App said in an issue, oldest first.</summary>
    private async Task<List<string>> OurCommentsAsync(GitHubRepository repository, int number, CancellationToken cancellationToken)
    {
        List<string> said = [];
        await foreach (var comment in repository.IssueCommentsAsync(number, cancellationToken))
        {
            if (comment.User?.Login == app.Value.BotLogin)
            {
                said.Add(comment.Body);
            }
        }

        return said;
    }

    private static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}

/// <summary>A failure to report in an issue.</summary>
/// <param name="Kind">Kind of failure; with the subject the identity of the issue.</param>
/// <param name="Subject">What failed, such as the tag of a release.</param>
/// <param name="Title">Title of a new issue.</param>
/// <param name="Body">Text of a new issue, or of the comment.</param>
/// <param name="Essence">What makes two failures the same: the text without links that change from run to run.</param>
/// <param name="CommentOnRepeat">Whether a further failure is added as a comment.</param>
public sealed record IssueReport(string Kind, string Subject, string Title, string Body, string Essence, bool CommentOnRepeat);
