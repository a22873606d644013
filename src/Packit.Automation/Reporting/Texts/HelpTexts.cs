using System.Text;
using Packit.Automation.Comments.Grammar;
using Packit.Automation.Storage;

namespace Packit.Automation.Reporting.Texts;

/// <summary>The answer to <c>help</c>, made from the grammar. The closing lines are those of the established service.</summary>
public static class HelpTexts
{
    private const int Columns = 85;

    /// <summary>What works in a place. No line of the commands is longer than 85 characters.</summary>
    /// <param name="place">Where it is asked.</param>
    /// <param name="prefix">First word of a command in this deployment.</param>
    public static string Of(CommandPlace place, string prefix)
    {
        var text = new StringBuilder();
        text.Append("```\n").Append(Usage(prefix)).Append('\n');
        foreach (var rule in CommandGrammar.In(place))
        {
            text.Append('\n');
            // Without the prefix: no line of the text is a command, whoever reads it.
            Wrap(text, rule.Usage, 0, indent: rule.Name.Length + 1);
            Wrap(text, rule.Meaning, 4, indent: 4);
            foreach (var option in rule.Options)
            {
                Option(text, option);
            }
        }

        text.Append("\nwith every command:\n");
        foreach (var option in CommandGrammar.Common)
        {
            Option(text, option);
        }

        text.Append("```\n");
        if (place == CommandPlace.DistGitPullRequest)
        {
            text.Append($"\nCommands that begin with `{prefix}` are for this service. Those that begin with `/packit-ci` are for Fedora CI, which tests the change.\n");
        }

        return text.Append("\n*Documentation*: https://packit.dev/docs\n\n")
            .Append("*Email*: hello@packit.dev, *Matrix*: #packit:fedora.im, *Mastodon*: @packit@fosstodon.org\n")
            .ToString();
    }

    private static string Usage(string prefix) =>
        $"usage: {prefix} {string.Join(' ', CommandGrammar.Common.Select(option => $"[{option.Usage}]"))} COMMAND [command options]";

    private static void Option(StringBuilder text, CommandOption option) => Wrap(text, $"{option.Usage}: {option.Meaning}", 4, indent: 8);

    /// <summary>Adds words in lines of at most <see cref="Columns"/>.</summary>
    /// <param name="text">Where.</param>
    /// <param name="words">What.</param>
    /// <param name="first">Blanks before the first line.</param>
    /// <param name="indent">Blanks before those that follow.</param>
    private static void Wrap(StringBuilder text, string words, int first, int indent)
    {
        var column = first;
        text.Append(' ', first);
        var isFirst = true;
        foreach (var word in Words(words))
        {
            if (!isFirst && column + 1 + word.Length > Columns)
            {
                text.Append('\n').Append(' ', indent);
                column = indent;
            }
            else if (!isFirst)
            {
                text.Append(' ');
                column++;
            }

            text.Append(word);
            column += word.Length;
            isFirst = false;
        }

        text.Append('\n');
    }

    /// <summary>Words that stay together: what stands in brackets is one.</summary>
    private static IEnumerable<string> Words(string text)
    {
        var (start, depth) = (0, 0);
        for (var i = 0; i <= text.Length; i++)
        {
            if (i == text.Length || (text[i] == ' ' && depth == 0))
            {
                yield return text[start..i];
                start = i + 1;
            }
            else
            {
                depth += text[i] switch { '[' => 1, ']' => -1, _ => 0 };
            }
        }
    }
}
