using System.Globalization;
using Packit.Automation.Storage;
using Packit.Service.Dashboard.Reading;

namespace Packit.Service.Dashboard.Words;

/// <summary>How pages speak of GitHub's limits.</summary>
public static class LimitWords
{
    /// <summary>Whose requests are counted.</summary>
    public static string Name(LimitFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        return facts switch
        {
            { InstallationId: 0 } => "The App itself",
            { Account: { } account } => account,
            _ => string.Create(CultureInfo.InvariantCulture, $"Installation {facts.InstallationId}"),
        };
    }

    /// <summary>What is left of the hour.</summary>
    public static string Left(LimitFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        return facts.Limit == 0 ? "GitHub has not said yet" : string.Create(CultureInfo.InvariantCulture, $"{facts.Remaining:N0} of {facts.Limit:N0}");
    }

    /// <summary>That work is delayed, until when and why.</summary>
    public static string Of(DelayFacts delay)
    {
        ArgumentNullException.ThrowIfNull(delay);
        return $"{Subject(delay.Cause)} is delayed until {NextStep.Clock(delay.Until)} because {Because(delay.Cause)}. Nothing is lost, and nobody has to do anything.";
    }

    /// <summary>For the start page.</summary>
    public static string Of(int delayed) => delayed == 1
        ? "Work for one GitHub installation is delayed by GitHub's limits."
        : string.Create(CultureInfo.InvariantCulture, $"Work for {delayed} GitHub installations is delayed by GitHub's limits.");

    private static string Subject(RateCause cause) => cause switch
    {
        RateCause.LowBudget => "Work that nobody waits for",
        RateCause.Pace => "Some work",
        RateCause.SecondaryLimit or RateCause.PrimaryLimit => "Work",
    };

    private static string Because(RateCause cause) => cause switch
    {
        RateCause.Pace => "much is to be done at once and calls go no faster than GitHub likes",
        RateCause.LowBudget => "few of the hour's requests to GitHub are left, and they are kept for releases and commands",
        RateCause.SecondaryLimit => "GitHub asked to slow down",
        RateCause.PrimaryLimit => "all of the hour's requests to GitHub are used up",
    };
}
