using System.Globalization;
using Packit.Http;

namespace Packit.Koji;

public sealed partial class KojiClient
{
    private const int TasksPerCall = 200;

    /// <summary>A task with its arguments. It is final or to be asked for again, every 5 to 15 minutes.</summary>
    /// <returns>Null when there is no such task.</returns>
    public Task<KojiTask?> TaskAsync(int id, CancellationToken cancellationToken) => SendAsync(KojiCalls.Task(id), cancellationToken);

    /// <summary>Many tasks in one call: the way to watch everything that is not final.</summary>
    /// <returns>By number; those that do not exist are not there.</returns>
    public async Task<IReadOnlyDictionary<int, KojiTask>> TasksAsync(IReadOnlyCollection<int> ids, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ids);
        var tasks = new Dictionary<int, KojiTask>();
        foreach (var part in ids.Distinct().Chunk(TasksPerCall))
        {
            foreach (var task in await SendAsync(KojiCalls.Tasks(part), cancellationToken))
            {
                tasks[task.Id] = task;
            }
        }

        return tasks;
    }

    /// <summary>Tasks with their arguments, newest first. So a task is found again whose number was lost.</summary>
    public Task<IReadOnlyList<KojiTask>> TasksAsync(TaskQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        return SendAsync(KojiCalls.Tasks(query), cancellationToken);
    }

    /// <summary>The tasks right below one: of a build the source package, one <c>buildArch</c> for each architecture, and <c>tagBuild</c>.</summary>
    public Task<IReadOnlyList<KojiTask>> TaskChildrenAsync(int id, CancellationToken cancellationToken) =>
        SendAsync(KojiCalls.TaskChildren(id), cancellationToken);

    /// <summary>All tasks below one, at any depth.</summary>
    public Task<IReadOnlyList<KojiTask>> TaskDescendantsAsync(int id, CancellationToken cancellationToken) =>
        SendAsync(KojiCalls.TaskDescendants(id), cancellationToken);

    /// <summary>How a task ended, with the builder's text when it failed.</summary>
    public async Task<KojiTaskResult> TaskResultAsync(int id, CancellationToken cancellationToken)
    {
        try
        {
            var value = await SendAsync(KojiCalls.TaskResult(id), cancellationToken);
            return value is RpcValue.Struct { Members.Count: 2 } fault
                && fault["faultCode"] is RpcValue.Whole code && fault["faultString"] is RpcValue.Text text
                ? new KojiTaskResult.Failed((int)code.Value, KojiFaults.LastLine(text.Value))
                : new KojiTaskResult.Succeeded(value);
        }
        catch (KojiException early) when (early.FaultText == $"Task {id} is not finished")
        {
            return new KojiTaskResult.Unfinished();
        }
        catch (KojiException ended) when (ended.FaultText == $"Task {id} is canceled")
        {
            return new KojiTaskResult.Canceled();
        }
    }

    /// <summary>Starts a failed or cancelled task at the top again, with the same arguments.</summary>
    /// <returns>The number of the new task.</returns>
    public Task<int> ResubmitTaskAsync(int id, CancellationToken cancellationToken) => SendAsync(KojiCalls.ResubmitTask(id), cancellationToken);

    /// <summary>Cancels a task and those below it. Only its owner and administrators may.</summary>
    public Task CancelTaskAsync(int id, CancellationToken cancellationToken) => SendAsync(KojiCalls.CancelTask(id), cancellationToken);

    /// <summary>The files that a task left, by name. Logs are with the <c>buildArch</c> and <c>buildSRPMFromSCM</c> tasks, not with the <c>build</c>.</summary>
    public Task<IReadOnlyList<TaskFile>> TaskOutputsAsync(int id, CancellationToken cancellationToken) =>
        SendAsync(KojiCalls.TaskFiles(id), cancellationToken);

    /// <summary>The last bytes of a file that a task left.</summary>
    /// <param name="id">Number of the task.</param>
    /// <param name="file">Name of the file, such as <c>build.log</c>.</param>
    /// <param name="maxBytes">The most bytes that are read, up to 4 MiB.</param>
    /// <returns>Null when the task left no such file.</returns>
    public async Task<TaskFileTail?> TaskOutputTailAsync(int id, string file, int maxBytes, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxBytes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maxBytes, 4 << 20);
        var files = await TaskOutputsAsync(id, cancellationToken);
        if (files.FirstOrDefault(one => one.Name == file) is not { } found)
        {
            return null;
        }

        // Only where the size is known the end can be told: the hub fails when asked for more than there is before the end.
        var size = found.Size ?? throw new KojiException(
            RemoteFailure.Unexpected, string.Create(CultureInfo.InvariantCulture, $"Koji does not say how large {RemoteText.Clean(file)} of task {id} is."));
        var content = size == 0
            ? []
            : await SendAsync(KojiCalls.TaskFile(id, file, Math.Max(0, size - maxBytes), (int)Math.Min(size, maxBytes)), cancellationToken);
        return new TaskFileTail(content.Length > maxBytes ? content.AsMemory(content.Length - maxBytes) : content, Math.Max(size, content.Length));
    }
}
