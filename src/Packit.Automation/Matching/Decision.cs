using Packit.Automation.Reporting.Texts;
using Packit.Automation.Storage;
using Packit.PackageConfig;

namespace Packit.Automation.Matching;

/// <summary>A decision about one job, or about all of them.</summary>
/// <param name="Job">Name of the job, or of the step that decided.</param>
/// <param name="Package">The package; null when the decision is not about one.</param>
/// <param name="Matched">Whether the job runs, or nothing stands against the jobs.</param>
/// <param name="Reason">One sentence for the maintainer.</param>
public sealed record Decision(string Job, string? Package, bool Matched, string Reason)
{
    /// <summary>How decisions about the package config itself are called.</summary>
    public const string ConfigStep = "package config";

    /// <summary>What decided.</summary>
    public DecisionGround Ground { get; init; }

    /// <summary>The commit whose package config was looked at.</summary>
    public string? Commit { get; init; }

    public static Decision Of(JobMatch match)
    {
        ArgumentNullException.ThrowIfNull(match);
        return new Decision(JobNames.Of(match.View.Type), match.View.PackageName, match.Matched, match.Reason) { Ground = match.Ground };
    }

    /// <summary>Which config was looked at, and what came of each of its jobs, in the order of the config.</summary>
    /// <param name="config">The config.</param>
    /// <param name="matches">The jobs that were held against what happened.</param>
    /// <param name="notStarted">The reason of all other jobs: what happened does not start their kind.</param>
    public static IReadOnlyList<Decision> OfAll(LoadedConfig.Valid config, IReadOnlyList<JobMatch> matches, string notStarted)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(matches);
        var judged = matches.ToDictionary(match => match.Index);
        return
        [
            Read(config),
            .. config.Config.Views.Select((view, index) => Of(judged.GetValueOrDefault(index) ?? NotStarted(view, index, notStarted))),
        ];
    }

    /// <summary>Which config was looked at.</summary>
    public static Decision Read(LoadedConfig.Valid config)
    {
        ArgumentNullException.ThrowIfNull(config);
        return new Decision(ConfigStep, null, Matched: true, MatchTexts.ConfigRead(config.Path, config.Commit))
        {
            Ground = DecisionGround.Config, Commit = config.Commit,
        };
    }

    /// <summary>That a commit has no config.</summary>
    public static Decision NoConfig(string commit) =>
        new(ConfigStep, null, Matched: false, MatchTexts.NoConfig(commit)) { Ground = DecisionGround.Config, Commit = commit };

    /// <summary>The errors of a config, one decision each.</summary>
    public static IReadOnlyList<Decision> Errors(LoadedConfig.Invalid config, string commit)
    {
        ArgumentNullException.ThrowIfNull(config);
        return
        [
            .. config.Problems.Select(problem =>
                new Decision(ConfigStep, null, Matched: false, ConfigTexts.Line(config.Path, problem)) { Ground = DecisionGround.Config, Commit = commit }),
        ];
    }

    private static JobMatch NotStarted(JobView view, int index, string reason) => new(view, index, Matched: false, reason) { Ground = DecisionGround.Job };
}
