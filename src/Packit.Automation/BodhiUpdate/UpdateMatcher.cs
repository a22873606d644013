using Packit.Automation.KojiBuild;
using Packit.Automation.Matching;
using Packit.Automation.Reporting.Texts;
using Packit.PackageConfig;

namespace Packit.Automation.BodhiUpdate;

/// <summary>What can be said from the config alone about whether a <c>bodhi_update</c> job makes an update of a build. Pure.</summary>
public static class UpdateMatcher
{
    /// <summary>Looks at every <c>bodhi_update</c> job of the config, in its order.</summary>
    /// <param name="config">The config at the commit that was built.</param>
    /// <param name="occasion">What happened; its branch is the one that was built.</param>
    /// <returns>One match per job and package, each with its reason; empty when the config has no such job.</returns>
    public static IReadOnlyList<JobMatch> Match(PackitConfig config, BuildOccasion occasion)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(occasion);
        return
        [
            .. config.Views.Select((view, index) => (View: view, Index: index)).Where(entry => entry.View.Type == JobType.BodhiUpdate)
                .Select(entry => (entry.View, entry.Index, Reason: WhyNot(entry.View, occasion)))
                .Select(entry => new JobMatch(entry.View, entry.Index, entry.Reason is null, entry.Reason ?? occasion.Because)),
        ];
    }

    /// <summary>A build gets one update, however many jobs want it.</summary>
    public static IReadOnlyList<JobMatch> FirstOnly(IReadOnlyList<JobMatch> matches)
    {
        ArgumentNullException.ThrowIfNull(matches);
        var first = matches.FirstOrDefault(match => match.Matched);
        return
        [
            .. matches.Select(match => match.Matched && match != first
                ? match with { Matched = false, Reason = "An earlier job of the config makes the update of this build." }
                : match),
        ];
    }

    private static string? WhyNot(JobView view, BuildOccasion occasion)
    {
        if (occasion.WhyNot(view) is { } reason)
        {
            return reason;
        }

        if (view.SidetagGroup is not null)
        {
            return "It makes updates from a side tag ('sidetag_group'), which this service does not do.";
        }

        if (KojiBuildJob.IsRawhide(occasion.Branch))
        {
            return BodhiUpdateTexts.Automatic(occasion.Branch);
        }

        var branches = occasion.Aliases.Resolve(view.Settings.DistGitBranches.Names, AliasDefaults.BodhiUpdate);
        return branches.Contains(occasion.Branch)
            ? null
            : $"The branch {occasion.Branch} is none of its 'dist_git_branches': {string.Join(", ", branches)}.";
    }
}
