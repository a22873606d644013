using System.Text;

namespace Packit.DistGit;

/// <summary>
/// Reads the machine-readable report of git-push(1): one line per ref, <c>flag TAB from:to TAB [summary] (reason)</c>.
/// </summary>
internal static class PushReport
{
    /// <summary>Whether the receiver lacks history that is not here either.</summary>
    public static bool NeedsHistory(GitOutput output) => Line(output, null) is { } line && line.Contains("shallow update not allowed", StringComparison.Ordinal);

    /// <summary>The result for a ref; null when the report has no word on it, because the push did not come so far.</summary>
    public static PushResult? Read(GitOutput output, string target) => Line(output, target) switch
    {
        null => null,
        ['=', ..] => new PushResult.UpToDate(),
        ['!', ..] line when line.Contains("(stale info)", StringComparison.Ordinal) || line.Contains("(fetch first)", StringComparison.Ordinal)
            || line.Contains("(failed to update ref)", StringComparison.Ordinal) || line.Contains("cannot lock ref", StringComparison.Ordinal)
            => new PushResult.LeaseLost(null),
        ['!', ..] line => new PushResult.Denied(Reason(output, line)),
        _ => new PushResult.Pushed(),
    };

    private static string? Line(GitOutput output, string? target) => Array.Find(
        Encoding.UTF8.GetString(output.Output).Split('\n'),
        line => line.Split('\t') is [{ Length: 1 }, var refs, ..] && (target is null || refs.EndsWith(":" + target, StringComparison.Ordinal)));

    private static string Reason(GitOutput output, string line)
    {
        var summary = GitErrors.Clean(line.Split('\t')[^1]);
        var said = GitErrors.Remote(output);
        return said.Length == 0 ? summary : $"{summary}: {said}";
    }
}
