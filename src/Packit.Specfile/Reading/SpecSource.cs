namespace Packit.Specfile;

/// <summary>A <c>Source</c> or <c>Patch</c> of a spec: a tag of the preamble or a line of <c>%sourcelist</c> or <c>%patchlist</c>.</summary>
public sealed record SpecSource
{
    /// <summary>Its number; a tag without one continues the numbering of the tag before it.</summary>
    public required int Number { get; init; }

    /// <summary>The location as written.</summary>
    public required string RawLocation { get; init; }

    /// <summary>The location with macros expanded.</summary>
    public required SpecValue Location { get; init; }

    /// <summary>
    /// Name of the file beside the spec: the last segment of the path, or what follows the last <c>/</c> of the whole location
    /// when a fragment names it (<c>https://host/download#/name-1.0.tar.gz</c>), as rpm takes it. Null when it is unknown or empty.
    /// </summary>
    public string? FileName { get; init; }

    /// <summary>Whether the location has a scheme and a host.</summary>
    public bool IsUrl { get; init; }

    /// <summary>False when a condition of the spec excludes it in the context the spec was read with.</summary>
    public required bool IsValid { get; init; }

    /// <summary>Whether a condition that cannot be decided statically is about it, so that <see cref="IsValid"/> is not certain.</summary>
    public bool IsUncertain { get; init; }

    /// <summary>Where it stands, from 1; 0 when only rpm knows it.</summary>
    public required int Line { get; init; }
}
