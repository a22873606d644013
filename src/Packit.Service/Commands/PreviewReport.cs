using System.Text;
using Packit.Automation.Previewing;
using Packit.Automation.Reporting.Texts;

namespace Packit.Service.Commands;

/// <summary>A preview as a maintainer reads it on a terminal: short, in sections, and nothing twice.</summary>
internal sealed class PreviewReport(bool colours)
{
    private const string Plain = "\u001b[0m", Bold = "\u001b[1m", Red = "\u001b[31m", Green = "\u001b[32m", Yellow = "\u001b[33m", Cyan = "\u001b[36m";

    private readonly StringBuilder _text = new();

    /// <summary>The report; its lines end with line feeds.</summary>
    public string Of(PreviewResult preview)
    {
        Line(0, PreviewLines.Subject(preview), Bold);
        Line(0, PreviewLines.Verdict(preview), ColourOf(preview.Verdict));
        if (preview.Problem is null)
        {
            Line(0, "Nothing was changed anywhere.");
            About(preview);
            foreach (var package in preview.Packages)
            {
                Package(package);
            }
        }

        return _text.ToString();
    }

    private void About(PreviewResult preview)
    {
        Section("Package config");
        Line(1, PreviewLines.Config(preview));
        Lines(1, preview.Config?.Problems ?? [], Yellow);
        if (preview.Approval.Text.Length > 0)
        {
            Section("Approval");
            Line(1, PreviewLines.Finding(preview.Approval), preview.Approval.Sign == PreviewSign.Bad ? Red : "");
        }

        if (preview.Jobs.Count > 0)
        {
            Section("Jobs");
            foreach (var job in preview.Jobs)
            {
                Line(1, $"{(job.Matched ? "+" : "-")} {job.Job} ({job.Package}): {job.Reason}", job.Matched ? Green : "");
            }
        }

        if (preview.Notes.Count > 0)
        {
            Section("Notes");
            Lines(1, preview.Notes, Yellow);
        }
    }

    private void Package(PackagePreview package)
    {
        Section($"Package {package.DownstreamPackage}: {PreviewLines.Release(package)}");
        Lines(1, package.Notes, Yellow);
        if (package.Agreement.Text.Length > 0)
        {
            Line(1, $"Agreement of the packagers: {PreviewLines.Finding(package.Agreement)}", package.Agreement.Sign == PreviewSign.Bad ? Yellow : "");
        }

        Line(1, package.Problem, Red);
        Line(1, package.Unknown is null ? null : $"unknown: {package.Unknown}", Yellow);
        var shown = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var branch in package.Branches)
        {
            Branch(branch, shown);
        }
    }

    private void Branch(BranchPreview branch, Dictionary<string, string> shown)
    {
        _text.Append('\n');
        Line(1, $"{branch.Branch} {PreviewLines.Outcome(branch)}", branch.Outcome switch
        {
            PreviewOutcome.Propose or PreviewOutcome.UpToDate => Green,
            PreviewOutcome.Blocked => Red,
            _ => Yellow,
        });
        Line(2, branch.Reason);
        Line(2, branch.Title is null ? null : $"pull request: {branch.Title}");
        Line(2, branch.PresentVersion is null ? null : $"version now: {branch.PresentVersion}");
        Finding("Koji", branch.Build);
        Finding("Bodhi", branch.Update);
        foreach (var pull in branch.PullRequests.Where(pull => !pull.IsOurs))
        {
            Line(2, PreviewLines.PullRequest(pull), pull.IsSameVersion ? Yellow : "");
            Line(3, pull.Url);
        }

        foreach (var source in branch.Sources)
        {
            Line(2, $"{(source.IsPatch ? "patch" : "source")} {source.File}: {PreviewLines.Source(source)}", source.State switch
            {
                PreviewSourceState.Refused or PreviewSourceState.Missing => Red,
                PreviewSourceState.Unknown => Yellow,
                _ => "",
            });
            Line(3, source.Url);
        }

        Line(2, branch.Files.Count == 0 ? null : $"files besides the spec: {string.Join(", ", branch.Files.Select(PreviewLines.File))}");
        Lines(2, branch.Offers.Select(PreviewLines.Offer), "");
        Lines(2, branch.Notes, Yellow);
        Once(branch, "changelog entry", branch.Changelog, shown, isDiff: false);
        Once(branch, "change to the spec", branch.SpecDiff, shown, isDiff: true);
    }

    private void Finding(string who, PreviewFinding? finding)
    {
        if (finding is not null)
        {
            Line(2, $"{who}: {PreviewLines.Finding(finding)}", finding.Sign == PreviewSign.Bad ? Red : finding.Sign == PreviewSign.Unknown ? Yellow : "");
            Line(3, finding.Sign == PreviewSign.Bad ? finding.Url : null);
        }
    }

    // What is the same for several branches stands with the first of them.
    private void Once(BranchPreview branch, string what, string? text, Dictionary<string, string> shown, bool isDiff)
    {
        if (string.IsNullOrEmpty(text))
        {
            return;
        }

        if (shown.TryGetValue(what + text, out var first))
        {
            Line(2, $"{what}: the same as for {first}");
            return;
        }

        shown[what + text] = branch.Branch;
        Line(2, $"{what}:");
        foreach (var line in text.TrimEnd('\n').Split('\n'))
        {
            Line(3, line, isDiff ? ColourOf(line) : "");
        }
    }

    private void Section(string title)
    {
        _text.Append('\n');
        Line(0, title, Bold);
    }

    private void Lines(int depth, IEnumerable<string> lines, string colour)
    {
        foreach (var line in lines)
        {
            Line(depth, line, colour);
        }
    }

    // Everything may hold text of others: nothing of it may steer a terminal.
    private void Line(int depth, string? text, string colour = "")
    {
        foreach (var line in text is null ? [] : MarkdownText.Visible(text).ReplaceLineEndings("\n").Split('\n'))
        {
            _text.Append(' ', line.Length == 0 ? 0 : depth * 2);
            _text.Append(colours && colour.Length > 0 ? $"{colour}{line}{Plain}" : line).Append('\n');
        }
    }

    private static string ColourOf(PreviewVerdict verdict) => verdict switch
    {
        PreviewVerdict.Yes => Green,
        PreviewVerdict.No => Red,
        PreviewVerdict.Unknown => Yellow,
    };

    private static string ColourOf(string line) => line switch
    {
        ['+', '+', '+', ..] or ['-', '-', '-', ..] => Bold,
        ['+', ..] => Green,
        ['-', ..] => Red,
        ['@', '@', ..] => Cyan,
        _ => "",
    };
}
