using Packit.Automation.Reporting.Texts;
using Packit.Automation.Storage;
using Packit.PackageConfig;
using Packit.Pagure;

namespace Packit.Automation.Matching;

/// <summary>Decides which jobs of a package config a release starts. Pure.</summary>
public static class ReleaseMatcher
{
    /// <summary>Looks at every job of the config.</summary>
    /// <param name="config">The config of the release commit.</param>
    /// <param name="tag">The release's tag.</param>
    /// <param name="deployment"><c>prod</c>, <c>stg</c> or <c>dev</c>: which of <c>packit_instances</c> this is.</param>
    /// <param name="byPerson">Whether a person asked; jobs with <c>manual_trigger</c> run only then.</param>
    /// <returns>One match per job and package, each with its reason.</returns>
    public static IReadOnlyList<JobMatch> Match(PackitConfig config, string tag, string deployment, bool byPerson)
    {
        ArgumentNullException.ThrowIfNull(config);
        return [.. config.Views.Select((view, index) => Decide(view, index, tag, deployment, byPerson))];
    }

    /// <summary>Looks at one job of one package.</summary>
    /// <param name="view">The job as seen from the package.</param>
    /// <param name="index">Its place among the config's views.</param>
    /// <inheritdoc cref="Match"/>
    public static JobMatch Decide(JobView view, int index, string tag, string deployment, bool byPerson)
    {
        var why = WhyNot(view, tag, deployment, byPerson);
        return new JobMatch(view, index, why is null, why?.Reason ?? MatchTexts.ReleaseStarts(tag)) { Ground = why?.Ground ?? DecisionGround.Met };
    }

    private static Objection? WhyNot(JobView view, string tag, string deployment, bool byPerson)
    {
        if (view.Type != JobType.ProposeDownstream)
        {
            return new Objection(DecisionGround.Job, MatchTexts.NotByRelease);
        }

        if (view.Trigger != JobTrigger.Release)
        {
            return new Objection(DecisionGround.Trigger, MatchTexts.Trigger(view.Trigger, JobNames.Of(JobTrigger.Release)));
        }

        if (view.ManualTrigger && !byPerson)
        {
            return new Objection(DecisionGround.ManualTrigger, MatchTexts.ManualTrigger);
        }

        if (!view.Settings.PackitInstances.Contains(deployment))
        {
            return new Objection(DecisionGround.Instance, MatchTexts.Instances(view.Settings.PackitInstances, deployment));
        }

        if (!PagureProject.TryParse($"rpms/{view.Settings.DownstreamPackageName}", out _))
        {
            return new Objection(DecisionGround.Package, MatchTexts.NoDistGitName(view.Settings.DownstreamPackageName));
        }

        return new TagRules(view.Settings).Accepts(tag).Reason is { } reason ? new Objection(DecisionGround.TagFilter, reason) : null;
    }
}

/// <summary>Whether one job of one package runs, and why.</summary>
/// <param name="View">The job as seen from the package.</param>
/// <param name="Index">Its place among the config's views.</param>
/// <param name="Matched">Whether it runs.</param>
/// <param name="Reason">One sentence for the maintainer.</param>
public sealed record JobMatch(JobView View, int Index, bool Matched, string Reason)
{
    /// <summary>What decided.</summary>
    public DecisionGround Ground { get; init; }

    /// <summary>The same job, held back by something that was found out later.</summary>
    public JobMatch But(Objection why)
    {
        ArgumentNullException.ThrowIfNull(why);
        return this with { Matched = false, Reason = why.Reason, Ground = why.Ground };
    }
}
