using System.Globalization;
using System.Text.Json;
using Packit.Automation.Failures;
using Packit.Automation.Reporting.Texts;
using Packit.Automation.Storage;
using Packit.Koji;
using Build = Packit.Koji.KojiBuild;

namespace Packit.Automation.KojiBuild;

/// <summary>How far a build is, as Koji says.</summary>
public sealed record KojiBuildProgress
{
    public required KojiBuildStatus Status { get; init; }

    public long? BuildId { get; init; }

    /// <summary>Pages of the logs by architecture, as a JSON object; null before there are any.</summary>
    public string? Logs { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Why it did not succeed.</summary>
    public Failure? Failure { get; init; }

    /// <summary>What failed first.</summary>
    public FailedTask? Failed { get; init; }

    /// <summary>Reads the progress from a task and its parts. Pure.</summary>
    /// <param name="task">The <c>build</c> task; null when Koji has none of that number.</param>
    /// <param name="children">Its parts.</param>
    /// <param name="build">The build that it made; null for scratch builds, and before there is one.</param>
    /// <param name="urls">Addresses of logs.</param>
    public static KojiBuildProgress Of(KojiTask? task, IReadOnlyList<KojiTask> children, Build? build, KojiUrls urls)
    {
        ArgumentNullException.ThrowIfNull(children);
        if (task is null)
        {
            return new KojiBuildProgress
            {
                Status = KojiBuildStatus.Error, Failure = Failure.UserFixable(FailureCodes.KojiTaskGone, KojiBuildTexts.TaskGone),
            };
        }

        var status = StatusOf(task, build);
        return new KojiBuildProgress
        {
            Status = status,
            BuildId = build?.Id,
            Logs = LogsOf(children, urls),
            StartedAt = task.StartedAt,
            EndedAt = KojiBuildStates.Open.Contains(status) ? null : build?.CompletedAt ?? task.CompletedAt,
            Failure = status switch
            {
                KojiBuildStatus.Canceled => Failure.UserFixable(FailureCodes.BuildCanceled, KojiBuildTexts.Canceled),
                KojiBuildStatus.Failure => Failure.UserFixable(FailureCodes.BuildFailed, KojiBuildTexts.FailedIn(FirstFailed(children))),
                _ => null,
            },
        };
    }

    /// <summary>The part that failed, or null when the build failed without one. Architectures before the tagging that waits for them.</summary>
    public static KojiTask? FirstFailed(IReadOnlyList<KojiTask> children) => children
        .Where(child => child.State == KojiTaskState.Failed)
        .OrderBy(child => child.Method == "tagBuild").ThenBy(child => child.CompletedAt ?? DateTimeOffset.MaxValue).ThenBy(child => child.Id)
        .FirstOrDefault();

    // The build is complete, and the bus says so, while its task still waits for the tagging; no message tells of the task's own end.
    private static KojiBuildStatus StatusOf(KojiTask task, Build? build) => (build?.State, task.State) switch
    {
        (KojiBuildState.Complete, _) => KojiBuildStatus.Success,
        (KojiBuildState.Failed, _) => KojiBuildStatus.Failure,
        (KojiBuildState.Canceled, _) => KojiBuildStatus.Canceled,
        (_, KojiTaskState.Free or KojiTaskState.Assigned) => KojiBuildStatus.Pending,
        (_, KojiTaskState.Open) => KojiBuildStatus.Running,
        (KojiBuildState.Deleted, KojiTaskState.Closed) => KojiBuildStatus.Error,
        (_, KojiTaskState.Closed) => KojiBuildStatus.Success,
        (_, KojiTaskState.Canceled) => KojiBuildStatus.Canceled,
        (_, KojiTaskState.Failed) => KojiBuildStatus.Failure,
    };

    private static string? LogsOf(IReadOnlyList<KojiTask> children, KojiUrls urls)
    {
        // Of two tasks of one architecture the newer one counts: the older was restarted.
        var logs = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var child in children.Where(child => child is { Method: "buildArch", Arch: not null }).OrderBy(child => child.Id))
        {
            logs[child.Label ?? child.Arch!] = urls.TaskFile(child.Id, "mock_output.log").AbsoluteUri;
        }

        return logs.Count == 0 ? null : JsonSerializer.Serialize(logs, BuildLogsJson.Default.SortedDictionaryStringString);
    }
}

/// <summary>The part of a build that failed.</summary>
/// <param name="TaskId">Its task.</param>
/// <param name="Arch">Architecture, or <c>srpm</c>, or <c>tag</c>.</param>
/// <param name="Log">Name of the log that tells why; null when the task left none.</param>
/// <param name="Tail">The end of that log; null when it cannot be read.</param>
public sealed record FailedTask(long TaskId, string Arch, string? Log, string? Tail)
{
    /// <summary>What people call the task.</summary>
    public static string NameOf(KojiTask task)
    {
        ArgumentNullException.ThrowIfNull(task);
        return task.Label ?? (task.Method == "buildSRPMFromSCM" ? "srpm" : task.Arch) ?? task.Id.ToString(CultureInfo.InvariantCulture);
    }
}

[System.Text.Json.Serialization.JsonSerializable(typeof(SortedDictionary<string, string>))]
internal sealed partial class BuildLogsJson : System.Text.Json.Serialization.JsonSerializerContext;
