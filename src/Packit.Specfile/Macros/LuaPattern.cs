using System.Text;

namespace Packit.Specfile;

/// <summary>The patterns that <c>%{gsub}</c> searches with, as far as they stand for one plain text (Lua: section 6.4.1).</summary>
internal static class LuaPattern
{
    /// <summary>The text that a pattern stands for; null when it is empty or could match several.</summary>
    public static string? LiteralOf(string? pattern)
    {
        if (string.IsNullOrEmpty(pattern))
        {
            return null;
        }

        var literal = new StringBuilder();
        for (var i = 0; i < pattern.Length; i++)
        {
            switch (pattern[i])
            {
                case '%' when i + 1 < pattern.Length && !char.IsAsciiLetterOrDigit(pattern[i + 1]):
                    literal.Append(pattern[++i]);
                    break;
                case '%' or '.' or '[' or '(' or ')' or '^' or '$':
                    return null;
                case '*' or '+' or '-' or '?' when i > 0:
                    return null;
                default:
                    literal.Append(pattern[i]);
                    break;
            }
        }

        return literal.ToString();
    }
}
