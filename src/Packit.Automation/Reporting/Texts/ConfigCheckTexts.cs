using Packit.Automation.ConfigCheck;
using Packit.Automation.Matching;
using Packit.PackageConfig;

namespace Packit.Automation.Reporting.Texts;

/// <summary>What the check on a commit says about its package config.</summary>
public static class ConfigCheckTexts
{
    /// <summary>Name of the check.</summary>
    public const string CheckName = "packit:config";

    /// <summary>There is one such check on a commit.</summary>
    public const string ExternalId = "config";

    private const int MostJobs = 40;

    private const string JobsHeading = "Jobs, with the branches that aliases stand for today:";

    private const string Broken = "Releases of a commit with this file cannot be carried to Fedora until the errors are gone.";

    /// <summary>What the check shows.</summary>
    /// <param name="seen">The config; null when the commit has none any more.</param>
    public static CheckView View(SeenConfig? seen)
    {
        if (seen is null)
        {
            return new CheckView(CheckPhase.Neutral, "There is no package config.", Url: null)
            {
                Advice = $"None of {string.Join(", ", ConfigFileNames.InOrder.Select(name => $"`{name}`"))} is a file at the top of this commit. "
                    + "Nothing is done for releases of it.",
            };
        }

        var isValid = seen.Reading.IsValid;
        return new CheckView(isValid ? CheckPhase.Success : CheckPhase.Failure, Title(seen.Reading), Url: null, Details(seen))
        {
            Advice = Advice(seen, isValid).ToList() is { Count: > 0 } paragraphs ? string.Join("\n\n", paragraphs) : null,
            Remarks = [.. seen.Reading.Problems.OrderByDescending(problem => problem.Severity).Select(problem => Remark(seen.Path, problem))],
        };
    }

    /// <summary>What was found, for the page of the delivery.</summary>
    public static string Checked(string commit, string title) => $"Commit {commit}: {title}";

    private static string Title(ConfigReading reading)
    {
        var errors = reading.Problems.Count(problem => problem.Severity == ConfigSeverity.Error);
        var warnings = reading.Problems.Count - errors;
        return (errors, warnings) switch
        {
            (0, 0) => "The package config is valid.",
            (0, _) => $"The package config is valid, with {Count(warnings, "warning")}.",
            (_, 0) => $"The package config has {Count(errors, "error")}.",
            _ => $"The package config has {Count(errors, "error")} and {Count(warnings, "warning")}.",
        };
    }

    private static string Details(SeenConfig seen)
    {
        var problems = ProblemText.Human(seen.Reading.Problems, seen.Path, seen.Content);
        return seen.Reading.Config is { } config ? $"{problems}\n{string.Join('\n', Jobs(config, seen.Aliases))}".TrimStart('\n') : problems;
    }

    /// <summary>What the file makes the service do, one line for each job and package.</summary>
    private static IEnumerable<string> Jobs(PackitConfig config, BranchAliases aliases)
    {
        var lines = config.Views.Select(view => Job(view, aliases)).ToList();
        return lines.Count switch
        {
            0 => ["The file defines no job."],
            > MostJobs => [JobsHeading, .. lines.Take(MostJobs), $"  … and {lines.Count - MostJobs} more"],
            _ => [JobsHeading, .. lines],
        };
    }

    private static string Job(JobView view, BranchAliases aliases)
    {
        var package = view.IsMonorepo ? $"{view.PackageName}: " : "";
        var job = $"  {package}{JobNames.Of(view.Type)} on {JobNames.Of(view.Trigger)}";
        var branches = view.Type switch
        {
            JobType.ProposeDownstream or JobType.PullFromUpstream when view.Settings.DistGitBranches.Names is [] => ["the default branch"],
            JobType.ProposeDownstream or JobType.PullFromUpstream => Resolve(AliasDefaults.ReleaseSync("rawhide")),
            JobType.KojiBuild => Resolve(AliasDefaults.KojiBuild with { WithAliases = false }),
            JobType.BodhiUpdate => Resolve(AliasDefaults.BodhiUpdate),
            _ => [],
        };
        return branches.Count == 0 ? job : $"{job}: {string.Join(", ", branches)}";

        IReadOnlyList<string> Resolve(AliasDefaults defaults) => aliases.Resolve(view.Settings.DistGitBranches.Names, defaults);
    }

    private static IEnumerable<string> Advice(SeenConfig seen, bool isValid)
    {
        if (seen.NotRead.Count > 0)
        {
            yield return $"Not read, because `{seen.Path}` comes first: {string.Join(", ", seen.NotRead.Select(name => $"`{name}`"))}.";
        }

        if (!isValid)
        {
            yield return Broken;
            yield return ConfigTexts.Help;
        }
    }

    private static CheckRemark Remark(string file, ConfigProblem problem) => new(
        file, Math.Max(1, problem.Line), problem is { Line: > 0, Column: > 0 } ? problem.Column : null, problem.Severity == ConfigSeverity.Error, problem.Code,
        problem.Hint is null ? problem.Message : $"{problem.Message} {problem.Hint}");

    private static string Count(int number, string what) => number == 1 ? $"1 {what}" : $"{number} {what}s";
}
