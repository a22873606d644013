using Packit.Automation.Matching;
using Packit.Automation.Reporting.Texts;
using Packit.Automation.Storage;
using Packit.PackageConfig;

namespace Packit.Automation.KojiBuild;

/// <summary>What can be said from the config alone about whether a <c>koji_build</c> job runs. Pure.</summary>
public static class KojiBuildConditions
{
    /// <summary>Looks at every <c>koji_build</c> job of the config, in its order.</summary>
    /// <param name="config">The config of the package.</param>
    /// <param name="occasion">What happened.</param>
    /// <returns>One match per job and package, each with its reason; empty when the config has no such job.</returns>
    public static IReadOnlyList<JobMatch> Match(PackitConfig config, BuildOccasion occasion)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(occasion);
        var seen = new List<JobView>();
        var matches = new List<JobMatch>();
        for (var index = 0; index < config.Views.Count; index++)
        {
            var view = config.Views[index];
            if (view.Type != JobType.KojiBuild)
            {
                continue;
            }

            var why = WhyNot(view, occasion, seen);
            matches.Add(occasion.Judge(view, index, why));
            if (why is null)
            {
                seen.Add(view);
            }
        }

        return matches;
    }

    private static Objection? WhyNot(JobView view, BuildOccasion occasion, List<JobView> seen)
    {
        if (occasion.WhyNot(view) is { } why)
        {
            return why;
        }

        if (view.SidetagGroup is not null)
        {
            return new Objection(DecisionGround.NotSupported, MatchTexts.BuildsIntoSideTag);
        }

        var branches = occasion.Aliases.Resolve(view.Settings.DistGitBranches.Names, AliasDefaults.KojiBuild);
        if (!branches.Contains(occasion.Branch))
        {
            return new Objection(DecisionGround.Branch, MatchTexts.Branch(occasion.Branch, branches));
        }

        // Jobs that differ in nothing but the trigger are one job to a person.
        return seen.Exists(other => other.Settings.Scratch == view.Settings.Scratch && other.PackageName == view.PackageName && occasion.IsByPerson)
            ? new Objection(DecisionGround.DoneElsewhere, MatchTexts.SameAsEarlier)
            : null;
    }
}

/// <summary>What a <c>koji_build</c> or <c>bodhi_update</c> job is held against.</summary>
/// <param name="Package">Name of the dist-git repository.</param>
/// <param name="Branch">The branch that was pushed to, or that the pull request is for.</param>
/// <param name="Deployment"><c>prod</c>, <c>stg</c> or <c>dev</c>.</param>
/// <param name="Aliases">What branch aliases mean.</param>
/// <param name="IsByPerson">Whether a person asked by a comment.</param>
/// <param name="Because">The reason of those that run, for the maintainer.</param>
public sealed record BuildOccasion(string Package, string Branch, string Deployment, BranchAliases Aliases, bool IsByPerson, string Because)
{
    /// <summary>The package that the person named (<c>--package</c>): jobs of others are left out; null for all.</summary>
    public string? Asked { get; init; }

    /// <summary>A job, with what stands against it.</summary>
    public JobMatch Judge(JobView view, int index, Objection? why) =>
        new(view, index, why is null, why?.Reason ?? Because) { Ground = why?.Ground ?? DecisionGround.Met };

    /// <summary>Why a job is not for this occasion, as far as both kinds of job have it in common.</summary>
    /// <returns>Null when nothing of that stands against it.</returns>
    public Objection? WhyNot(JobView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        if (view.Trigger != JobTrigger.Commit && !(IsByPerson && view.Trigger == JobTrigger.KojiBuild))
        {
            string[] needed = IsByPerson ? [JobNames.Of(JobTrigger.Commit), JobNames.Of(JobTrigger.KojiBuild)] : [JobNames.Of(JobTrigger.Commit)];
            return new Objection(DecisionGround.Trigger, MatchTexts.Trigger(view.Trigger, needed));
        }

        if (view.Settings.DownstreamPackageName != Package)
        {
            return new Objection(DecisionGround.Package, MatchTexts.OtherPackage(view.Settings.DownstreamPackageName, Package));
        }

        if (Asked is not null && !view.IsOf(Asked))
        {
            return new Objection(DecisionGround.Package, MatchTexts.OnlyAskedFor(Asked));
        }

        if (view.ManualTrigger && !IsByPerson)
        {
            return new Objection(DecisionGround.ManualTrigger, MatchTexts.ManualTrigger);
        }

        return view.Settings.PackitInstances.Contains(Deployment)
            ? null
            : new Objection(DecisionGround.Instance, MatchTexts.Instances(view.Settings.PackitInstances, Deployment));
    }
}
