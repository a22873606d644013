using System.Globalization;
using System.Text;

namespace Packit.PackageConfig;

/// <summary>Problems as text for people and for GitHub.</summary>
public static class ProblemText
{
    private const int LongestLine = 160;

    /// <summary>Each problem with its source line under it and a mark at the column, ready for a terminal or a fenced block.</summary>
    /// <param name="problems">The problems.</param>
    /// <param name="fileName">Name shown before the position.</param>
    /// <param name="source">The file that was read.</param>
    public static string Human(IEnumerable<ConfigProblem> problems, string fileName, ReadOnlySpan<byte> source)
    {
        string[] lines = [.. Encoding.UTF8.GetString(source.StartsWith(Encoding.UTF8.Preamble) ? source[3..] : source).Split('\n').Select(l => l.TrimEnd('\r'))];
        var text = new StringBuilder();
        foreach (var problem in problems)
        {
            AppendHuman(text, problem, fileName, lines);
        }

        return text.ToString();
    }

    /// <summary>The human text in a fenced block: nothing in the file can become Markdown, a mention or a link.</summary>
    public static string Markdown(IEnumerable<ConfigProblem> problems, string fileName, ReadOnlySpan<byte> source)
    {
        var text = Human(problems, fileName, source);
        var longestRun = 0;
        for (int i = 0, run = 0; i < text.Length; i++)
        {
            run = text[i] == '`' ? run + 1 : 0;
            longestRun = Math.Max(longestRun, run);
        }

        var fence = new string('`', Math.Max(3, longestRun + 1));
        return $"{fence}text\n{text}{fence}\n";
    }

    /// <summary>One workflow command of GitHub Actions for each problem, which shows it as annotation in the file.</summary>
    public static string GitHubAnnotations(IEnumerable<ConfigProblem> problems, string filePath)
    {
        var text = new StringBuilder();
        foreach (var problem in problems)
        {
            text.Append("::").Append(Severity(problem)).Append(" file=").Append(EscapeProperty(filePath));
            if (problem.Line > 0)
            {
                text.Append(CultureInfo.InvariantCulture, $",line={problem.Line},col={Math.Max(1, problem.Column)}");
            }

            text.Append(",title=").Append(EscapeProperty(problem.Code)).Append("::").Append(EscapeData(Sentences(problem))).Append('\n');
        }

        return text.ToString();
    }

    private static void AppendHuman(StringBuilder text, ConfigProblem problem, string fileName, string[] lines)
    {
        text.Append(fileName);
        if (problem.Line > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $":{problem.Line}:{problem.Column}");
        }

        text.Append(": ").Append(Severity(problem)).Append(": ").Append(problem.Message);
        text.Append(" [").Append(problem.Code).Append("]\n");
        var number = problem.Line.ToString(CultureInfo.InvariantCulture);
        var margin = new string(' ', number.Length + 1);
        if (problem.Line > 0 && problem.Line <= lines.Length && problem.Column is > 0 and < LongestLine)
        {
            var line = Visible(lines[problem.Line - 1]);
            text.Append(' ').Append(number).Append(" | ").Append(line.Length > LongestLine ? line[..LongestLine] : line).Append('\n');
            text.Append(margin).Append(" | ").Append(' ', problem.Column - 1).Append("^\n");
        }

        if (problem.Hint is { } hint)
        {
            text.Append(margin).Append(" = ").Append(hint).Append('\n');
        }
    }

    /// <summary>A tab counts as one column; control characters of a file that was refused for them must not reach a terminal.</summary>
    private static string Visible(string line) =>
        line.Any(char.IsControl) ? string.Concat(line.Select(c => c == '\t' ? ' ' : char.IsControl(c) ? '\u00b7' : c)) : line;

    private static string Severity(ConfigProblem problem) => problem.Severity == ConfigSeverity.Error ? "error" : "warning";

    private static string Sentences(ConfigProblem problem) => problem.Hint is null ? problem.Message : $"{problem.Message} {problem.Hint}";

    private static string EscapeData(string text) => text
        .Replace("%", "%25", StringComparison.Ordinal)
        .Replace("\r", "%0D", StringComparison.Ordinal)
        .Replace("\n", "%0A", StringComparison.Ordinal);

    private static string EscapeProperty(string text) => EscapeData(text)
        .Replace(":", "%3A", StringComparison.Ordinal)
        .Replace(",", "%2C", StringComparison.Ordinal);
}
