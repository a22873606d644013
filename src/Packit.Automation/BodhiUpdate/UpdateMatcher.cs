using Packit.Automation.KojiBuild;
using Packit.Automation.Matching;
using Packit.Automation.Reporting.Texts;
using Packit.Automation.Storage;
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
                .Select(entry => occasion.Judge(entry.View, entry.Index, WhyNot(entry.View, occasion))),
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
                ? match.But(new Objection(DecisionGround.DoneElsewhere, MatchTexts.UpdateByEarlier))
                : match),
        ];
    }

    private static Objection? WhyNot(JobView view, BuildOccasion occasion)
    {
        if (occasion.WhyNot(view) is { } why)
        {
            return why;
        }

        if (view.SidetagGroup is not null)
        {
            return new Objection(DecisionGround.NotSupported, MatchTexts.UpdatesFromSideTag);
        }

        if (KojiBuildJob.IsRawhide(occasion.Branch))
        {
            return new Objection(DecisionGround.DoneElsewhere, BodhiUpdateTexts.Automatic(occasion.Branch));
        }

        var branches = occasion.Aliases.Resolve(view.Settings.DistGitBranches.Names, AliasDefaults.BodhiUpdate);
        return branches.Contains(occasion.Branch)
            ? null
            : new Objection(DecisionGround.Branch, MatchTexts.Branch(occasion.Branch, branches));
    }
}
