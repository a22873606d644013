using System.Diagnostics;
using Packit.Automation.Failures;
using Packit.Automation.Reporting.Texts;
using Packit.DistGit;
using Packit.PackageConfig;
using Packit.Specfile;

namespace Packit.Automation.ProposeDownstream;

/// <summary>What would be done to one dist-git branch. Pure: made from what was read, before anything is changed anywhere.</summary>
public abstract record ProposeDownstreamPlan
{
    private ProposeDownstreamPlan()
    {
    }

    /// <summary>The branch is left alone.</summary>
    public sealed record Skip(string Reason) : ProposeDownstreamPlan;

    /// <summary>The branch cannot be worked on as things are.</summary>
    public sealed record Refuse(Failure Failure) : ProposeDownstreamPlan;

    /// <summary>Something is needed that a spec says only when its code is run: the plan can be made when rpm was asked.</summary>
    /// <param name="Spec">The spec to ask about.</param>
    /// <param name="IsUpstream">Whether it is the upstream spec; else it belongs to the dist-git branch.</param>
    /// <param name="Missing">What is needed, and why it is not known.</param>
    public sealed record Ask(ReadOnlyMemory<byte> Spec, bool IsUpstream, SpecValue.Unknown Missing) : ProposeDownstreamPlan;

    /// <summary>The branch gets a change.</summary>
    /// <param name="Version">The proposed version.</param>
    /// <param name="Changes">Paths that change, without <c>sources</c> and <c>.gitignore</c>.</param>
    /// <param name="Sources">What the archives are and where they come from.</param>
    /// <param name="Notes">Things worth a line in the log.</param>
    public sealed record Change(
        string Version, IReadOnlyList<TreeChange> Changes, SourcePlan Sources, IReadOnlyList<string> Notes) : ProposeDownstreamPlan
    {
        /// <summary>The plan as people read it, one step a line.</summary>
        public string Describe()
        {
            var lines = Changes.Select(change => change is TreeChange.Delete ? $"delete {change.Path}" : $"write {change.Path}")
                .Concat(Sources.Archives.Select(archive => archive switch
                {
                    PlannedArchive.Fetch fetch => $"archive {fetch.FileName} from {fetch.Url}",
                    PlannedArchive.Keep keep => TargetLogTexts.KeptArchive(keep.FileName),
                    _ => throw new UnreachableException(),
                }))
                .Concat(Sources.Patches.Select(patch => $"patch {patch.FileName} from {patch.Url}"));
            return string.Join('\n', lines);
        }
    }

    /// <summary>Makes the plan.</summary>
    public static ProposeDownstreamPlan Make(PlanInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (Unsupported(input.Settings, input.DistGitUrl) is { } unsupported)
        {
            return new Refuse(unsupported);
        }

        var version = new TagRules(input.Settings).VersionOf(input.Tag);
        if (version.Version is not { } proposed)
        {
            return new Refuse(Failure.UserFixable(FailureCodes.TagTemplate, version.Error!));
        }

        if (Question(input, input.DistGitSpec, isUpstream: false) is { } distGit)
        {
            return distGit;
        }

        return Gates.WhyNot(input, proposed) is { } reason ? new Skip(reason) : MakeChange(input, proposed);
    }

    private static ProposeDownstreamPlan MakeChange(PlanInput input, string version)
    {
        if (input.UpstreamSpec is not { } upstreamSpec)
        {
            return new Refuse(Failure.UserFixable(
                FailureCodes.SpecMissing, ProposeDownstreamTexts.UpstreamSpecMissing(input.UpstreamSpecPath, input.Tag)));
        }

        var sync = FileSync.Plan(
            input.FilesToSync, input.UpstreamTree, input.UpstreamRoot, input.DistGitTree,
            input.Settings.SyncChangelog ? null : input.UpstreamSpecPath, input.DistGitSpecPath);
        if (sync is FileSyncPlan.Impossible impossible)
        {
            return new Refuse(Failure.UserFixable(FailureCodes.PathOutside, impossible.Problem));
        }

        var planned = (FileSyncPlan.Possible)sync;
        List<TreeChange> changes = [.. planned.Changes];
        SpecReading reading;
        List<string> notes = [.. planned.Notes];
        if (input.Settings.SyncChangelog)
        {
            reading = SpecFile.Parse(upstreamSpec).Read(input.Macros);
            if (Question(input, upstreamSpec, reading.Missing, isUpstream: true) is { } ask)
            {
                return ask;
            }

            reading = input.Rpm?.Of(upstreamSpec) is { } rpm ? reading.Completed(rpm) : reading;
        }
        else
        {
            if (Question(input, upstreamSpec, isUpstream: true) is { } upstream)
            {
                return upstream;
            }

            var result = Update(input, upstreamSpec, version);
            if (result.Question is { } question && Question(input, question, result.Missing, isUpstream: false) is { } ask)
            {
                return ask;
            }

            switch (result)
            {
                case SpecUpdateResult.Refused no:
                    return new Refuse(Failure.UserFixable(no.Code, ProposeDownstreamTexts.SpecRefused(no.Message, no.Line, no.LineText, no.Diff)));
                case SpecUpdateResult.Edited edited:
                    reading = edited.After;
                    changes.RemoveAll(change => change.Path == input.DistGitSpecPath);
                    changes.Add(new TreeChange.Put(input.DistGitSpecPath, edited.Bytes));
                    AddChangelog(edited.Changelog, changes, notes);
                    break;
                default:
                    throw new UnreachableException();
            }
        }

        if (input.Settings.CreateSyncNote)
        {
            changes.Add(new TreeChange.Put("README.packit", input.Readme));
        }

        return SourcePlan.Make(input, reading, version, changes) switch
        {
            SourcePlanning.Planned sources => new Change(version, changes, sources.Plan, [.. notes, .. sources.Notes]),
            SourcePlanning.Refused no => new Refuse(no.Failure),
            _ => throw new UnreachableException(),
        };
    }

    /// <summary>A question about a spec whose version is unknown.</summary>
    private static Ask? Question(PlanInput input, ReadOnlyMemory<byte>? spec, bool isUpstream) =>
        input.Rpm is not null && spec is { } bytes
            ? Question(input, bytes, SpecFile.Parse(bytes).Read(input.Macros).Version as SpecValue.Unknown, isUpstream)
            : null;

    private static Ask? Question(PlanInput input, ReadOnlyMemory<byte> spec, SpecValue.Unknown? missing, bool isUpstream) =>
        missing is not null && input.Rpm is { } rpm && !rpm.Knows(spec) ? new Ask(spec, isUpstream, missing) : null;

    /// <summary>A changelog that is a file gets its entry there, unless the project brings the file along itself.</summary>
    private static void AddChangelog(DetachedChangelog? changelog, List<TreeChange> changes, List<string> notes)
    {
        if (changelog is null)
        {
            return;
        }

        if (changes.Exists(change => change.Path == changelog.Path))
        {
            notes.Add(TargetLogTexts.ChangelogFromUpstream(changelog.Path));
            return;
        }

        changes.Add(new TreeChange.Put(changelog.Path, changelog.Bytes));
    }

    private static SpecUpdateResult Update(PlanInput input, ReadOnlyMemory<byte> upstreamSpec, string version) => new SpecUpdate
    {
        DistGitSpec = input.DistGitSpec,
        UpstreamSpec = upstreamSpec,
        Version = version,
        Macros = input.Macros,
        ChangelogText = input.ChangelogText(version),
        Author = input.Author,
        Date = input.Date,
        PrereleaseSuffixPattern = SpecVersion.Pattern(input.Settings),
        PrereleaseSuffixMacro = input.Settings.PrereleaseSuffixMacro,
        RpmReading = input.Rpm is { } rpm ? rpm.Of : null,
        ChangelogFile = name => input.ChangelogFile is { } file && file.Name == name ? (ReadOnlyMemory<byte>?)file.Content : null,
    }.Apply();

    private static Failure? Unsupported(PackageSettings settings, string distGitUrl)
    {
        if (settings.DistGitBaseUrl is { Length: > 0 } other && other.TrimEnd('/') != distGitUrl.TrimEnd('/'))
        {
            return Failure.Rejected(FailureCodes.DistGitUnsupported, ProposeDownstreamTexts.DistGitUnsupported(other));
        }

        if (settings.PkgTool is not (null or "fedpkg"))
        {
            return Failure.Rejected(FailureCodes.DistGitUnsupported, ProposeDownstreamTexts.DistGitUnsupported(settings.PkgTool));
        }

        if (settings.UpstreamRef is not null)
        {
            return Failure.Rejected(FailureCodes.SourceGitUnsupported, ProposeDownstreamTexts.SourceGit);
        }

        var actions = settings.Actions.Keys.Where(ReleaseActions.Contains).Order(StringComparer.Ordinal).ToList();
        return actions.Count == 0 ? null : Failure.Rejected(FailureCodes.ActionsOff, ProposeDownstreamTexts.ActionsOff(actions));
    }

    /// <summary>The actions that would take part in bringing a release to dist-git.</summary>
    private static readonly IReadOnlyList<string> ReleaseActions =
    [
        ActionNames.PostUpstreamClone, ActionNames.PreSync, ActionNames.PrepareFiles, ActionNames.CreatePatches,
        ActionNames.PostModifications, ActionNames.ChangelogEntry, ActionNames.CommitMessage,
    ];
}
