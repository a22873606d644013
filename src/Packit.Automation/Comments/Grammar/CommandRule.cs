using System.Text;
using Packit.Automation.Storage;

namespace Packit.Automation.Comments.Grammar;

/// <summary>What the grammar says of one command.</summary>
/// <param name="Name">The word behind the prefix.</param>
/// <param name="Meaning">What it does, one sentence; for a command that works nowhere here, what to do instead.</param>
/// <param name="Places">Where it works; empty for a command of the established service that this product understands and does not carry out.</param>
/// <param name="Make">Makes the command of words that obey the rest of the rule.</param>
public sealed record CommandRule(string Name, string Meaning, IReadOnlyList<CommandPlace> Places, Func<GivenWords, Command> Make)
{
    /// <summary>Words behind the command, in their order; those that are not required come last.</summary>
    public IReadOnlyList<CommandArgument> Arguments { get; init; } = [];

    /// <summary>Its own options, beside those that every command has.</summary>
    public IReadOnlyList<CommandOption> Options { get; init; } = [];

    /// <summary>Whether today's service has it, with at least these words.</summary>
    public bool IsEstablished { get; init; }

    /// <summary>How it is written: <c>propose-downstream [TAG] [--all]</c>.</summary>
    public string Usage
    {
        get
        {
            var usage = new StringBuilder(Name);
            foreach (var argument in Arguments)
            {
                usage.Append(argument.IsRequired ? $" {argument.Name}" : $" [{argument.Name}]");
            }

            foreach (var option in Options)
            {
                usage.Append($" [{option.Usage}]");
            }

            return usage.ToString();
        }
    }
}

/// <summary>A word behind a command.</summary>
/// <param name="Name">What it is called in texts: <c>TAG</c>.</param>
/// <param name="Value">What it may be.</param>
/// <param name="IsRequired">Whether the command needs it.</param>
public sealed record CommandArgument(string Name, ValueRule Value, bool IsRequired);

/// <summary>An option of a command. Given twice it means the same as once, unless it has a value.</summary>
/// <param name="Name">With its dashes: <c>--all</c>.</param>
/// <param name="Meaning">What it does, one sentence.</param>
public sealed record CommandOption(string Name, string Meaning)
{
    /// <summary>What its value may be; null when it has none.</summary>
    public ValueRule? Value { get; init; }

    /// <summary>What its value is called in texts; null when it has none.</summary>
    public string? ValueName { get; init; }

    /// <summary>Whether it may be given again, and several values at once with commas between them.</summary>
    public bool IsList { get; init; }

    /// <summary>How it is written: <c>--branch BRANCH[,…]</c>.</summary>
    public string Usage => Value is null ? Name : $"{Name} {ValueName}{(IsList ? "[,...]" : "")}";
}

/// <summary>The words of a command line, sorted by what they are.</summary>
/// <param name="Arguments">Those that are no options, without the command.</param>
/// <param name="Options">Values by the full name of the option; an option without a value has an empty text.</param>
public sealed record GivenWords(IReadOnlyList<string> Arguments, ILookup<string, string> Options)
{
    public string? Argument(int position) => position < Arguments.Count ? Arguments[position] : null;

    public bool Has(string option) => Options.Contains(option);

    public string? Value(string option) => Options[option].FirstOrDefault();

    public IReadOnlyList<string> List(string option) => [.. Options[option].Distinct(StringComparer.Ordinal)];
}
