using System.Text;
using Packit.Automation.Failures;
using Packit.Automation.ProposeDownstream;
using Packit.Automation.Storage;

namespace Packit.Automation.Reporting.Texts;

/// <summary>Answers to the command that proposes a release.</summary>
public static class ProposeAnswerTexts
{
    public static string UnknownTag(string tag, string project) =>
        $"The project {MarkdownText.Inline(project)} has no tag {MarkdownText.Inline(tag)}; nothing was started. Push the tag, or name another one.";

    public static string OnlyPrereleases(string prefix) =>
        $"This project has only pre-releases, so nothing was started. Name the one that you mean: `{prefix} propose-downstream TAG`.";

    public static string NoTag =>
        "This project has no release yet, and none of its tags is for a `propose_downstream` job of the package config "
        + "(`upstream_tag_template`, `upstream_tag_include`, `upstream_tag_exclude`). Publish a release, or name the tag that you mean.";

    public static string NotConfigured(string tag, IEnumerable<string> unknown, IEnumerable<string> configured) =>
        $"The package config of release {MarkdownText.Inline(tag)} does not name {string.Join(", ", unknown.Select(MarkdownText.Inline))} in its "
        + $"'dist\\_git\\_branches'; nothing was started. It names: {string.Join(", ", configured.Select(MarkdownText.Inline))}.";

    /// <summary>Nothing was started, because earlier requests are not at their end: whose turn it is, and what they do.</summary>
    /// <param name="tag">The release.</param>
    /// <param name="branches">The branches that are not done.</param>
    /// <param name="prefix">What commands begin with.</param>
    public static string InProgress(string tag, IReadOnlyList<BusyBranch> branches, string prefix)
    {
        ArgumentNullException.ThrowIfNull(branches);
        if (branches.All(branch => branch.Awaits is null))
        {
            return CommentTexts.InProgress(tag);
        }

        var several = branches.Select(branch => branch.Package).Distinct(StringComparer.Ordinal).Skip(1).Any();
        var text = new StringBuilder($"Release {MarkdownText.Inline(tag)} was asked for already, and waits for the packagers; nothing new was started:\n");
        foreach (var (package, branch, awaits) in branches)
        {
            text.Append("\n- ").Append(several ? $"{MarkdownText.Inline(package)} " : "").Append(MarkdownText.Code(branch)).Append(": ")
                .Append(awaits is null ? "Is being worked on; its check shows how far it is." : MarkdownText.Inline(awaits));
        }

        return text.Append($"\n\nAsk somebody with commit rights on the package to write the comment `{prefix} allow-upstream` in that pull request. ")
            .Append("The branches go on by themselves then; this command need not be given again.").ToString();
    }

    /// <summary>How far each branch is, with its pull request or its page.</summary>
    /// <param name="tag">The release.</param>
    /// <param name="state">How far all of it is.</param>
    /// <param name="branches">The branches with their pages.</param>
    public static string Progress(string tag, CommandState state, IReadOnlyList<(SyncReleaseTarget Branch, string Page)> branches)
    {
        ArgumentNullException.ThrowIfNull(branches);
        var several = branches.Select(one => one.Branch.Run.DownstreamPackage).Distinct(StringComparer.Ordinal).Skip(1).Any();
        var text = new StringBuilder(state switch
        {
            CommandState.Done => $"Release {MarkdownText.Inline(tag)} was proposed:\n",
            CommandState.Failed => $"Release {MarkdownText.Inline(tag)} could not be proposed to all branches:\n",
            _ => $"The task was accepted. Release {MarkdownText.Inline(tag)} is being proposed:\n",
        });
        foreach (var (branch, page) in branches)
        {
            text.Append("\n- ").Append(several ? $"{MarkdownText.Inline(branch.Run.DownstreamPackage)} " : "").Append(MarkdownText.Code(branch.Branch)).Append(": ")
                .Append(Stand(branch, page));
        }

        return state == CommandState.Failed
            ? text.Append("\n\nWhen the cause is mended, give the command again: it works on the branches that failed.").ToString()
            : text.ToString();
    }

    private static string Stand(SyncReleaseTarget branch, string page) => branch.Status switch
    {
        SyncReleaseTargetStatus.Queued => $"waits for its turn, see {page}",
        SyncReleaseTargetStatus.Running => $"is being worked on, see {page}",
        SyncReleaseTargetStatus.Retry when branch.FailureCode == FailureCodes.AgreementAwaited => $"{Reason(branch)} See {page}",
        SyncReleaseTargetStatus.Retry => $"is tried again{At(branch.NextAttemptAt)}: {Reason(branch)} See {page}",
        SyncReleaseTargetStatus.Submitted when branch.PullRequests.Count > 0 => string.Join(", ", branch.PullRequests.Select(pull => pull.Url)),
        SyncReleaseTargetStatus.Submitted => $"proposed, see {page}",
        SyncReleaseTargetStatus.Skipped => $"left alone: {Reason(branch)} See {page}",
        SyncReleaseTargetStatus.Error => $"failed: {Reason(branch)} See {page}",
    };

    private static string At(DateTimeOffset? next) => next is { } at ? $" at {ProposeDownstreamTexts.Instant(at)}" : "";

    private static string Reason(SyncReleaseTarget branch) => MarkdownText.Inline((branch.Message ?? "").Split('\n')[0].TrimEnd());
}
