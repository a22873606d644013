namespace Packit.Specfile;

/// <summary>The manner in which the header of a changelog entry writes its date: <c>* Fri Jun 11 2021 …</c>.</summary>
internal static class ChangelogDate
{
    private static readonly string[] Weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
    private static readonly string[] Months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

    public static string Weekday(DateOnly date) => Weekdays[(int)date.DayOfWeek];

    public static string Month(DateOnly date) => Months[date.Month - 1];

    /// <summary>What stands before the digits of the day beside the one blank: blanks, a zero, or nothing.</summary>
    public static string Padding(ReadOnlySpan<char> header)
    {
        if (!TryDay(header, out var blanks, out var day, out _))
        {
            return "";
        }

        if (day[0] == '0')
        {
            return $"{blanks}0";
        }

        // Blanks before two digits are a slip of the pen, not a manner.
        return day.Length == 1 ? blanks.ToString() : "";
    }

    /// <summary>Whether it has a time of day, as in <c>Fri Jun 11 12:00:00 UTC 2021</c>.</summary>
    public static bool HasTime(ReadOnlySpan<char> header)
    {
        if (!TryDay(header, out _, out _, out var rest) || rest.Length < 10 || rest[0] != ' ')
        {
            return false;
        }

        for (var i = 0; i < 8; i++)
        {
            if (i is 2 or 5 ? rest[1 + i] != ':' : !char.IsAsciiDigit(rest[1 + i]))
            {
                return false;
            }
        }

        return rest[9] == ' ';
    }

    private static bool TryDay(ReadOnlySpan<char> header, out ReadOnlySpan<char> blanks, out ReadOnlySpan<char> day, out ReadOnlySpan<char> rest)
    {
        blanks = day = rest = default;
        var text = header.TrimStart("* \t");
        if (text.Length < 10 || !IsOneOf(Weekdays, text[..3]) || text[3] != ' ' || !IsOneOf(Months, text[4..7]) || text[7] != ' ')
        {
            return false;
        }

        text = text[8..];
        var first = text.IndexOfAnyExcept(' ');
        if (first < 0)
        {
            return false;
        }

        blanks = text[..first];
        text = text[first..];
        var end = text.IndexOfAnyExceptInRange('0', '9');
        end = end < 0 ? text.Length : end;
        day = text[..end];
        rest = text[end..];
        return end is 1 or 2;
    }

    private static bool IsOneOf(string[] names, ReadOnlySpan<char> text)
    {
        foreach (var name in names)
        {
            if (text.SequenceEqual(name))
            {
                return true;
            }
        }

        return false;
    }
}
