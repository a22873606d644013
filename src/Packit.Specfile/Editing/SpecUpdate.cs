namespace Packit.Specfile;

/// <summary>
/// The edit that a new release makes to a dist-git spec (Packit: <c>propose_downstream</c>). Pure: the same values give the same result.
/// </summary>
public sealed record SpecUpdate
{
    /// <summary>The spec of the dist-git branch; null when it has none yet, or when one spec is edited in place.</summary>
    public ReadOnlyMemory<byte>? DistGitSpec { get; init; }

    /// <summary>The upstream spec, whose sections become those of the result. To edit one spec in place, that spec.</summary>
    public required ReadOnlyMemory<byte> UpstreamSpec { get; init; }

    /// <summary>The version as released, for instance <c>1.0rc1</c>; the spec gets <c>1.0~rc1</c>.</summary>
    public required string Version { get; init; }

    /// <summary>The macros both specs are read with.</summary>
    public MacroContext Macros { get; init; } = MacroContext.Empty;

    /// <summary>Text of the changelog entry, one or more lines; null for <c>- Update to version …</c>. It is escaped here.</summary>
    public string? ChangelogText { get; init; }

    /// <summary>Who the changelog entry is from: <c>Name &lt;address&gt;</c>.</summary>
    public required string Author { get; init; }

    /// <summary>Date of the changelog entry, UTC.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>Time of day of the changelog entry, UTC; written only where the spec's last entry has a time too.</summary>
    public TimeOnly Time { get; init; } = new(12, 0);

    /// <summary>
    /// .NET pattern of pre-release suffixes whose first group is the delimiter; null for <see cref="PrereleaseSuffix.DefaultPattern"/>,
    /// an empty text for none.
    /// </summary>
    public string? PrereleaseSuffixPattern { get; init; }

    /// <summary>Name of the spec's macro that holds the pre-release suffix: commented in for a pre-release, out for others.</summary>
    public string? PrereleaseSuffixMacro { get; init; }

    /// <summary>
    /// What rpm itself says of a spec's bytes, where it was asked; it gives null for a spec that nobody asked about. Null asks nobody: what
    /// cannot be known statically stays unknown.
    /// </summary>
    public Func<ReadOnlyMemory<byte>, SpecReading?>? RpmReading { get; init; }

    /// <summary>
    /// The content of a file beside the spec, by its plain name, for a spec whose <c>%changelog</c> includes one
    /// (<see cref="SpecFile.IncludedChangelog"/>); null for a file that is not there. It must not follow links.
    /// </summary>
    public Func<string, ReadOnlyMemory<byte>?>? ChangelogFile { get; init; }

    /// <summary>Merges, edits and proves the result.</summary>
    public SpecUpdateResult Apply() => new SpecEditor(this).Apply();
}
