using Microsoft.Extensions.Options;
using Packit.Automation.ProposeDownstream;
using Packit.Automation.Reporting.Texts;
using Packit.Automation.Settings;
using Packit.DistGit;
using Packit.Specfile;

namespace Packit.Automation.Previewing;

/// <summary>
/// Shows what a planned change would be: the commit is written into the preview's own repository and compared there, as the release would
/// do it, but for the archives, which are looked at and not fetched.
/// </summary>
internal sealed class ChangePreviewer(SourcePreviewer sources, IOptions<DistGitOptions> options, TimeProvider time)
{
    /// <summary>Longest diff that is shown, in bytes.</summary>
    private const int DiffCap = 64 * 1024;

    private const int FileCap = 8 * 1024 * 1024;
    private const int FilesAtMost = 200;

    /// <summary>Shows the change.</summary>
    /// <exception cref="GitException">Something of it cannot be read.</exception>
    public async Task<BranchPreview> MakeAsync(
        BranchToPreview wanted, BranchPreview begun, PlanInput input, ProposeDownstreamPlan.Change plan, GitRepository repository,
        CancellationToken cancellationToken)
    {
        var seen = await sources.LookAsync(wanted, input, plan.Sources, cancellationToken);
        var known = KnownEntries(plan.Sources, seen);
        var draft = Draft(wanted, plan.Version, [.. plan.Changes, .. known is null ? [] : SourcesChange.Make(input, known)]);
        var commit = await repository.WriteCommitAsync(draft, cancellationToken);
        if (commit == wanted.Head && known is not null)
        {
            return begun with { Outcome = PreviewOutcome.UpToDate, Reason = ProposeDownstreamTexts.NothingToDo(wanted.Branch, plan.Version), Sources = seen };
        }

        var specOnly = await repository.WriteCommitAsync(
            Draft(wanted, plan.Version, [.. plan.Changes.Where(change => change.Path == input.DistGitSpecPath)]), cancellationToken);
        return begun with
        {
            Outcome = PreviewOutcome.Propose,
            Reason = null,
            PlannedCommit = commit,
            Title = PullRequestTexts.Title(wanted.Branch, plan.Version),
            WorkingBranch = ProposeDownstreamJob.WorkingBranch(wanted.Branch),
            SpecDiff = specOnly == wanted.Head ? "" : await repository.DiffAsync(wanted.Head!, specOnly, DiffCap, cancellationToken),
            Changelog = await ChangelogAsync(input, plan, repository, cancellationToken),
            Files = await FilesAsync(input, plan, known, repository, cancellationToken),
            Sources = seen,
        };
    }

    /// <summary>The lines of the new <c>sources</c>; null when they show only after something was fetched.</summary>
    private static List<SourceEntry>? KnownEntries(SourcePlan plan, IReadOnlyList<PreviewedSource> seen)
    {
        List<SourceEntry> entries = [];
        foreach (var archive in plan.Archives)
        {
            switch (archive)
            {
                case PlannedArchive.Keep keep:
                    entries.Add(keep.Entry);
                    break;
                case PlannedArchive.Fetch { Known: { } known } when seen.Any(source => source.File == archive.FileName && source.InLookaside == true):
                    entries.Add(known);
                    break;
                default:
                    return null;
            }
        }

        return plan.Patches.Count == 0 ? entries : null;
    }

    private static async Task<string?> ChangelogAsync(
        PlanInput input, ProposeDownstreamPlan.Change plan, GitRepository repository, CancellationToken cancellationToken)
    {
        if (await ContentAsync(plan, input.DistGitSpecPath, repository, cancellationToken) is not { } spec)
        {
            return null;
        }

        var parsed = SpecFile.Parse(spec);
        if (parsed.IncludedChangelog(input.Macros)?.FileName is { } name)
        {
            return await ContentAsync(plan, name, repository, cancellationToken) is { } apart ? PreviewTexts.FirstEntry(apart) : null;
        }

        var before = input.DistGitSpec is { } present ? SpecFile.Parse(present).Changelog().FirstOrDefault() : null;
        return parsed.Changelog().FirstOrDefault() is { } entry && (entry.Header, entry.Text) != (before?.Header, before?.Text)
            ? $"{entry.Header}\n{entry.Text}"
            : null;
    }

    private static async Task<IReadOnlyList<PreviewedFile>> FilesAsync(
        PlanInput input, ProposeDownstreamPlan.Change plan, List<SourceEntry>? known, GitRepository repository, CancellationToken cancellationToken)
    {
        List<PreviewedFile> files = [];
        foreach (var change in plan.Changes.Where(change => change.Path != input.DistGitSpecPath).Take(FilesAtMost))
        {
            if (await KindAsync(input, change, repository, cancellationToken) is { } kind)
            {
                files.Add(new PreviewedFile(change.Path, kind));
            }
        }

        var listed = known is null
            ? plan.Sources.Archives.Count > 0 ? new[] { "sources", ".gitignore" } : []
            : [.. SourcesChange.Make(input, known).Select(change => change.Path)];
        files.AddRange(listed.Select(path => new PreviewedFile(path, input.DistGitTree.Find(path) is null ? "add" : "change")));
        files.AddRange(plan.Sources.Patches.Select(patch => new PreviewedFile(patch.FileName, "add")));
        return [.. files.DistinctBy(file => file.Path)];
    }

    /// <summary>What a change does to its file; null when the file stays as it is.</summary>
    private static async Task<string?> KindAsync(PlanInput input, TreeChange change, GitRepository repository, CancellationToken cancellationToken)
    {
        var present = input.DistGitTree.Find(change.Path);
        if (change is TreeChange.Delete)
        {
            return present is null ? null : "delete";
        }

        if (present is null)
        {
            return "add";
        }

        var isSame = change switch
        {
            TreeChange.PutExisting put => put.Oid == present.Oid && put.Kind == present.Kind,
            TreeChange.Put put when present.IsFile => IsSame(put.Content, await repository.ReadAsync(present, FileCap, cancellationToken)),
            _ => false,
        };
        return isSame ? null : "change";
    }

    private static bool IsSame(ReadOnlyMemory<byte> first, byte[] second) => first.Span.SequenceEqual(second);

    private static async Task<ReadOnlyMemory<byte>?> ContentAsync(
        ProposeDownstreamPlan.Change plan, string path, GitRepository repository, CancellationToken cancellationToken) =>
        plan.Changes.LastOrDefault(change => change.Path == path) switch
        {
            TreeChange.Put put => put.Content,
            TreeChange.PutExisting put => await repository.ReadAsync(put.Oid, FileCap, cancellationToken),
            _ => null,
        };

    private CommitDraft Draft(BranchToPreview wanted, string version, IReadOnlyList<TreeChange> changes) => new()
    {
        Parent = wanted.Head!,
        Message = PullRequestTexts.CommitTitle(version),
        Author = new GitIdentity(options.Value.CommitterName, options.Value.CommitterEmail),
        Date = time.GetUtcNow(),
        Changes = changes,
    };
}
