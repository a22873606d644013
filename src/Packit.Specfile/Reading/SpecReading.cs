namespace Packit.Specfile;

/// <summary>What a spec says when it is read with certain macros (<see cref="SpecFile.Read"/>).</summary>
public sealed partial record SpecReading
{
    public required SpecValue Name { get; init; }

    public required SpecValue Version { get; init; }

    /// <summary>The release with macros expanded, the dist tag included when the context defines one.</summary>
    public required SpecValue Release { get; init; }

    public required SpecValue Epoch { get; init; }

    /// <summary>The value of the <c>Name</c> tag as written; null when there is none.</summary>
    public required string? RawName { get; init; }

    /// <summary>The value of the <c>Version</c> tag as written; null when there is none.</summary>
    public required string? RawVersion { get; init; }

    /// <summary>The value of the <c>Release</c> tag as written; null when there is none.</summary>
    public required string? RawRelease { get; init; }

    /// <summary>The value of the <c>Epoch</c> tag as written; null when there is none.</summary>
    public required string? RawEpoch { get; init; }

    /// <summary>Whether the release comes from <c>%autorelease</c> (rpmautospec).</summary>
    public required bool UsesAutorelease { get; init; }

    /// <summary>Whether a changelog section uses <c>%autochangelog</c> (rpmautospec).</summary>
    public required bool UsesAutochangelog { get; init; }

    /// <summary>
    /// The first line of the preamble that may stand for more tags than the text shows, because only a run of rpm could tell what it comes
    /// to; null in nearly every spec.
    /// </summary>
    public SpecValue.Unknown? UnreadLine { get; init; }

    /// <summary>In the order of the spec; those excluded by a condition are there too, marked as not valid.</summary>
    public required IReadOnlyList<SpecSource> Sources { get; init; }

    /// <summary>In the order of the spec; those excluded by a condition are there too, marked as not valid.</summary>
    public required IReadOnlyList<SpecSource> Patches { get; init; }
}
