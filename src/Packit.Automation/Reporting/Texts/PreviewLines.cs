using System.Globalization;
using Packit.Automation.Previewing;

namespace Packit.Automation.Reporting.Texts;

/// <summary>The parts of a preview in words, the same in comments, on pages and on the command line. Plain text, with foreign values in it as they are.</summary>
public static class PreviewLines
{
    /// <summary>What was looked at.</summary>
    public static string Subject(PreviewResult preview)
    {
        ArgumentNullException.ThrowIfNull(preview);
        return preview.Commit is { } commit
            ? $"{preview.Repository} at {commit[..12]} ({Asked(preview)})"
            : $"{preview.Repository}, {Asked(preview)}";
    }

    /// <summary>Which package config counted.</summary>
    public static string Config(PreviewResult preview)
    {
        ArgumentNullException.ThrowIfNull(preview);
        return preview.Config switch
        {
            null => "not read",
            { State: PreviewConfigState.Missing } => "none: the commit holds no .packit.yaml, so nothing would be proposed",
            { State: PreviewConfigState.Invalid, Path: var path } => $"{path} has errors, so nothing would be proposed",
            { Path: var path } => preview.PullRequest is { } number
                ? string.Create(CultureInfo.InvariantCulture, $"{path} of pull request {number}; it counts for this preview only")
                : $"{path} of this commit",
        };
    }

    /// <summary>Which tag and version are taken for the release.</summary>
    public static string Release(PackagePreview package)
    {
        ArgumentNullException.ThrowIfNull(package);
        return package switch
        {
            { Tag: null } => "no tag",
            { TagSource: PreviewTagSource.Spec } =>
                $"tag {package.Tag}, version {package.Version ?? "unknown"}: what the upstream spec names; ask with --tag for another",
            _ => $"tag {package.Tag}, version {package.Version ?? "unknown"}",
        };
    }

    /// <summary>What would happen to a branch, in some words.</summary>
    public static string Outcome(BranchPreview branch)
    {
        ArgumentNullException.ThrowIfNull(branch);
        return branch.Outcome switch
        {
            PreviewOutcome.Propose when branch.PullRequests.FirstOrDefault(pull => pull.IsOurs) is { } ours =>
                string.Create(CultureInfo.InvariantCulture, $"would be proposed in the open pull request {ours.Id}"),
            PreviewOutcome.Propose => "would be proposed",
            PreviewOutcome.Skip => "would be skipped",
            PreviewOutcome.UpToDate => "is up to date",
            PreviewOutcome.Waits => "would wait for the packagers",
            PreviewOutcome.Blocked => "cannot be proposed",
            PreviewOutcome.Unknown => "unknown",
        };
    }

    /// <summary>Whether an archive is there.</summary>
    public static string Source(PreviewedSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return source.State switch
        {
            PreviewSourceState.There when source.InLookaside == true => "in the lookaside cache already",
            PreviewSourceState.There => source.Size is { } size ? $"there, {Size(size)}" : "there; the host does not tell its size",
            PreviewSourceState.NotYet => "not there yet: the release would make it",
            PreviewSourceState.Missing when source.Url is null => "'sources' names it, and the lookaside cache does not have it",
            PreviewSourceState.Missing => "not there, though the tag is: a release would wait for it",
            PreviewSourceState.Refused => $"would be refused: {source.Reason}",
            PreviewSourceState.Unknown => $"unknown: {source.Reason ?? "the host did not tell"}",
        };
    }

    /// <summary>A finding: whether something stands in the way.</summary>
    public static string Finding(PreviewFinding finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        return finding.Sign == PreviewSign.Unknown ? $"unknown: {finding.Text}" : finding.Text;
    }

    /// <summary>An open pull request to the branch that is not the release's own.</summary>
    public static string PullRequest(PreviewedPullRequest pull)
    {
        ArgumentNullException.ThrowIfNull(pull);
        var version = pull.IsSameVersion ? ", which names the same version" : "";
        return string.Create(CultureInfo.InvariantCulture, $"open pull request {pull.Id} of {pull.User}: {pull.Title}{version}");
    }

    /// <summary>Any open pull request to the branch, the release's own too.</summary>
    public static string AnyPullRequest(PreviewedPullRequest pull)
    {
        ArgumentNullException.ThrowIfNull(pull);
        return pull.IsOurs ? string.Create(CultureInfo.InvariantCulture, $"the release's own pull request {pull.Id}: {pull.Title}") : PullRequest(pull);
    }

    /// <summary>A file that would change.</summary>
    public static string File(PreviewedFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return file.Change switch
        {
            "add" => $"{file.Path} (new)",
            "delete" => $"{file.Path} (deleted)",
            _ => file.Path,
        };
    }

    /// <summary>A branch that is offered the same change, or not.</summary>
    public static string Offer(PreviewedOffer offer)
    {
        ArgumentNullException.ThrowIfNull(offer);
        return offer.WhyNot is null ? $"the same change would be offered to {offer.Branch}" : $"not offered to {offer.Branch}: {offer.WhyNot}";
    }

    /// <summary>The whole of it in one sentence.</summary>
    public static string Verdict(PreviewResult preview)
    {
        ArgumentNullException.ThrowIfNull(preview);
        if (preview.Problem is { } problem)
        {
            return problem.Text;
        }

        var proposed = preview.Branches.Count(branch => branch.Outcome == PreviewOutcome.Propose);
        var branches = proposed == 1 ? "1 branch" : string.Create(CultureInfo.InvariantCulture, $"{proposed} branches");
        return preview.Verdict switch
        {
            PreviewVerdict.Yes when proposed == 0 => "Nothing would be proposed: the branches have it, or are left alone on purpose.",
            PreviewVerdict.Yes => $"A release of this commit would be proposed to {branches}.",
            PreviewVerdict.No when preview.Approval.Sign == PreviewSign.Bad => $"Nothing would be proposed: {preview.Approval.Text}",
            PreviewVerdict.No when preview.Packages.Count == 0 && preview.Config is { State: PreviewConfigState.Valid } =>
                "Nothing would be proposed: no job of the package config is for such a release.",
            PreviewVerdict.No when proposed == 0 => "Nothing would be proposed as things are.",
            PreviewVerdict.No => $"A release of this commit would be proposed to {branches}; something stands in the way of others.",
            PreviewVerdict.Unknown => $"Not everything is known: a service did not answer. As far as is known, {branches} would get a proposal.",
        };
    }

    private static string Asked(PreviewResult preview) => preview.PullRequest is { } number
        ? string.Create(CultureInfo.InvariantCulture, $"head of pull request {number}")
        : preview.Asked;

    private static string Size(long bytes) => bytes switch
    {
        < 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes} bytes"),
        < 1024 * 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0.#} KiB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0 / 1024.0:0.#} MiB"),
    };
}
