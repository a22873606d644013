using System.Diagnostics.CodeAnalysis;
using Quartz;

namespace Packit.Automation.Engine;

/// <summary>
/// The only job type the engine knows; what is done is said by its input. The names of this class and of <see cref="EngineInput"/> are
/// stored in the database with every queued job, so they must never be renamed or moved. What a handler throws is tried again after
/// 5, 10, 20 … seconds; the sweep of the kind's rows comes after that.
/// </summary>
[RetryPolicy(5, "00:00:05", 2.0)]
[SuppressMessage("Performance", "CA1812", Justification = "Made by the engine.")]
internal sealed class EngineJob(JobDispatch dispatch) : IJob<EngineInput>
{
    public async ValueTask Execute(IJobExecutionContext context, EngineInput input, CancellationToken cancellationToken = default) =>
        await dispatch.RunAsync(input.Kind, input.RowId, context.Recovering, cancellationToken);
}

/// <summary>Which handler does it, and for which row.</summary>
internal sealed record EngineInput(string Kind, int RowId);
