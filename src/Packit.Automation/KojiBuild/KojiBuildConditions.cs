using Packit.Automation.Matching;
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

            var reason = WhyNot(view, occasion, seen);
            matches.Add(new JobMatch(view, index, reason is null, reason ?? occasion.Because));
            if (reason is null)
            {
                seen.Add(view);
            }
        }

        return matches;
    }

    private static string? WhyNot(JobView view, BuildOccasion occasion, List<JobView> seen)
    {
        if (occasion.WhyNot(view) is { } reason)
        {
            return reason;
        }

        if (view.SidetagGroup is not null)
        {
            return "It builds into a side tag ('sidetag_group'), which this service does not do.";
        }

        var branches = occasion.Aliases.Resolve(view.Settings.DistGitBranches.Names, AliasDefaults.KojiBuild);
        if (!branches.Contains(occasion.Branch))
        {
            return $"The branch {occasion.Branch} is none of its 'dist_git_branches': {string.Join(", ", branches)}.";
        }

        // Jobs that differ in nothing but the trigger are one job to a person.
        return seen.Exists(other => other.Settings.Scratch == view.Settings.Scratch && other.PackageName == view.PackageName && occasion.IsByPerson)
            ? "An earlier job of the config does the same."
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
    /// <summary>Why a job is not for this occasion, as far as both kinds of job have it in common.</summary>
    /// <returns>One sentence for the maintainer; null when nothing of that stands against it.</returns>
    public string? WhyNot(JobView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        if (view.Trigger != JobTrigger.Commit && !(IsByPerson && view.Trigger == JobTrigger.KojiBuild))
        {
            return IsByPerson ? "Its trigger is neither 'commit' nor 'koji_build'." : "Its trigger is not 'commit'.";
        }

        if (view.Settings.DownstreamPackageName != Package)
        {
            return $"It is for the package {view.Settings.DownstreamPackageName}, and this is {Package}.";
        }

        if (view.ManualTrigger && !IsByPerson)
        {
            return "It has 'manual_trigger: true' and nobody asked for it.";
        }

        return view.Settings.PackitInstances.Contains(Deployment)
            ? null
            : $"'packit_instances' is [{string.Join(", ", view.Settings.PackitInstances)}] and this deployment is {Deployment}.";
    }
}
