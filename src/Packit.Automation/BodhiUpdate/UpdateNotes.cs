using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Packit.Automation.Reporting.Texts;
using Packit.Koji;

namespace Packit.Automation.BodhiUpdate;

/// <summary>What an update says about itself, and the bugs that it names. Pure.</summary>
public static partial class UpdateNotes
{
    /// <summary>Bodhi refuses longer notes (<c>update_notes_maxlength</c>).</summary>
    public const int MaxLength = 10_000;

    /// <summary>Room for the heading of a section, its fence and the sign that it was cut.</summary>
    private const int SectionFrame = 300;

    private const string Cut = "\n…";

    /// <summary>The notes of an update.</summary>
    /// <param name="builds">The builds, each with what is new in it.</param>
    public static string Of(IReadOnlyList<UpdatedBuild> builds)
    {
        ArgumentNullException.ThrowIfNull(builds);
        var notes = new StringBuilder(Shortened(BodhiUpdateTexts.Notes(builds.Select(build => build.Nvr)), MaxLength / 2) + ".");
        foreach (var build in builds.Where(build => build.News.Count > 0))
        {
            var room = MaxLength - notes.Length - SectionFrame;
            if (room < SectionFrame)
            {
                break;
            }

            notes.Append("\n\n##### **Changelog for ").Append(build.Package).Append("**\n\n");
            notes.Append(MarkdownText.Fenced(Shortened(string.Join("\n\n", build.News.Select(Entry)), room)));
        }

        return notes.ToString();
    }

    /// <summary>Numbers of the bugs that a build says it fixes, each once.</summary>
    public static IReadOnlyList<long> Bugs(UpdatedBuild build)
    {
        ArgumentNullException.ThrowIfNull(build);
        return Bugs(string.Join('\n', build.News.DefaultIfEmpty(build.Newest).OfType<ChangelogEntry>().Select(entry => entry.Text)));
    }

    /// <summary>Numbers of the bugs that a text says are fixed, each once (Packit: <c>Resolves: rhbz#1234567</c> and the like).</summary>
    public static IReadOnlyList<long> Bugs(string text) =>
    [
        .. Resolved().Matches(text)
            .SelectMany(match => long.TryParse(match.Groups["bug"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var bug) ? (long[])[bug] : [])
            .Distinct(),
    ];

    /// <summary>The entries of a changelog that are newer than those of the last stable build, newest first.</summary>
    public static IReadOnlyList<ChangelogEntry> NewsSince(IReadOnlyList<ChangelogEntry> changelog, IReadOnlyList<ChangelogEntry> stable)
    {
        ArgumentNullException.ThrowIfNull(changelog);
        ArgumentNullException.ThrowIfNull(stable);
        // Entries of one day have one time, so the entry itself tells where the old ones begin.
        return stable is [var newest, ..] ? [.. changelog.TakeWhile(entry => entry != newest && entry.At >= newest.At)] : [];
    }

    private static string Entry(ChangelogEntry entry) =>
        $"* {entry.At.UtcDateTime.ToString("ddd MMM dd yyyy", CultureInfo.InvariantCulture)} {entry.Author}\n{entry.Text.TrimEnd()}";

    private static string Shortened(string text, int length)
    {
        if (text.Length <= length)
        {
            return text;
        }

        // Half a character cannot be sent.
        return text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)] + Cut;
    }

    [GeneratedRegex(
        @"(?:fix(?:es)?|closes?|resolves?):?\s(?:fedora|epel|rh(?:bz)?)#(?<bug>[0-9]{5,})",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Resolved();
}

/// <summary>A build in an update.</summary>
/// <param name="Nvr">Its NVR.</param>
/// <param name="Package">Name of the source package.</param>
/// <param name="News">What its changelog has beyond the last stable build, newest first; empty when that is not known.</param>
/// <param name="Newest">The newest entry of its changelog, which says what a first build fixes; null when the changelog is empty.</param>
public sealed record UpdatedBuild(string Nvr, string Package, IReadOnlyList<ChangelogEntry> News, ChangelogEntry? Newest = null);
