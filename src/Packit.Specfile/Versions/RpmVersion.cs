namespace Packit.Specfile;

/// <summary>The order of version strings that rpm itself uses (rpm: <c>rpmvercmp</c>).</summary>
public static class RpmVersion
{
    /// <summary>
    /// Compares two versions or two releases: digits as numbers, letters as ASCII text, everything else only separates;
    /// <c>~</c> sorts before the end of the string, <c>^</c> after it.
    /// </summary>
    /// <returns>-1, 0 or 1.</returns>
    public static int Compare(string left, string right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        return Compare(left.AsSpan(), right.AsSpan());
    }

    /// <inheritdoc cref="Compare(string, string)"/>
    public static int Compare(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        if (left.SequenceEqual(right))
        {
            return 0;
        }

        while (!left.IsEmpty || !right.IsEmpty)
        {
            left = SkipSeparators(left);
            right = SkipSeparators(right);

            if (StartsWith(left, '~') || StartsWith(right, '~'))
            {
                if (!StartsWith(left, '~'))
                {
                    return 1;
                }

                if (!StartsWith(right, '~'))
                {
                    return -1;
                }

                left = left[1..];
                right = right[1..];
                continue;
            }

            if (StartsWith(left, '^') || StartsWith(right, '^'))
            {
                // A caret sorts after the end of the other string, but before any further segment of it.
                if (left.IsEmpty)
                {
                    return -1;
                }

                if (right.IsEmpty)
                {
                    return 1;
                }

                if (left[0] != '^')
                {
                    return 1;
                }

                if (right[0] != '^')
                {
                    return -1;
                }

                left = left[1..];
                right = right[1..];
                continue;
            }

            if (left.IsEmpty || right.IsEmpty)
            {
                break;
            }

            var numeric = char.IsAsciiDigit(left[0]);
            var leftSegment = TakeSegment(left, numeric);
            var rightSegment = TakeSegment(right, numeric);
            left = left[leftSegment.Length..];
            right = right[rightSegment.Length..];

            if (rightSegment.IsEmpty)
            {
                // Different kinds: numbers are newer than letters.
                return numeric ? 1 : -1;
            }

            var order = numeric ? CompareNumbers(leftSegment, rightSegment) : Math.Sign(leftSegment.SequenceCompareTo(rightSegment));
            if (order != 0)
            {
                return order;
            }
        }

        return (left.IsEmpty ? 0 : 1) - (right.IsEmpty ? 0 : 1);
    }

    private static int CompareNumbers(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        left = left.TrimStart('0');
        right = right.TrimStart('0');
        return left.Length != right.Length ? Math.Sign(left.Length - right.Length) : Math.Sign(left.SequenceCompareTo(right));
    }

    private static ReadOnlySpan<char> SkipSeparators(ReadOnlySpan<char> text)
    {
        var i = 0;
        while (i < text.Length && !char.IsAsciiLetterOrDigit(text[i]) && text[i] is not ('~' or '^'))
        {
            i++;
        }

        return text[i..];
    }

    private static ReadOnlySpan<char> TakeSegment(ReadOnlySpan<char> text, bool numeric)
    {
        var i = 0;
        while (i < text.Length && (numeric ? char.IsAsciiDigit(text[i]) : char.IsAsciiLetter(text[i])))
        {
            i++;
        }

        return text[..i];
    }

    private static bool StartsWith(ReadOnlySpan<char> text, char c) => !text.IsEmpty && text[0] == c;
}
