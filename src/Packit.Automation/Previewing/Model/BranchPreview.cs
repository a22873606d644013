using System.Text.Json.Serialization;

namespace Packit.Automation.Previewing;

/// <summary>What would happen to one dist-git branch.</summary>
public sealed record BranchPreview
{
    public required string Branch { get; init; }

    public required PreviewOutcome Outcome { get; init; }

    /// <summary>Why, where the outcome does not say it; null for a proposal that nothing stands against.</summary>
    public string? Reason { get; init; }

    /// <summary>Stable code of the failure; null when it is none.</summary>
    public string? Code { get; init; }

    /// <summary>The version that the branch has now; null when it has none, or it is not known.</summary>
    public string? PresentVersion { get; init; }

    /// <summary>Title of the pull request; null when there would be none.</summary>
    public string? Title { get; init; }

    /// <summary>The branch of the fork that it would come from.</summary>
    public string? WorkingBranch { get; init; }

    /// <summary>The change to the spec as a unified diff, clipped; empty when there is none.</summary>
    public string SpecDiff { get; init; } = "";

    /// <summary>The changelog entry as it would be written; null when none is written.</summary>
    public string? Changelog { get; init; }

    /// <summary>Files besides the spec that would change.</summary>
    public IReadOnlyList<PreviewedFile> Files { get; init; } = [];

    public IReadOnlyList<PreviewedSource> Sources { get; init; } = [];

    /// <summary>What would be built after the merge; null when it cannot be told.</summary>
    public string? Nvr { get; init; }

    /// <summary>Whether Koji has it already.</summary>
    public PreviewFinding? Build { get; init; }

    /// <summary>Whether Bodhi has an update with it already.</summary>
    public PreviewFinding? Update { get; init; }

    /// <summary>Open pull requests to the same branch.</summary>
    public IReadOnlyList<PreviewedPullRequest> PullRequests { get; init; } = [];

    /// <summary>Branches that would be offered the same change, or why not.</summary>
    public IReadOnlyList<PreviewedOffer> Offers { get; init; } = [];

    /// <summary>What else is worth knowing.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The commit as it was written into the preview's own repository; it exists nowhere else.</summary>
    [JsonIgnore]
    internal string? PlannedCommit { get; init; }
}

/// <summary>What would happen to a branch.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PreviewOutcome>))]
public enum PreviewOutcome
{
    /// <summary>A pull request would be made, or brought up to date.</summary>
    [JsonStringEnumMemberName("propose")]
    Propose,

    /// <summary>It would be left alone on purpose.</summary>
    [JsonStringEnumMemberName("skip")]
    Skip,

    /// <summary>It holds everything already.</summary>
    [JsonStringEnumMemberName("up_to_date")]
    UpToDate,

    /// <summary>It would wait until the packagers agree.</summary>
    [JsonStringEnumMemberName("waits")]
    Waits,

    /// <summary>Something has to be done by a person first.</summary>
    [JsonStringEnumMemberName("blocked")]
    Blocked,

    /// <summary>A remote service did not tell.</summary>
    [JsonStringEnumMemberName("unknown")]
    Unknown,
}

/// <summary>A file of dist-git that would change.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Change"><c>add</c>, <c>change</c> or <c>delete</c>.</param>
public sealed record PreviewedFile(string Path, string Change);

/// <summary>An archive or patch of the new spec.</summary>
/// <param name="File">Name in dist-git.</param>
/// <param name="Url">Where it comes from; null when it stays as <c>sources</c> has it.</param>
/// <param name="State">Whether it is there.</param>
public sealed record PreviewedSource(string File, string? Url, PreviewSourceState State)
{
    /// <summary>Size in bytes; null when the host does not tell, or was not asked.</summary>
    public long? Size { get; init; }

    /// <summary>Whether <c>sources</c> of the branch names it.</summary>
    public bool InSources { get; init; }

    /// <summary>Whether the lookaside cache has it; null when that shows only after the archive was fetched.</summary>
    public bool? InLookaside { get; init; }

    /// <summary>Whether it is a patch that would be put into dist-git itself.</summary>
    public bool IsPatch { get; init; }

    /// <summary>Why, where the state does not say it.</summary>
    public string? Reason { get; init; }
}

/// <summary>Whether an archive is there.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PreviewSourceState>))]
public enum PreviewSourceState
{
    /// <summary>At its address, or in the lookaside cache.</summary>
    [JsonStringEnumMemberName("there")]
    There,

    /// <summary>It would be made by the release.</summary>
    [JsonStringEnumMemberName("not_yet")]
    NotYet,

    /// <summary>The release is there, and the archive is not.</summary>
    [JsonStringEnumMemberName("missing")]
    Missing,

    /// <summary>It would not be fetched.</summary>
    [JsonStringEnumMemberName("refused")]
    Refused,

    [JsonStringEnumMemberName("unknown")]
    Unknown,
}

/// <summary>An open pull request to the branch.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Title">Its title.</param>
/// <param name="User">Who made it.</param>
/// <param name="Url">Its page.</param>
/// <param name="IsOurs">Whether it is the one that the release would bring up to date.</param>
/// <param name="IsSameVersion">Whether its title names the version.</param>
public sealed record PreviewedPullRequest(int Id, string Title, string User, string Url, bool IsOurs, bool IsSameVersion);

/// <summary>A branch that the same change is offered to.</summary>
/// <param name="Branch">Its name.</param>
/// <param name="WhyNot">Why it is not; null when it is.</param>
public sealed record PreviewedOffer(string Branch, string? WhyNot);
