using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Packit.Automation.Reporting.Texts;
using Packit.Automation.Storage;
using Packit.GitHub;

namespace Packit.Automation.Reporting;

/// <summary>
/// Reports failures in issues: one open issue per project, kind and subject. It is remembered in the database, and found
/// again by a hidden marker when the memory is missing.
/// </summary>
public sealed class IssueReporter(IPackitDbFactory databases)
{
    /// <summary>GitHub takes 65,536 characters; the rest is for the markers.</summary>
    private const int MaxBody = 64_000;

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
        if (await OpenIssueAsync(repository, row, marker, cancellationToken) is not { } issue)
        {
            issue = await repository.CreateIssueAsync(report.Title, Marked(report.Body, $"{marker}\n{SaidMarker(report.Body)}"), cancellationToken);
            row.Commented = null;
        }
        else if (report.CommentOnRepeat && row.Commented != Digest(report.Essence) && !IsSaid(issue.Body, report.Body))
        {
            await SayOnceAsync(
                repository, issue.Number, said => IsSaid(said, report.Body), Marked(report.Body, SaidMarker(report.Body)), cancellationToken);
            row.Commented = Digest(report.Essence);
        }

        (row.IssueNumber, row.IsOpen) = (issue.Number, true);
        await database.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Whether an issue of this kind and subject is open, as far as is remembered.</summary>
    public async Task<bool> IsOpenAsync(int projectId, string kind, string subject, CancellationToken cancellationToken)
    {
        await using var database = databases.Create();
        return await database.FailureIssues.AnyAsync(
            issue => issue.ProjectId == projectId && issue.Kind == kind && issue.Subject == subject && issue.IsOpen, cancellationToken);
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

        // The row is closed last: a repetition after a crash finds the issue closed and does not say the last word again.
        if (await OwnOpenIssueAsync(repository, number, cancellationToken) is not null)
        {
            await SayOnceAsync(repository, number, said => said == lastWord, lastWord, cancellationToken);
            await repository.CloseIssueAsync(number, cancellationToken);
        }

        row.IsOpen = false;
        await database.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Adds a comment, unless an earlier attempt has added it and never learnt so.</summary>
    private static async Task SayOnceAsync(
        GitHubRepository repository, int number, Func<string, bool> isIt, string text, CancellationToken cancellationToken)
    {
        await foreach (var comment in repository.IssueCommentsAsync(number, cancellationToken))
        {
            if (isIt(comment.Body) && await repository.IsOwnAsync(comment.User, cancellationToken))
            {
                return;
            }
        }

        await repository.CreateIssueCommentAsync(number, text, cancellationToken);
    }

    private static async Task<GitHubIssue?> OpenIssueAsync(
        GitHubRepository repository, FailureIssue row, string marker, CancellationToken cancellationToken)
    {
        if (row.IssueNumber is { } known && await OwnOpenIssueAsync(repository, known, cancellationToken) is { } open)
        {
            return open;
        }

        var own = await repository.OwnAccountAsync(cancellationToken);
        await foreach (var issue in repository.OpenIssuesAsync(own.Login, cancellationToken))
        {
            if (issue.User?.Id == own.Id && issue.Body?.Contains(marker, StringComparison.Ordinal) == true)
            {
                return issue;
            }
        }

        return null;
    }

    /// <summary>An issue by the number that is remembered. Under the repository's name may stand another one by now, whose issues are somebody else's.</summary>
    private static async Task<GitHubIssue?> OwnOpenIssueAsync(GitHubRepository repository, int number, CancellationToken cancellationToken) =>
        await repository.IssueAsync(number, cancellationToken) is { State: IssueState.Open } issue && await repository.IsOwnAsync(issue.User, cancellationToken)
            ? issue
            : null;

    // A report names pages of its run, so the same text is the same report, made again after a crash or a lost answer.
    private static bool IsSaid(string? text, string body) => text?.Contains(SaidMarker(body), StringComparison.Ordinal) == true;

    private static string SaidMarker(string body) => $"<!-- packit-service: report {Digest(body)[..16]} -->";

    /// <summary>The text with its marker, which the forge's limit on texts does not cut off.</summary>
    private static string Marked(string body, string marker) => $"{(body.Length > MaxBody ? body[..MaxBody] + "…" : body)}\n{marker}";

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
