using System.Text.Json.Serialization;

namespace Packit.Automation.Previewing;

/// <summary>What a job would do for one package.</summary>
public sealed record PackagePreview
{
    /// <summary>Key of the package in the config.</summary>
    public required string Package { get; init; }

    /// <summary>Its name in dist-git.</summary>
    public required string DownstreamPackage { get; init; }

    /// <summary>The tag that the release has, or would have; null when it cannot be told.</summary>
    public string? Tag { get; init; }

    /// <summary>Where the tag is from.</summary>
    public PreviewTagSource TagSource { get; init; }

    /// <summary>The version that the tag stands for; null when there is none.</summary>
    public string? Version { get; init; }

    /// <summary>Whether the packagers agree that this project proposes to their package.</summary>
    public PreviewFinding Agreement { get; init; } = PreviewFinding.NotLookedAt;

    /// <summary>Why nothing would be proposed to any branch; null when that depends on the branch.</summary>
    public string? Problem { get; init; }

    /// <summary>Why it is not known what would be proposed; null when it is.</summary>
    public string? Unknown { get; init; }

    public IReadOnlyList<BranchPreview> Branches { get; init; } = [];

    public IReadOnlyList<string> Notes { get; init; } = [];
}

/// <summary>Where the tag of a preview is from.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PreviewTagSource>))]
public enum PreviewTagSource
{
    /// <summary>Nobody can tell it.</summary>
    [JsonStringEnumMemberName("none")]
    None,

    /// <summary>It was named.</summary>
    [JsonStringEnumMemberName("given")]
    Given,

    /// <summary>The commit was asked for by a tag.</summary>
    [JsonStringEnumMemberName("ref")]
    Ref,

    /// <summary>It is what the version of the upstream spec makes of <c>upstream_tag_template</c>.</summary>
    [JsonStringEnumMemberName("spec")]
    Spec,
}
