using System.Text;
using Packit.Automation.Comments.Grammar;
using Packit.Automation.Reporting.Texts;
using Packit.Automation.Storage;

namespace Packit.Service.Tests.Documents;

/// <summary>The lists of docs/commands.md, made from the grammar.</summary>
internal static class CommandsDocument
{
    public static string Lists(string prefix)
    {
        var text = new StringBuilder("## The commands\n\n");
        text.Append("| Command | Works | Today's service has it |\n| --- | --- | --- |\n");
        foreach (var rule in CommandGrammar.Rules)
        {
            text.Append($"| [`{rule.Name}`](#{rule.Name}) | {Places(rule)} | {(rule.IsEstablished ? "yes" : "no")} |\n");
        }

        text.Append("\nWith every command:\n\n");
        Options(text, CommandGrammar.Common);
        foreach (var rule in CommandGrammar.Rules)
        {
            text.Append($"\n### {rule.Name}\n\n```\n{prefix} {rule.Usage}\n```\n\n{rule.Meaning}\n");
            if (rule.Options.Count > 0)
            {
                text.Append('\n');
                Options(text, rule.Options);
            }
        }

        text.Append("\n## Commands of today's service that are left to others\n\n");
        text.Append($"{string.Join(", ", CommandGrammar.OfOthers.Select(name => $"`{name}`"))}: they have nothing to do with releases. They are neither carried out nor answered.\n");
        text.Append("\n## What `help` answers\n");
        foreach (var place in Enum.GetValues<CommandPlace>())
        {
            text.Append($"\n### Help {CommandLineTexts.Where(place)}\n\n{HelpTexts.Of(place, prefix).Split("\n```\n")[0]}\n```\n");
        }

        return text.ToString();
    }

    private static string Places(CommandRule rule) =>
        rule.Places.Count == 0 ? "nowhere; it is answered with what to do instead" : string.Join(", ", rule.Places.Select(CommandLineTexts.Where));

    private static void Options(StringBuilder text, IEnumerable<CommandOption> options)
    {
        foreach (var option in options)
        {
            text.Append($"* `{option.Usage}`: {option.Meaning}{(option.Value is { } value ? $" It must be {value.Wanted}." : "")}\n");
        }
    }
}
