using System.Text;

namespace Packit.Automation.Comments.Grammar;

/// <summary>
/// Takes a line apart into words. Between quotes, <c>"</c> or <c>'</c>, white space belongs to the word, and a backslash takes the meaning from a quote or a
/// backslash; anywhere else a backslash is a character like others.
/// </summary>
internal static class CommandWords
{
    /// <returns>The words; null when a quote is not closed.</returns>
    public static IReadOnlyList<string>? Split(string line)
    {
        List<string> words = [];
        var word = new StringBuilder();
        var (isInWord, quote) = (false, '\0');
        for (var i = 0; i < line.Length; i++)
        {
            var character = line[i];
            if (quote != '\0' && character == '\\' && i + 1 < line.Length && line[i + 1] is '"' or '\'' or '\\')
            {
                word.Append(line[++i]);
            }
            else if (quote != '\0' && character == quote)
            {
                quote = '\0';
            }
            else if (quote == '\0' && character is '"' or '\'')
            {
                (isInWord, quote) = (true, character);
            }
            else if (quote == '\0' && char.IsWhiteSpace(character))
            {
                if (isInWord)
                {
                    words.Add(word.ToString());
                    word.Clear();
                    isInWord = false;
                }
            }
            else
            {
                isInWord = true;
                word.Append(character);
            }
        }

        if (isInWord)
        {
            words.Add(word.ToString());
        }

        return quote == '\0' ? words : null;
    }
}
