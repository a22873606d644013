using System.ComponentModel.DataAnnotations;

namespace Packit.Automation.Settings;

/// <summary>How much people can make the service talk. Section <c>Commands</c>.</summary>
public sealed record CommandOptions
{
    public const string Section = "Commands";

    /// <summary>How many comments with commands of one person in one issue or pull request are answered within an hour, when the person has no rights there.</summary>
    [Range(1, 1000)]
    public int AnswersPerThread { get; init; } = 3;

    /// <summary>How many comments with commands of one person are answered within a day, wherever they are, when the person has no rights there.</summary>
    [Range(1, 10000)]
    public int AnswersPerAuthor { get; init; } = 10;

    /// <summary>How many comments with commands of one person are answered within an hour, when the person may merge upstream, or is a packager in dist-git.</summary>
    [Range(1, 10000)]
    public int AnswersWithRights { get; init; } = 60;
}
