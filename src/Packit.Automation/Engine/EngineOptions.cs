using System.ComponentModel.DataAnnotations;

namespace Packit.Automation.Engine;

/// <summary>How jobs are executed.</summary>
public sealed class EngineOptions : IValidatableObject
{
    /// <summary>Jobs executed at a time by one process.</summary>
    [Range(1, 256)]
    public int Threads { get; set; } = 8;

    /// <summary>How often the engine looks for due jobs when nothing wakes it; at least 1 second.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How often a process says that it lives. One that has missed this twice is taken for dead and its jobs are taken up by
    /// others, so it must be longer than the longest stall of a living process.</summary>
    public TimeSpan CheckinInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How often rows without a job are looked for.</summary>
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a stopping process lets running jobs go on before it cancels them and hands them over.</summary>
    public TimeSpan StopGrace { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>For how long a branch, a build or an update is tried again after it has met a remote that is away, limits us or refuses our
    /// credentials. Then it fails, and people are told: what looks like an outage may be trouble with this one alone.</summary>
    public TimeSpan OutagePatience { get; set; } = TimeSpan.FromHours(12);

    /// <summary>How long the record of an execution is kept.</summary>
    public TimeSpan HistoryRetention { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How many records of executions are kept.</summary>
    [Range(0, 10_000_000)]
    public int HistoryEntries { get; set; } = 100_000;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var (name, value, least, most) in new[]
        {
            (nameof(PollInterval), PollInterval, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5)),
            (nameof(CheckinInterval), CheckinInterval, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5)),
            (nameof(SweepInterval), SweepInterval, TimeSpan.FromMilliseconds(100), TimeSpan.FromHours(1)),
            (nameof(StopGrace), StopGrace, TimeSpan.Zero, TimeSpan.FromSeconds(25)),
            (nameof(OutagePatience), OutagePatience, TimeSpan.FromMinutes(1), TimeSpan.FromDays(30)),
            (nameof(HistoryRetention), HistoryRetention, TimeSpan.FromMinutes(1), TimeSpan.FromDays(3650)),
        })
        {
            if (value < least || value > most)
            {
                yield return new ValidationResult($"Engine:{name} must be between {least} and {most}.", [name]);
            }
        }
    }
}
