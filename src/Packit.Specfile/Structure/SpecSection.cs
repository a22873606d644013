namespace Packit.Specfile;

/// <summary>A part of a spec: the preamble before the first section header, or a header such as <c>%files -n lib</c> with its lines.</summary>
/// <param name="Name">The header's keyword in small letters without the percent sign; <c>preamble</c> for the first part.</param>
/// <param name="Arguments">What follows the keyword on the header's line.</param>
/// <param name="HeaderLine">Where the header stands, from 1; 0 for the preamble, which has none.</param>
/// <param name="FirstLine">The first line of the content, from 1.</param>
/// <param name="LineCount">How many lines the content has.</param>
public sealed record SpecSection(string Name, string Arguments, int HeaderLine, int FirstLine, int LineCount)
{
    /// <summary>Name of the part before the first header.</summary>
    public const string PreambleName = "preamble";

    internal const string ChangelogName = "changelog";

    /// <summary>The one changelog that rpm reads; <c>%changelog</c> with arguments is something else.</summary>
    internal bool IsChangelog => Name == ChangelogName && Arguments.Length == 0;
}
