using System.Text;
using Packit.Http;
using Packit.Koji;

namespace Packit.Automation.KojiBuild;

/// <summary>Finds the log that tells why a task failed, and reads its end.</summary>
public sealed class BuildLogTail(KojiClient koji)
{
    private const int TailBytes = 16 * 1024;
    private const int TailLines = 60;

    /// <summary>What a task leaves when its own words name no log, the likeliest first.</summary>
    private static readonly string[] Usual = ["build.log", "root.log", "checkout.log", "mock_output.log"];

    /// <summary>Reads what a failed task says, and the end of the log it speaks of.</summary>
    /// <returns>The task's own words, and the log. Both may be missing: the failure itself is known without them.</returns>
    public async Task<(string? Words, FailedTask Failed)> ReadAsync(KojiTask task, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(task);
        string? words = null;
        var name = FailedTask.NameOf(task);
        try
        {
            words = (await koji.TaskResultAsync(task.Id, cancellationToken) as KojiTaskResult.Failed)?.Text;
            var files = await koji.TaskOutputsAsync(task.Id, cancellationToken);
            if (Choose(words, files) is not { } log)
            {
                return (words, new FailedTask(task.Id, name, null, null));
            }

            var tail = await koji.TaskOutputTailAsync(task.Id, log, TailBytes, cancellationToken);
            return (words, new FailedTask(task.Id, name, log, tail is null ? null : LastLines(tail)));
        }
        catch (RemoteException)
        {
            // The failure is told without its log rather than later.
            return (words, new FailedTask(task.Id, name, null, null));
        }
    }

    /// <summary>
    /// The log that the builder names ("see root.log for more information"); of several ("see build.log or root.log") the first that is not
    /// empty: there is a <c>build.log</c> only when the buildroot could be made.
    /// </summary>
    public static string? Choose(string? words, IReadOnlyList<TaskFile> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        var written = files.Where(file => file.Size is null or > 0).Select(file => file.Name).ToHashSet(StringComparer.Ordinal);
        var named = Usual.Where(log => words?.Contains(log, StringComparison.Ordinal) == true).OrderBy(log => words!.IndexOf(log, StringComparison.Ordinal));
        return named.Concat(Usual).FirstOrDefault(written.Contains);
    }

    private static string LastLines(TaskFileTail tail)
    {
        var text = Encoding.UTF8.GetString(tail.Content.Span).ReplaceLineEndings("\n").TrimEnd();
        var lines = text.Split('\n');
        // The first line of a cut text is a part of one.
        return string.Join('\n', lines.Skip(tail.IsCut && lines.Length > 1 ? 1 : 0).TakeLast(TailLines));
    }
}
