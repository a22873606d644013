using System.Globalization;
using System.Text;
using Packit.Automation.Previewing;

namespace Packit.Automation.Reporting.Texts;

/// <summary>The answer to <c>preview</c>: what matters, in a comment. All of it is on the dashboard.</summary>
public static class PreviewAnswerTexts
{
    public const string Accepted = "The preview is waiting for its turn; this answer will show it.";

    public const string Running = "The preview is being made; this answer will show it.";

    private const int RowsAtMost = 40;
    private const int LinesAtMost = 20;
    private const int LongestLine = 500;
    private const int ShortCommit = 8;

    public static string Waits(string why) => $"There is no preview yet. {MarkdownText.Inline(why)} This answer will show it.";

    public static string Failed(string reason) => $"The preview could not be made. {MarkdownText.Inline(reason)}";

    /// <summary>The summary.</summary>
    /// <param name="preview">The preview.</param>
    /// <param name="page">Where all of it is; null where nobody can see it.</param>
    public static string Of(PreviewResult preview, string? page)
    {
        ArgumentNullException.ThrowIfNull(preview);
        var text = new StringBuilder();
        text.Append("**").Append(Clip(PreviewLines.Verdict(preview))).Append("** Nothing was changed anywhere.\n");
        if (preview.Problem is null)
        {
            text.Append('\n').Append("Looked at: ").Append(Looked(preview)).Append('\n');
            Table(text, preview);
            Lines(text, Worth(preview));
        }

        if (page is not null && preview.Problem is null)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n[The whole preview: the change to the spec file, changelog, sources, and every job with its reason]({page})\n");
        }

        return text.ToString().TrimEnd();
    }

    private static string Looked(PreviewResult preview)
    {
        var asked = preview.PullRequest is { } number
            ? string.Create(CultureInfo.InvariantCulture, $"the head of pull request {number}")
            : MarkdownText.Inline(preview.Asked);
        return $"{asked}, commit {preview.Commit![..ShortCommit]}; package config: {Clip(PreviewLines.Config(preview))}.";
    }

    private static void Table(StringBuilder text, PreviewResult preview)
    {
        if (!preview.Branches.Any())
        {
            return;
        }

        text.Append("\n| Package | Version | Branch | What would happen |\n| --- | --- | --- | --- |\n");
        var left = RowsAtMost;
        foreach (var package in preview.Packages)
        {
            foreach (var branch in package.Branches.TakeWhile(_ => left-- > 0))
            {
                var why = branch.Outcome is PreviewOutcome.Propose || branch.Reason is null ? "" : $": {branch.Reason}";
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"| {Clip(package.DownstreamPackage)} | {Clip(package.Version ?? "")} | {Clip(branch.Branch)} | {Clip(PreviewLines.Outcome(branch) + why)} |\n");
            }
        }
    }

    /// <summary>What a maintainer should know before the release.</summary>
    private static IEnumerable<string> Worth(PreviewResult preview)
    {
        if (preview.Approval.Sign == PreviewSign.Bad)
        {
            yield return preview.Approval.Text;
        }

        foreach (var problem in preview.Config?.Problems ?? [])
        {
            yield return problem;
        }

        foreach (var job in preview.Jobs.Where(job => !job.Matched && job.Job == "propose_downstream"))
        {
            yield return $"{job.Job} of {job.Package} would not run: {job.Reason}";
        }

        foreach (var note in preview.Notes)
        {
            yield return note;
        }

        foreach (var package in preview.Packages)
        {
            foreach (var line in Worth(package))
            {
                yield return line;
            }
        }
    }

    private static IEnumerable<string> Worth(PackagePreview package)
    {
        if (package.TagSource == PreviewTagSource.Spec)
        {
            yield return $"{package.DownstreamPackage}: {PreviewLines.Release(package)}.";
        }

        if (package.Agreement.Sign == PreviewSign.Bad)
        {
            yield return package.Agreement.Text;
        }

        foreach (var line in new[] { package.Problem, package.Unknown }.OfType<string>().Concat(package.Notes))
        {
            yield return $"{package.DownstreamPackage}: {line}";
        }

        // The same for several branches is said once.
        var lines = package.Branches.SelectMany(branch => Worth(branch).Select(line => (branch.Branch, Line: line)))
            .GroupBy(line => line.Line, line => line.Branch, StringComparer.Ordinal);
        foreach (var line in lines)
        {
            yield return $"{string.Join(", ", line)}: {line.Key}";
        }
    }

    private static IEnumerable<string> Worth(BranchPreview branch)
    {
        foreach (var source in branch.Sources.Where(source => source.State != PreviewSourceState.There))
        {
            yield return $"{source.File} is {PreviewLines.Source(source)}";
        }

        foreach (var finding in new[] { branch.Build, branch.Update }.OfType<PreviewFinding>().Where(finding => finding.Sign != PreviewSign.Good))
        {
            yield return PreviewLines.Finding(finding);
        }

        foreach (var pull in branch.PullRequests.Where(pull => !pull.IsOurs))
        {
            yield return PreviewLines.PullRequest(pull);
        }

        foreach (var note in branch.Notes)
        {
            yield return note;
        }
    }

    private static void Lines(StringBuilder text, IEnumerable<string> lines)
    {
        var shown = 0;
        foreach (var line in lines.Distinct(StringComparer.Ordinal))
        {
            if (shown == LinesAtMost)
            {
                text.Append("- There is more to say than fits here.\n");
                return;
            }

            text.Append(shown++ == 0 ? "\n- " : "- ").Append(Clip(line)).Append('\n');
        }
    }

    private static string Clip(string text)
    {
        text = text.ReplaceLineEndings(" ").Trim();
        return MarkdownText.Inline(text.Length <= LongestLine ? text : text[..LongestLine] + "…");
    }
}
