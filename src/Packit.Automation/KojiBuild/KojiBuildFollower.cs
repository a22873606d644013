using Packit.Automation.Engine;
using Packit.Automation.Failures;
using Packit.Automation.Reporting.Texts;
using Packit.Automation.Storage;
using Packit.Koji;
using Build = Packit.Koji.KojiBuild;

namespace Packit.Automation.KojiBuild;

/// <summary>Asks Koji how far builds are, stores it, and sees to it that changes are told.</summary>
public sealed class KojiBuildFollower(KojiClient koji, KojiWatchRows rows, BuildLogTail logs, IJobQueue queue, TimeProvider time)
{
    /// <summary>A message spoke of a task: when it is one of ours, Koji is asked what is true.</summary>
    /// <returns>How many builds of ours it is about.</returns>
    public async Task<int> TaskMovedAsync(long taskId, CancellationToken cancellationToken)
    {
        var targets = await rows.OfTaskAsync(taskId, cancellationToken);
        if (targets.Count > 0)
        {
            await FollowAsync(targets, cancellationToken);
        }

        return targets.Count;
    }

    /// <summary>Asks for builds, all in as few calls as possible.</summary>
    /// <exception cref="Http.RemoteException">Koji does not answer.</exception>
    public async Task FollowAsync(IReadOnlyList<KojiBuildTarget> targets, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(targets);
        var batch = new KojiBatch();
        var asked = targets.Select(target =>
        {
            var task = checked((int)target.TaskId!.Value);
            return (Target: target, Task: batch.Task(task), Children: batch.TaskChildren(task), Builds: target.Scratch ? null : batch.BuildsOfTask(task));
        }).ToList();
        await koji.SendAsync(batch, cancellationToken);
        foreach (var (target, task, children, builds) in asked)
        {
            try
            {
                await StoreAsync(target, task.Value, children.Value, builds?.Value is [var made, ..] ? made : null, cancellationToken);
            }
            catch (KojiException)
            {
                // One that cannot be read does not keep the others from being told of.
                await rows.PostponeAsync([target], cancellationToken);
            }
        }
    }

    private async Task StoreAsync(
        KojiBuildTarget target, KojiTask? task, IReadOnlyList<KojiTask> children, Build? build, CancellationToken cancellationToken)
    {
        var progress = KojiBuildProgress.Of(task, children, build, koji.Urls);
        if (progress.Status == KojiBuildStatus.Failure && KojiBuildProgress.FirstFailed(children) is { } part)
        {
            var (words, failed) = await logs.ReadAsync(part, cancellationToken);
            progress = progress with
            {
                Failed = failed,
                Failure = words is null ? progress.Failure : progress.Failure! with { Text = $"{progress.Failure.Text} {words}" },
            };
        }
        else if (KojiBuildStates.Open.Contains(progress.Status) && time.GetUtcNow() - target.SubmittedTime > KojiWatchRows.Deadline)
        {
            progress = progress with
            {
                Status = KojiBuildStatus.Error, Failure = Failure.UserFixable(FailureCodes.BuildTooLong, KojiBuildTexts.TooLong(KojiWatchRows.Deadline)),
            };
        }

        if (await rows.MoveAsync(target, progress, cancellationToken))
        {
            target.Status = progress.Status;
            await queue.EnqueueAsync(KojiBuildReportJob.Of(target), cancellationToken);
        }
    }
}
