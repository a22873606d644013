using System.Diagnostics.CodeAnalysis;

namespace Packit.GitHub;

/// <summary>GitHub's limits on texts.</summary>
internal static class Limits
{
    /// <summary>The most characters of an issue or comment.</summary>
    public const int Body = 65_536;

    /// <summary>The most characters of an issue's title.</summary>
    public const int Title = 256;

    /// <summary>The beginning of a text, with an ellipsis when something was cut, and never half a character.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? Cut(string? text, int most)
    {
        if (text is null || text.Length <= most)
        {
            return text;
        }

        var end = char.IsHighSurrogate(text[most - 2]) ? most - 2 : most - 1;
        return text[..end] + "…";
    }
}
