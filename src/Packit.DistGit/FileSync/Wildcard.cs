using System.Text;

namespace Packit.DistGit;

/// <summary>Which dialect of wildcards a pattern is written in.</summary>
internal enum WildcardStyle
{
    /// <summary>fnmatch of Python: <c>*</c> and <c>?</c> match any character, a slash too; no escapes.</summary>
    Fnmatch,

    /// <summary>rsync(1), "pattern matching rules": a slash is matched by <c>**</c> only; a backslash escapes.</summary>
    Rsync,
}

/// <summary>
/// A compiled pattern. All alternatives are followed at once, so that the time is at most pattern length times text length,
/// whatever the pattern: no user can make it explode.
/// </summary>
internal sealed class Wildcard
{
    private readonly List<Token> _tokens = [];

    public Wildcard(string pattern, WildcardStyle style)
    {
        var magic = HasMagic(pattern);
        for (var at = 0; at < pattern.Length; at++)
        {
            _tokens.Add(Next(pattern, ref at, style, magic));
        }
    }

    private enum Match
    {
        Literal,
        One,
        OneOf,
        NoneOf,
        Star,
        StarAndSlash,
    }

    /// <summary>Whether a text holds characters that make it a pattern.</summary>
    public static bool HasMagic(string text) => text.AsSpan().IndexOfAny('*', '?', '[') >= 0;

    public bool IsMatch(ReadOnlySpan<char> text)
    {
        var reached = new bool[_tokens.Count + 1];
        reached[0] = true;
        SkipStars(reached);
        foreach (var letter in text)
        {
            var next = new bool[reached.Length];
            for (var at = 0; at < _tokens.Count; at++)
            {
                if (reached[at] && _tokens[at].Takes(letter))
                {
                    next[_tokens[at].IsStar ? at : at + 1] = true;
                }
            }

            SkipStars(next);
            reached = next;
        }

        return reached[^1];
    }

    private void SkipStars(bool[] reached)
    {
        for (var at = 0; at < _tokens.Count; at++)
        {
            reached[at + 1] |= reached[at] && _tokens[at].IsStar;
        }
    }

    private static Token Next(string pattern, ref int at, WildcardStyle style, bool magic)
    {
        var slash = style == WildcardStyle.Fnmatch;
        switch (pattern[at])
        {
            case '*' when slash:
                return new Token(Match.StarAndSlash, "", slash);
            case '*':
                var from = at;
                while (at + 1 < pattern.Length && pattern[at + 1] == '*')
                {
                    at++;
                }

                return new Token(at > from ? Match.StarAndSlash : Match.Star, "", slash);
            case '?':
                return new Token(Match.One, "", slash);
            case '[' when Class(pattern, at, style) is { } found:
                at = found.End;
                return found.Token;
            case '\\' when style == WildcardStyle.Rsync && magic && at + 1 < pattern.Length:
                return new Token(Match.Literal, pattern[++at].ToString(), slash);
            default:
                return new Token(Match.Literal, pattern[at].ToString(), slash);
        }
    }

    // `[abc]`, `[a-z]`, `[!abc]`; a bracket that is never closed is a plain character.
    private static (Token Token, int End)? Class(string pattern, int open, WildcardStyle style)
    {
        var start = open + 1;
        var negated = start < pattern.Length && (pattern[start] == '!' || (style == WildcardStyle.Rsync && pattern[start] == '^'));
        start += negated ? 1 : 0;
        var close = start + 1 < pattern.Length ? pattern.IndexOf(']', start + 1) : -1;
        if (close < 0)
        {
            return null;
        }

        var members = new StringBuilder();
        for (var at = start; at < close; at++)
        {
            if (at + 2 < close && pattern[at + 1] == '-')
            {
                // Two characters stand for a range; a single one stands for itself twice.
                members.Append(pattern[at]).Append(pattern[at + 2]);
                at += 2;
            }
            else
            {
                members.Append(pattern[at], 2);
            }
        }

        return (new Token(negated ? Match.NoneOf : Match.OneOf, members.ToString(), style == WildcardStyle.Fnmatch), close);
    }

    private readonly record struct Token(Match Match, string Letters, bool TakesSlash)
    {
        public bool IsStar => Match is Match.Star or Match.StarAndSlash;

        public bool Takes(char letter) => Match switch
        {
            Match.Literal => Letters[0] == letter,
            Match.StarAndSlash => true,
            _ when letter == '/' && !TakesSlash => false,
            Match.OneOf => IsMember(letter),
            Match.NoneOf => !IsMember(letter),
            _ => true,
        };

        private bool IsMember(char letter)
        {
            for (var at = 0; at < Letters.Length; at += 2)
            {
                if (letter >= Letters[at] && letter <= Letters[at + 1])
                {
                    return true;
                }
            }

            return false;
        }
    }
}
