using System.Globalization;
using Packit.PackageConfig;

namespace Packit.Automation.Reporting.Texts;

/// <summary>What a project reads whose package config cannot be used.</summary>
public static class ConfigTexts
{
    public const string IssueTitle = "[packit] Invalid config";

    /// <summary>Kind of the issue that reports a broken config.</summary>
    public const string IssueKind = "invalid-config";

    /// <summary>There is one such issue in a project.</summary>
    public const string IssueSubject = "package config";

    public const string Help =
        "For the [configuration](https://packit.dev/docs/guide/#3-configuration) see the documentation; in doubt, [contact us](https://packit.dev/#contact). "
        + "You can check the file with the command [config validate](https://packit.dev/docs/cli/config/validate) "
        + "or before each commit with the [pre-commit hooks](https://packit.dev/posts/pre-commit-hooks#validate-config).";

    /// <summary>What a project reads in an issue, or as answer to a command.</summary>
    public static string Invalid(string file, string commit, IEnumerable<ConfigProblem> problems)
    {
        return $"Failed to load packit config file `{file}` of commit {commit}:\n\n{List(file, problems)}\n\n{Help}";
    }

    /// <summary>The same in a pull request: without the commit, so that the next commit with the same problems has nothing new to say.</summary>
    public static string InvalidInPullRequest(string file, IEnumerable<ConfigProblem> problems) =>
        $"Failed to load packit config file `{file}`:\n\n{List(file, problems)}\n\n{Help}";

    /// <summary>One problem on one line, in the form that editors can jump to.</summary>
    public static string Line(string file, ConfigProblem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        var place = problem.Path.Length > 0 ? $"{problem.Path}: " : "";
        var position = problem.Line > 0 ? string.Create(CultureInfo.InvariantCulture, $":{problem.Line}:{problem.Column}") : "";
        return $"{file}{position}: {place}{problem.Message}" + (problem.Hint is null ? "" : $" {problem.Hint}");
    }

    private static string List(string file, IEnumerable<ConfigProblem> problems) =>
        MarkdownText.Fenced(string.Join('\n', problems.Select(problem => Line(file, problem))));

    public static string Resolved(string commit) => $"The package config of commit {commit} is valid. Closing.";
}
