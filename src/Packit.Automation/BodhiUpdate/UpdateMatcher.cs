using Packit.Automation.Matching;
using Packit.PackageConfig;

namespace Packit.Automation.BodhiUpdate;

/// <summary>Decides which jobs of a package config a complete build starts, as far as its builder does not matter. Pure.</summary>
public static class UpdateMatcher
{
    /// <summary>How Koji and package configs call the branch of the next Fedora.</summary>
    public const string Rawhide = "rawhide";

    /// <summary>Looks at every job of the config.</summary>
    /// <param name="config">The config at the commit that was built.</param>
    /// <param name="branch">The dist-git branch that was built.</param>
    /// <param name="aliases">What branch aliases mean today.</param>
    /// <param name="deployment"><c>prod</c>, <c>stg</c> or <c>dev</c>: which of <c>packit_instances</c> this is.</param>
    /// <param name="byPerson">Whether a person asked; jobs with <c>manual_trigger</c> run only then.</param>
    /// <returns>One match per job and package, each with its reason.</returns>
    public static IReadOnlyList<JobMatch> Match(PackitConfig config, string branch, BranchAliases aliases, string deployment, bool byPerson)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(aliases);
        return
        [
            .. config.Views.Select((view, index) =>
            {
                var reason = WhyNot(view, branch, aliases, deployment, byPerson);
                return new JobMatch(view, index, reason is null, reason ?? $"The complete build of branch {branch} starts it.");
            }),
        ];
    }

    private static string? WhyNot(JobView view, string branch, BranchAliases aliases, string deployment, bool byPerson)
    {
        if (view.Type != JobType.BodhiUpdate)
        {
            return "A complete build in Koji does not start this kind of job.";
        }

        if (view.SidetagGroup is not null)
        {
            return "It has a 'sidetag_group'; updates from side tags are made when their builds are tagged.";
        }

        if (view.Trigger != JobTrigger.Commit && !byPerson)
        {
            return "Its trigger is not 'commit'.";
        }

        if (view.ManualTrigger && !byPerson)
        {
            return "It has 'manual_trigger: true' and nobody asked for it.";
        }

        if (!view.Settings.PackitInstances.Contains(deployment))
        {
            return $"'packit_instances' is [{string.Join(", ", view.Settings.PackitInstances)}] and this deployment is {deployment}.";
        }

        if (branch == Rawhide)
        {
            return "Bodhi itself makes the updates of Rawhide when a build is tagged.";
        }

        var branches = aliases.Resolve(view.Settings.DistGitBranches.Names, AliasDefaults.BodhiUpdate);
        return branches.Contains(branch)
            ? null
            : $"Branch {branch} is not among 'dist_git_branches', which mean {string.Join(", ", branches)} today.";
    }
}
