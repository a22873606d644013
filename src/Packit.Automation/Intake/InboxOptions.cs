using System.ComponentModel.DataAnnotations;

namespace Packit.Automation.Intake;

/// <summary>How deliveries are stored and read.</summary>
public sealed class InboxOptions : IValidatableObject
{
    private static readonly TimeSpan LongestPatience = TimeSpan.FromDays(30);

    /// <summary>Deliveries that may wait to be stored; more are answered as unavailable.</summary>
    [Range(1, 1_000_000)]
    public int QueueLength { get; set; } = 4096;

    /// <summary>Bytes of bodies that may wait to be stored.</summary>
    [Range(1L << 20, 1L << 36)]
    public long QueueBytes { get; set; } = 128L << 20;

    /// <summary>Within this time a delivery is stored, or the sender is told that it is not.</summary>
    public TimeSpan StoreTimeout { get; set; } = TimeSpan.FromSeconds(1.8);

    /// <summary>Deliveries read at a time by one process.</summary>
    [Range(1, 256)]
    public int Parallelism { get; set; } = 8;

    /// <summary>Deliveries that are looked at together, most of which concern nobody; each costs a fraction of a statement then.</summary>
    [Range(1, 4096)]
    public int BatchLength { get; set; } = 256;

    /// <summary>How often the table is looked at when nothing wakes the reader.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>A reader that is not heard of for so long has lost its rows to others. It renews its claims three times in this time.</summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>For how long a delivery is read again because a remote is away, limits us or refuses our credentials; then it is given up.</summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromDays(3);

    /// <summary>For how long a delivery is read again because a remote that answers does not show yet what it tells of, such as a tag.</summary>
    public TimeSpan VisibilityPatience { get; set; } = TimeSpan.FromHours(6);

    /// <summary>
    /// For how long the place is waited for in which somebody gave a command and is to be told what came of it. What is older than <see cref="Patience"/>
    /// is not carried out any more, and is told so.
    /// </summary>
    public TimeSpan AnswerPatience { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How often a reader may throw (a bug) on one delivery before it is given up.</summary>
    [Range(1, 100)]
    public int MaxFaults { get; set; } = 4;

    /// <summary>How often reading a delivery may end without a word, most likely with its process, before it is given up.</summary>
    [Range(1, 100)]
    public int MaxUnfinished { get; set; } = 12;

    /// <summary>The pause after the first attempt; it doubles with each further one.</summary>
    public TimeSpan FirstPause { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest pause.</summary>
    public TimeSpan LongestPause { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How long a stopping process lets readings go on before it cuts them off and leaves them to others.</summary>
    public TimeSpan StopGrace { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>For how long a delivery is read again, counted from when it arrived, or was put back into the inbox.</summary>
    public TimeSpan PatienceWith(WaitingFor waiting) => waiting switch
    {
        WaitingFor.Visibility => VisibilityPatience,
        WaitingFor.Answer => AnswerPatience,
        _ => Patience,
    };

    /// <summary>The pause after attempt number <paramref name="attempt"/>, which counts from 1.</summary>
    public TimeSpan PauseAfter(int attempt)
    {
        var doublings = Math.Clamp(attempt - 1, 0, 30);
        return TimeSpan.FromTicks(Math.Min(FirstPause.Ticks * (1L << doublings), LongestPause.Ticks));
    }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var (name, value) in new[]
        {
            (nameof(StoreTimeout), StoreTimeout), (nameof(PollInterval), PollInterval), (nameof(Lease), Lease),
            (nameof(FirstPause), FirstPause), (nameof(LongestPause), LongestPause), (nameof(StopGrace), StopGrace),
        })
        {
            if (value <= TimeSpan.Zero || value > TimeSpan.FromDays(1))
            {
                yield return new ValidationResult($"Inbox:{name} must be more than 0 and at most 1 day.", [name]);
            }
        }

        foreach (var (name, value) in new[] { (nameof(Patience), Patience), (nameof(VisibilityPatience), VisibilityPatience), (nameof(AnswerPatience), AnswerPatience) })
        {
            if (value <= TimeSpan.Zero || value > LongestPatience)
            {
                yield return new ValidationResult($"Inbox:{name} must be more than 0 and at most {LongestPatience.TotalDays:0} days.", [name]);
            }
        }
    }
}
