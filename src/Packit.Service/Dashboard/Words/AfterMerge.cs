using System.Globalization;
using Packit.Automation.Failures;
using Packit.Automation.Storage;
using Packit.Service.Dashboard.Reading;

namespace Packit.Service.Dashboard.Words;

/// <summary>The next step of what was proposed: from the review of the pull request to the users.</summary>
public static class AfterMerge
{
    private const string Koji = "Koji";
    private const string Testers = "Testers, and Bodhi";

    /// <summary>The next step of one pull request.</summary>
    /// <param name="pull">The pull request.</param>
    /// <param name="targetId">The branch of a release that asks.</param>
    public static NextStep Of(PullRequestLink pull, int targetId)
    {
        ArgumentNullException.ThrowIfNull(pull);
        if (pull.NewestTargetId != targetId)
        {
            return NextStep.Nothing("A newer release has taken the pull request over.");
        }

        return pull.State switch
        {
            PullRequestState.Open => new(Who.Packagers, "Review and merge the pull request:", [pull], Urgency.Person),
            PullRequestState.Closed => NextStep.Nothing("The pull request was closed without being merged."),
            PullRequestState.Merged => pull.Build is { } build
                ? Of(build)
                : new(Who.Packagers, "Merged. No build was started here: build it, or let a 'koji_build' job in the package's dist-git config do it.", [], Urgency.Person),
        };
    }

    /// <summary>The next step of a build, and of the update made of it.</summary>
    public static NextStep Of(BuildState build)
    {
        ArgumentNullException.ThrowIfNull(build);
        return build.Status switch
        {
            KojiBuildStatus.Queued => new(Who.Service, "Submits the build to Koji.", [], Urgency.Waiting),
            KojiBuildStatus.Retry => new(Who.Service, $"Waits for a service that did not answer as it should{Again(build.NextAttemptAt)}. {FirstLine(build.Message)}", [], Urgency.Waiting),
            KojiBuildStatus.Pending => new(Koji, build.TaskId is null ? "The build is being submitted." : $"{Named(build)} waits for a builder.", [], Urgency.Waiting),
            KojiBuildStatus.Running => new(Koji, $"Builds {Named(build)}.", [], Urgency.Waiting),
            KojiBuildStatus.Failure => new(Who.Packagers, $"{Named(build)} failed to build{On(build.FailedArch)}. Mend it in dist-git; the next push is built.", [], Urgency.Failed),
            KojiBuildStatus.Canceled => new(Who.Packagers, $"The build of {Named(build)} was canceled. Ask for it again when it is wanted.", [], Urgency.Failed),
            KojiBuildStatus.Error => new(Mends(build.FailureKind), $"The build was not started: {FirstLine(build.Message)}", [], Urgency.Failed),
            KojiBuildStatus.Skipped => NextStep.Nothing($"Not built: {FirstLine(build.Message)}"),
            KojiBuildStatus.Success => AfterBuild(build),
        };
    }

    /// <summary>The next step of an update.</summary>
    public static NextStep Of(UpdateState update)
    {
        ArgumentNullException.ThrowIfNull(update);
        return update switch
        {
            { Status: BodhiUpdateStatus.Error } => new(Mends(update.FailureKind), $"The update was not created: {FirstLine(update.Message)}", [], Urgency.Failed),
            { Status: BodhiUpdateStatus.Queued } => new(Who.Service, "Creates the update in Bodhi.", [], Urgency.Waiting),
            { Status: BodhiUpdateStatus.Retry, FailureCode: "BUILD_NOT_TAGGED" } => new(
                Koji, $"Puts the build into the tag {update.CandidateTag}, where Bodhi looks for it{Again(update.NextAttemptAt)}.", [], Urgency.Waiting),
            { Status: BodhiUpdateStatus.Retry } => new(
                Who.Service, $"Waits for a service that did not answer as it should{Again(update.NextAttemptAt)}. {FirstLine(update.Message)}", [], Urgency.Waiting),
            { Place: BodhiUpdateState.Pending } => new("Bodhi", $"{update.Alias} waits to be pushed to {update.Request ?? "testing"}.", [], Urgency.Waiting),
            { Place: BodhiUpdateState.Testing, Request: { } request } => new("Bodhi", $"{update.Alias} waits to be pushed to {request}.", [], Urgency.Waiting),
            { Place: BodhiUpdateState.Testing } => new(Testers, $"{update.Alias} is in testing{Karma(update.Karma)}; it becomes stable by karma or time.", [], Urgency.Waiting),
            { Place: BodhiUpdateState.Stable } => NextStep.Nothing($"{update.Alias} is stable: users have it."),
            { Place: BodhiUpdateState.Unpushed } => new(Who.Packagers, $"{update.Alias} was unpushed. Mend what is wrong, or push it again in Bodhi.", [], Urgency.Failed),
            { Place: BodhiUpdateState.Obsolete } => NextStep.Nothing($"A newer update took the place of {update.Alias}."),
            _ => NextStep.Nothing($"No update is made: {FirstLine(update.Message)}"),
        };
    }

    private static NextStep AfterBuild(BuildState build)
    {
        if (Journey.IsRawhide(build.Branch))
        {
            return NextStep.Nothing($"{Named(build)} is built. Bodhi makes the updates of Rawhide by itself.");
        }

        return build.Update is { } update
            ? Of(update)
            : new(Who.Packagers, $"{Named(build)} is built. No update was started here: make it in Bodhi, or let a 'bodhi_update' job do it.", [], Urgency.Person);
    }

    private static string Mends(FailureKind? kind) => kind is FailureKind.Bug or null ? Who.Operators : Who.Packagers;

    private static string Named(BuildState build) => build.Nvr ?? $"{build.Package} on {build.Branch}";

    private static string On(string? arch) => arch is null ? "" : $" on {arch}";

    private static string Karma(int? karma) => karma is { } given and not 0 ? string.Create(CultureInfo.InvariantCulture, $" with karma {given:+0;-0}") : "";

    private static string Again(DateTimeOffset? next) => next is { } at ? $", next look {NextStep.Clock(at)}" : "";

    private static string FirstLine(string? text) => NextStep.FirstLine(text);
}
