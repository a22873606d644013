using System.Text.RegularExpressions;

namespace Packit.Automation.Nvr;

/// <summary>What a commit message asks of rpmautospec: lines such as <c>[bump release: 5]</c> or <c>[skip changelog, bump release: 5]</c>.</summary>
internal static partial class MagicComments
{
    /// <summary>The number below which the release does not stay; 0 when the message does not say.</summary>
    public static int BumpRelease(string message)
    {
        var bump = 0;
        foreach (var line in message.Split('\n'))
        {
            var trimmed = line.Trim();
            if (trimmed is not ['[', .., ']'])
            {
                continue;
            }

            foreach (var part in trimmed[1..^1].Split(','))
            {
                // A number that no release has, or that does not fit, is no wish that could be met.
                if (Bump().Match(part) is { Success: true } asked && int.TryParse(asked.Groups["number"].ValueSpan, out var number) && number <= MaxBump)
                {
                    bump = Math.Max(bump, number);
                }
            }
        }

        return bump;
    }

    private const int MaxBump = 1_000_000;

    [GeneratedRegex(@"^\s*bump[\s_]+release\s*:?\s*(?<number>[0-9]+)\s*$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Bump();
}
