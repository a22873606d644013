using System.Text;

namespace Packit.PackageConfig.Schema;

/// <summary>Splits a command line as a POSIX shell does, without expanding anything.</summary>
internal static class ShellWords
{
    /// <returns>The words, or null when a quote is not closed or the text ends with a backslash.</returns>
    public static IReadOnlyList<string>? Split(string command)
    {
        var words = new List<string>();
        StringBuilder? word = null;
        for (var i = 0; i < command.Length; i++)
        {
            var c = command[i];
            switch (c)
            {
                case ' ' or '\t' or '\r' or '\n':
                    Finish();
                    break;
                case '\\':
                    if (++i == command.Length)
                    {
                        return null;
                    }

                    (word ??= new StringBuilder()).Append(command[i]);
                    break;
                case '\'':
                    var end = command.IndexOf('\'', i + 1);
                    if (end < 0)
                    {
                        return null;
                    }

                    (word ??= new StringBuilder()).Append(command, i + 1, end - i - 1);
                    i = end;
                    break;
                case '"':
                    if (ReadDoubleQuoted(command, i, word ??= new StringBuilder()) is not { } closing)
                    {
                        return null;
                    }

                    i = closing;
                    break;
                default:
                    (word ??= new StringBuilder()).Append(c);
                    break;
            }
        }

        Finish();
        return words;

        void Finish()
        {
            if (word is not null)
            {
                words.Add(word.ToString());
                word = null;
            }
        }
    }

    /// <returns>Index of the closing quote, or null.</returns>
    private static int? ReadDoubleQuoted(string command, int start, StringBuilder word)
    {
        for (var i = start + 1; i < command.Length; i++)
        {
            if (command[i] == '"')
            {
                return i;
            }

            // Between double quotes a backslash only escapes itself and the quote.
            if (command[i] == '\\' && i + 1 < command.Length && command[i + 1] is '\\' or '"')
            {
                i++;
            }

            word.Append(command[i]);
        }

        return null;
    }
}
