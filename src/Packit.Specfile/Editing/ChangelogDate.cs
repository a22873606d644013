using System.Text.RegularExpressions;

namespace Packit.Specfile;

/// <summary>The manner in which the header of a changelog entry writes its date.</summary>
internal static partial class ChangelogDate
{
    /// <summary>What stands before the digits of the day beside the one blank: blanks, a zero, or nothing.</summary>
    public static string Padding(string header)
    {
        var match = Day().Match(header);
        if (!match.Success)
        {
            return "";
        }

        var blanks = match.Groups["blanks"].Value;
        var day = match.Groups["day"].Value;
        if (day[0] == '0')
        {
            return blanks + "0";
        }

        // Blanks before two digits are a slip of the pen, not a manner.
        return day.Length == 1 ? blanks : "";
    }

    /// <summary>Whether it has a time of day, as in <c>Fri Jun 11 12:00:00 UTC 2021</c>.</summary>
    public static bool HasTime(string header) => Clock().IsMatch(header);

    [GeneratedRegex("(Mon|Tue|Wed|Thu|Fri|Sat|Sun) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) (?<blanks> *)(?<day>[0-9]{1,2})([^0-9]|$)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Day();

    [GeneratedRegex("(Mon|Tue|Wed|Thu|Fri|Sat|Sun) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) +[0-9]{1,2} [0-2][0-9]:[0-5][0-9]:[0-5][0-9] [^ ]+ [0-9]{4}", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Clock();
}
