using System.Text.Json.Serialization;

namespace Packit.Bodhi;

/// <summary>A release of the distribution as Bodhi knows it.</summary>
/// <param name="Name"><c>F43</c>, <c>EPEL-10.1</c>, <c>ELN</c>; containers and flatpaks have a letter more.</param>
/// <param name="Version"><c>43</c>, <c>10.1</c>, <c>eln</c>.</param>
/// <param name="IdPrefix">The family: <c>FEDORA</c>, <c>FEDORA-EPEL</c>, <c>FEDORA-CONTAINER</c> …</param>
/// <param name="Branch">The dist-git branch; Bodhi may still say <c>rawhide</c> for a while after branching.</param>
public sealed record BodhiRelease(string Name, string LongName, string Version, string IdPrefix, string Branch, ReleaseState State)
{
    /// <summary>The Koji tags of the release, in the order of an update's life.</summary>
    public string? DistTag { get; init; }

    public string? CandidateTag { get; init; }

    public string? PendingSigningTag { get; init; }

    public string? PendingTestingTag { get; init; }

    public string? TestingTag { get; init; }

    public string? PendingStableTag { get; init; }

    public string? StableTag { get; init; }

    public string? OverrideTag { get; init; }

    /// <summary>False for Rawhide, whose updates go out without a compose by Bodhi.</summary>
    public bool ComposedByBodhi { get; init; } = true;

    /// <summary>True for Rawhide: a finished build becomes an update by itself.</summary>
    public bool CreateAutomaticUpdates { get; init; }

    /// <summary>When it is no longer maintained.</summary>
    public DateOnly? Eol { get; init; }
}

/// <summary>Where a release is in its life.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ReleaseState>))]
public enum ReleaseState
{
    [JsonStringEnumMemberName("disabled")]
    Disabled,

    [JsonStringEnumMemberName("pending")]
    Pending,

    [JsonStringEnumMemberName("frozen")]
    Frozen,

    [JsonStringEnumMemberName("current")]
    Current,

    [JsonStringEnumMemberName("archived")]
    Archived,
}

internal sealed record ReleasePage(IReadOnlyList<BodhiRelease> Releases, int Page, int Pages);
