using System.Text.Json.Serialization;

namespace Packit.Automation.Previewing;

/// <summary>
/// What would be proposed if a commit were released now. Its JSON is read by scripts and by later versions of the product: fields are
/// added, and none is renamed.
/// </summary>
public sealed record PreviewResult
{
    /// <summary>Version of the form.</summary>
    public int Schema { get; init; } = 1;

    /// <summary>The upstream repository, as people know it.</summary>
    public required string Repository { get; init; }

    /// <summary>What was asked for: a branch, a tag, a commit, <c>HEAD</c> or <c>pull/12/head</c>.</summary>
    public required string Asked { get; init; }

    /// <summary>The commit; null when it was not found.</summary>
    public string? Commit { get; init; }

    /// <summary>The pull request whose head it is; null for none.</summary>
    public int? PullRequest { get; init; }

    /// <summary>Why there is nothing more to show; null when there is.</summary>
    public PreviewProblem? Problem { get; init; }

    /// <summary>The package config; null when the commit was not found.</summary>
    public PreviewConfig? Config { get; init; }

    /// <summary>Whether the service works for this project.</summary>
    public PreviewFinding Approval { get; init; } = PreviewFinding.NotLookedAt;

    /// <summary>Every job of the config, with the reason why it would run or not.</summary>
    public IReadOnlyList<PreviewJobDecision> Jobs { get; init; } = [];

    /// <summary>What the jobs that would run would do.</summary>
    public IReadOnlyList<PackagePreview> Packages { get; init; } = [];

    /// <summary>What else is worth knowing.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>All branches of all packages.</summary>
    [JsonIgnore]
    public IEnumerable<BranchPreview> Branches => Packages.SelectMany(package => package.Branches);

    /// <summary>How the release would go.</summary>
    public PreviewVerdict Verdict
    {
        get
        {
            if (Problem is not null)
            {
                return Problem.Kind == PreviewProblemKind.Unreachable ? PreviewVerdict.Unknown : PreviewVerdict.No;
            }

            if (Config is not { State: PreviewConfigState.Valid } || Approval.Sign == PreviewSign.Bad || Packages.Count == 0
                || Packages.Any(package => package.Problem is not null) || Branches.Any(branch => branch.Outcome == PreviewOutcome.Blocked))
            {
                return PreviewVerdict.No;
            }

            return Branches.Any(branch => branch.Outcome == PreviewOutcome.Unknown) || Packages.Any(package => package.Unknown is not null)
                ? PreviewVerdict.Unknown
                : PreviewVerdict.Yes;
        }
    }
}

/// <summary>How a release would go.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PreviewVerdict>))]
public enum PreviewVerdict
{
    /// <summary>Nothing stands in its way.</summary>
    [JsonStringEnumMemberName("yes")]
    Yes,

    /// <summary>Nothing, or not everything, would be proposed.</summary>
    [JsonStringEnumMemberName("no")]
    No,

    /// <summary>A remote service did not tell.</summary>
    [JsonStringEnumMemberName("unknown")]
    Unknown,
}

/// <summary>Why nothing can be shown.</summary>
/// <param name="Kind">What kind of trouble.</param>
/// <param name="Text">What happened and what to do.</param>
public sealed record PreviewProblem(PreviewProblemKind Kind, string Text);

/// <summary>Kinds of trouble that end a preview.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PreviewProblemKind>))]
public enum PreviewProblemKind
{
    /// <summary>There is no such repository, or it is not public.</summary>
    [JsonStringEnumMemberName("repository_missing")]
    RepositoryMissing,

    /// <summary>It has no such branch, tag or commit.</summary>
    [JsonStringEnumMemberName("ref_missing")]
    RefMissing,

    /// <summary>The repository cannot be reached, or not in time.</summary>
    [JsonStringEnumMemberName("unreachable")]
    Unreachable,
}

/// <summary>The package config of the commit.</summary>
/// <param name="State">Whether it can be used.</param>
/// <param name="Path">Its file; null when there is none.</param>
/// <param name="Problems">Errors and warnings, each with its line.</param>
public sealed record PreviewConfig(PreviewConfigState State, string? Path, IReadOnlyList<string> Problems);

/// <summary>Whether there is a package config, and one that can be used.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PreviewConfigState>))]
public enum PreviewConfigState
{
    [JsonStringEnumMemberName("valid")]
    Valid,

    [JsonStringEnumMemberName("invalid")]
    Invalid,

    [JsonStringEnumMemberName("missing")]
    Missing,
}

/// <summary>Whether a job would run.</summary>
/// <param name="Job">Its name: <c>propose_downstream</c>.</param>
/// <param name="Package">The package.</param>
/// <param name="Matched">Whether it would run.</param>
/// <param name="Reason">Why.</param>
public sealed record PreviewJobDecision(string Job, string Package, bool Matched, string Reason);

/// <summary>What is known of one thing that may stand in the way.</summary>
/// <param name="Sign">Whether it does.</param>
/// <param name="Text">What is known, or why it is not known.</param>
/// <param name="Url">Where to look; null for nowhere.</param>
public sealed record PreviewFinding(PreviewSign Sign, string Text, string? Url = null)
{
    /// <summary>It was of no use to look.</summary>
    public static PreviewFinding NotLookedAt { get; } = new(PreviewSign.Unknown, "");
}

/// <summary>Whether something stands in the way.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PreviewSign>))]
public enum PreviewSign
{
    [JsonStringEnumMemberName("good")]
    Good,

    [JsonStringEnumMemberName("bad")]
    Bad,

    [JsonStringEnumMemberName("unknown")]
    Unknown,
}
