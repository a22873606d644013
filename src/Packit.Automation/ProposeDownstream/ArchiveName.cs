namespace Packit.Automation.ProposeDownstream;

/// <summary>Names of archives.</summary>
internal static class ArchiveName
{
    /// <summary>
    /// Whether a name says that the file is of this version and of no other: <c>hello-1.2.tar.gz</c> is of 1.2, but
    /// <c>hello-1.2.1.tar.gz</c>, <c>hello-11.2.tar.gz</c> and <c>hello-1.2rc1.tar.gz</c> are not. In doubt it does not say so.
    /// A pre-release stands in names in several spellings: 1.0~rc1 as 1.0rc1, 1.0-rc1 or 1.0_rc1.
    /// </summary>
    public static bool Carries(string file, string version) =>
        Enumerable.Range(0, file.Length).Any(start => !IsSeparator(file[start]) && BeginsAt(file, start) && EndOf(file, start, version) is { } end && EndsAt(file, end));

    /// <summary>Where a version that begins at a place ends, separators of its parts set aside; null when another text stands there.</summary>
    private static int? EndOf(string file, int start, string version)
    {
        var at = start;
        for (var i = 0; i < version.Length; i++)
        {
            if (IsSeparator(version[i]))
            {
                continue;
            }

            // A separator may stand where the version has one, and between a number and a word.
            var mayBreak = i > 0 && (IsSeparator(version[i - 1]) || char.IsDigit(version[i - 1]) != char.IsDigit(version[i]));
            while (mayBreak && at < file.Length && IsSeparator(file[at]))
            {
                at++;
            }

            if (at == file.Length || file[at] != version[i])
            {
                return null;
            }

            at++;
        }

        return at > start ? at : null;
    }

    private static bool BeginsAt(string file, int start)
    {
        if (start > 0 && file[start - 1] is 'v' or 'V')
        {
            start--;
        }

        return start == 0 || !(char.IsLetterOrDigit(file[start - 1]) || (file[start - 1] == '.' && start > 1 && char.IsDigit(file[start - 2])));
    }

    private static bool EndsAt(string file, int end) =>
        end == file.Length || !(char.IsLetterOrDigit(file[end]) || (file[end] == '.' && end + 1 < file.Length && char.IsDigit(file[end + 1])));

    private static bool IsSeparator(char character) => character is '-' or '_' or '~';
}
