using Packit.Automation.Explaining;
using Packit.Automation.Matching;
using Packit.Automation.Storage;

namespace Packit.Automation.Reporting.Texts;

/// <summary>What came of a delivery and what to do, for the page and the command line that explain it. Plain text.</summary>
public static class ExplanationTexts
{
    public const string WaitsToBeRead = "It was received and waits to be read.";

    private const string NoReason = "no reason was given.";

    /// <summary>What came of a delivery.</summary>
    public static string Summary(DeliveryHead head, int attempts, IReadOnlyList<ExplainedDecision> decisions, bool hasResults)
    {
        ArgumentNullException.ThrowIfNull(head);
        return head.State switch
        {
            DeliveryState.Received when attempts == 0 => WaitsToBeRead,
            DeliveryState.Received => $"It is not read to the end yet: {FirstLine(head.Outcome)}",
            DeliveryState.Rejected => $"Nothing happened because it cannot be read: {FirstLine(head.Outcome)}",
            DeliveryState.Failed => $"It could not be read to the end, and is not tried again: {FirstLine(head.Outcome)}",
            _ when hasResults || decisions.Any(DidSomething) => FirstLine(head.Outcome),
            _ => $"Nothing happened because of this: {Nearest(decisions)?.Reason ?? FirstLine(head.Outcome)}",
        };
    }

    /// <summary>What somebody does who wants something else to come of it; null when there is nothing to do.</summary>
    public static string? NextStep(DeliveryHead head, IReadOnlyList<ExplainedDecision> decisions, bool hasResults, string prefix)
    {
        ArgumentNullException.ThrowIfNull(head);
        return head.State switch
        {
            DeliveryState.Received => null,
            DeliveryState.Rejected => "It is kept as it came, and not tried again. Its sender has to send what the event's documentation describes.",
            DeliveryState.Failed =>
                $"When the cause is gone, deliver it again (for GitHub: in the settings of the App, under Advanced), or ask with a comment such as '{prefix} propose-downstream'.",
            _ when hasResults => null,
            _ when Nearest(decisions) is { } nearest => After(nearest, prefix),
            _ => decisions.Any(DidSomething) ? null : OfEvent(head),
        };
    }

    public static string Unknown(string name) =>
        $"There is no delivery '{name}'. Give the id that GitHub shows in the settings of the App under Advanced, the id of a message of Fedora's bus, or the number that the page of deliveries shows.";

    public static string Heading(ExplainedDecision decision)
    {
        ArgumentNullException.ThrowIfNull(decision);
        return decision.Package is { } package && package != decision.Job ? $"{decision.Job} ({package})" : decision.Job;
    }

    /// <summary>Which part of a delivery decided, for those that are not its event itself.</summary>
    /// <returns>Null for the event, and for what the name of the decision says already.</returns>
    public static string? Step(ExplainedDecision decision)
    {
        ArgumentNullException.ThrowIfNull(decision);
        return decision.Step.Split(' ') switch
        {
            [DecisionSteps.UpdateWord, ..] => "for the update of the build",
            [DecisionSteps.CommandWord, ..] => "for the command",
            [DecisionSteps.Rerun] => "for the check that runs again",
            _ => null,
        };
    }

    /// <summary>The first line: what stands below it, such as where an error came from, is for the log.</summary>
    public static string FirstLine(string? text) => text is null ? NoReason : text.Split('\n', 2)[0].TrimEnd('\r');

    /// <summary>The decision that came nearest to starting something.</summary>
    private static ExplainedDecision? Nearest(IReadOnlyList<ExplainedDecision> decisions) =>
        decisions.Where(decision => !decision.Matched && decision.Reason != MatchTexts.HeldByAllowlist).MaxBy(decision => decision.Ground);

    // A condition that is met does nothing by itself.
    private static bool DidSomething(ExplainedDecision decision) =>
        decision.Matched && decision.Ground is not (DecisionGround.Config or DecisionGround.Allowlist or DecisionGround.Permission);

    private static string? After(ExplainedDecision decision, string prefix) => decision.Ground switch
    {
        DecisionGround.Config => decision.Reason == MatchTexts.NoConfig(decision.Commit ?? "")
            ? "Add a package config to the repository, and publish the next release from a commit that has it."
            : "Correct the package config ('packit-service validate' and the check on the commit say where), and publish a release of a commit with the corrected file.",
        DecisionGround.Job or DecisionGround.Event => "If something should happen here, add a job for it to the package config.",
        DecisionGround.Trigger => "If the job should run here, change its 'trigger' in the package config.",
        DecisionGround.Package => "If the job is for this package, correct 'downstream_package_name' in the package config.",
        DecisionGround.ManualTrigger => $"Ask for it with a comment, such as '{prefix} propose-downstream' in an issue of the project, or take 'manual_trigger' out.",
        DecisionGround.Instance => "Another deployment of the service runs this job. If it should be this one, name it in 'packit_instances'.",
        DecisionGround.TagFilter => "If this tag is a release for Fedora, change 'upstream_tag_include' or 'upstream_tag_exclude' in the package config.",
        DecisionGround.Branch => "If the branch should get it, add it to the job's 'dist_git_branches'.",
        DecisionGround.NotSupported => "Take what the reason names out of the job; this service does not do it.",
        DecisionGround.Content => $"When a build is wanted all the same, a packager comments '{prefix} koji-build' in a pull request of the package.",
        DecisionGround.People => "If this person's work should count, name them in the list that the reason names.",
        DecisionGround.Allowlist => $"The project has to be approved once: {AccessTexts.ApprovalDocs}",
        DecisionGround.Permission => "Somebody with the permission that the reason names can ask for it.",
        _ => null,
    };

    private static string? OfEvent(DeliveryHead head) => head.Source == DeliverySource.GitHub
        ? "A published release, a change of the package config or a command in a comment starts something."
        : null;
}
