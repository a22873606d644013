using Packit.Automation.Storage;
using Packit.Service.Dashboard.Reading;

namespace Packit.Service.Dashboard.Words;

/// <summary>How far a step of the way is.</summary>
public enum StepMark
{
    /// <summary>Its turn has not come.</summary>
    Ahead,

    /// <summary>Somebody works on it, or must.</summary>
    Now,

    Done,
    Failed,

    /// <summary>It will not happen, on purpose.</summary>
    Left,
}

/// <summary>One step from the proposal to the users.</summary>
/// <param name="Name">What the step is.</param>
/// <param name="Mark">How far it is.</param>
/// <param name="Text">What is there, in few words; null when there is nothing to say yet.</param>
/// <param name="At">When it was reached.</param>
/// <param name="Url">Where it can be seen; an address of the dashboard or of the web.</param>
public sealed record JourneyStep(string Name, StepMark Mark, string? Text = null, DateTimeOffset? At = null, string? Url = null)
{
    /// <summary>The sign beside the name; the word of <see cref="MarkWord"/> says the same.</summary>
    public string Sign => Mark switch
    {
        StepMark.Ahead => "○",
        StepMark.Now => "◐",
        StepMark.Done => "✓",
        StepMark.Failed => "✗",
        StepMark.Left => "–",
    };

    /// <summary>The sign in words.</summary>
    public string MarkWord => Mark switch
    {
        StepMark.Ahead => "not yet",
        StepMark.Now => "in progress",
        StepMark.Done => "done",
        StepMark.Failed => "failed",
        StepMark.Left => "left out",
    };

    public string CssClass => Mark switch
    {
        StepMark.Ahead => "queued",
        StepMark.Now => "running",
        StepMark.Done => "done",
        StepMark.Failed => "failed",
        StepMark.Left => "skipped",
    };
}

/// <summary>The way of one pull request: merge, build, update, stable.</summary>
public static class Journey
{
    /// <summary>Koji's and dist-git's name of the next Fedora, whose updates Bodhi makes by itself.</summary>
    public const string Rawhide = "rawhide";

    private const string Build = "Build";
    private const string Update = "Update";
    private const string Stable = "Stable";

    /// <summary>The steps, in their order.</summary>
    /// <param name="pull">The pull request.</param>
    /// <param name="proposedAt">When it was made or brought up to date.</param>
    public static IReadOnlyList<JourneyStep> Of(PullRequestLink pull, DateTimeOffset? proposedAt)
    {
        ArgumentNullException.ThrowIfNull(pull);
        return
        [
            new("Pull request", StepMark.Done, $"#{pull.Number}", proposedAt, pull.Url),
            Merge(pull),
            BuildOf(pull),
            UpdateOf(pull),
            StableOf(pull),
        ];
    }

    /// <summary>Whether the branch gets its updates from Bodhi itself.</summary>
    public static bool IsRawhide(string branch) => branch is Rawhide or "main";

    private static JourneyStep Merge(PullRequestLink pull) => pull.State switch
    {
        PullRequestState.Open => new("Merge", StepMark.Now),
        PullRequestState.Merged => new("Merge", StepMark.Done, At: pull.ClosedAt),
        PullRequestState.Closed => new("Merge", StepMark.Left, "closed", pull.ClosedAt),
    };

    private static JourneyStep BuildOf(PullRequestLink pull)
    {
        if (pull.Build is not { } build)
        {
            return new(Build, pull.State == PullRequestState.Closed ? StepMark.Left : StepMark.Ahead);
        }

        var mark = build.Status switch
        {
            KojiBuildStatus.Success => StepMark.Done,
            KojiBuildStatus.Failure or KojiBuildStatus.Canceled or KojiBuildStatus.Error => StepMark.Failed,
            KojiBuildStatus.Skipped => StepMark.Left,
            KojiBuildStatus.Queued or KojiBuildStatus.Pending or KojiBuildStatus.Running or KojiBuildStatus.Retry => StepMark.Now,
        };
        return new(Build, mark, build.Nvr, build.BuildFinishedTime ?? build.FinishedTime ?? build.BuildStartTime ?? build.SubmittedTime, $"/jobs/koji/{build.TargetId}");
    }

    private static JourneyStep UpdateOf(PullRequestLink pull)
    {
        if (IsRawhide(pull.TargetBranch))
        {
            return new(Update, StepMark.Left, "made by Bodhi");
        }

        if (pull.Build?.Update is not { } update)
        {
            return new(Update, WillNotCome(pull) ? StepMark.Left : StepMark.Ahead);
        }

        var mark = update.Status switch
        {
            BodhiUpdateStatus.Success => StepMark.Done,
            BodhiUpdateStatus.Skipped => update.Alias is null ? StepMark.Left : StepMark.Done,
            BodhiUpdateStatus.Error => StepMark.Failed,
            BodhiUpdateStatus.Queued or BodhiUpdateStatus.Retry => StepMark.Now,
        };
        return new(Update, mark, update.Alias, update.CreationTime ?? update.FinishedTime ?? update.SubmittedTime, $"/jobs/bodhi/{update.TargetId}");
    }

    private static JourneyStep StableOf(PullRequestLink pull)
    {
        if (IsRawhide(pull.TargetBranch))
        {
            // A build of Rawhide reaches its users when it is tagged, which Bodhi does after its own gating.
            return new(Stable, pull.Build?.Status == KojiBuildStatus.Success ? StepMark.Left : WillNotCome(pull) ? StepMark.Left : StepMark.Ahead);
        }

        return pull.Build?.Update is not { } update
            ? new(Stable, WillNotCome(pull) ? StepMark.Left : StepMark.Ahead)
            : update.Place switch
            {
                BodhiUpdateState.Pending => new(Stable, StepMark.Now, "pending", Url: update.WebUrl),
                BodhiUpdateState.Testing => new(Stable, StepMark.Now, "in testing", update.TestingTime, update.WebUrl),
                BodhiUpdateState.Stable => new(Stable, StepMark.Done, At: update.StableTime, Url: update.WebUrl),
                BodhiUpdateState.Unpushed => new(Stable, StepMark.Failed, "unpushed", Url: update.WebUrl),
                BodhiUpdateState.Obsolete => new(Stable, StepMark.Left, "obsolete", Url: update.WebUrl),
                null => new(Stable, StepMark.Ahead),
            };
    }

    private static bool WillNotCome(PullRequestLink pull) => pull.State == PullRequestState.Closed;
}
