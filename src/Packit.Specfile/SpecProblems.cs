namespace Packit.Specfile;

/// <summary>
/// The stable codes of everything this library refuses, for texts that explain each one to a maintainer.
/// </summary>
public static class SpecProblems
{
    /// <summary>The spec has more bytes or lines than <see cref="SpecFile.MaximumBytes"/> and <see cref="SpecFile.MaximumLines"/> allow.</summary>
    public const string TooLarge = "SPEC_TOO_LARGE";

    /// <summary>The version to write is empty, too long or has characters that no RPM version may have.</summary>
    public const string VersionInvalid = "SPEC_VERSION_INVALID";

    /// <summary>The author, the date or the text of the changelog entry cannot be written into a spec.</summary>
    public const string ChangelogInvalid = "SPEC_CHANGELOG_INVALID";

    /// <summary>No <c>Version</c> tag stands in the preamble as text (it is absent or comes out of a macro).</summary>
    public const string VersionAbsent = "SPEC_VERSION_ABSENT";

    /// <summary>After the edit the version could not be shown to be the wanted one, because something else computes it.</summary>
    public const string VersionComputed = "SPEC_VERSION_COMPUTED";

    /// <summary>No <c>Release</c> tag stands in the preamble as text, although the release has to change.</summary>
    public const string ReleaseAbsent = "SPEC_RELEASE_ABSENT";

    /// <summary>The release that the changelog entry needs is computed by something that cannot be known statically.</summary>
    public const string ReleaseComputed = "SPEC_RELEASE_COMPUTED";

    /// <summary>The epoch that the changelog entry needs is computed by something that cannot be known statically.</summary>
    public const string EpochComputed = "SPEC_EPOCH_COMPUTED";

    /// <summary>The edit would have changed something beside version, release and changelog.</summary>
    public const string UnintendedChange = "SPEC_UNINTENDED_CHANGE";

    /// <summary>The <c>%changelog</c> section that has to get an entry is not there as text or is there twice.</summary>
    public const string ChangelogUnclear = "SPEC_CHANGELOG_UNCLEAR";

    /// <summary>The configured pattern of pre-release suffixes took too long on this version.</summary>
    public const string PrereleasePatternTimeout = "SPEC_PRERELEASE_PATTERN_TIMEOUT";
}
