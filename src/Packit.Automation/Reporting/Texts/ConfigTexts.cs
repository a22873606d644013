using Packit.PackageConfig;

namespace Packit.Automation.Reporting.Texts;

/// <summary>What a project reads whose package config cannot be used.</summary>
public static class ConfigTexts
{
    public const string IssueTitle = "[packit] Invalid config";

    /// <summary>There is one such issue in a project.</summary>
    public const string IssueSubject = "package config";

    private const string Help =
        "For the [configuration](https://packit.dev/docs/guide/#3-configuration) see the documentation; in doubt, [contact us](https://packit.dev/#contact). "
        + "You can check the file with the command [config validate](https://packit.dev/docs/cli/config/validate) "
        + "or before each commit with the [pre-commit hooks](https://packit.dev/posts/pre-commit-hooks#validate-config).";

    public static string Invalid(string file, string commit, IEnumerable<ConfigProblem> problems)
    {
        var lines = problems.Select(problem => Line(file, problem));
        return $"Failed to load packit config file `{file}` of commit {commit}:\n\n{MarkdownText.Fenced(string.Join('\n', lines))}\n\n{Help}";
    }

    /// <summary>One problem on one line, in the form that editors can jump to.</summary>
    public static string Line(string file, ConfigProblem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        var place = problem.Path.Length > 0 ? $"{problem.Path}: " : "";
        return $"{file}:{problem.Line}:{problem.Column}: {place}{problem.Message}" + (problem.Hint is null ? "" : $" {problem.Hint}");
    }

    public static string Resolved(string commit) => $"The package config of commit {commit} is valid. Closing.";
}
