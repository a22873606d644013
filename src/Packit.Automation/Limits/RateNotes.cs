using System.Collections.Concurrent;
using Packit.GitHub;

namespace Packit.Automation.Limits;

/// <summary>Collects what the client hears of GitHub's limits, until it is stored. Only the newest word on each installation counts.</summary>
public sealed class RateNotes : IRateObserver
{
    private readonly ConcurrentDictionary<long, RateReport> _changed = new();
    private readonly ConcurrentDictionary<long, RateDelay?> _told = new();

    private SemaphoreSlim Awake { get; } = new(0, 1);

    public void Noted(RateReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        _changed[report.InstallationId] = report;
        var before = _told.GetValueOrDefault(report.InstallationId);
        _told[report.InstallationId] = report.Delay;
        if (before?.Cause != report.Delay?.Cause || before?.Since != report.Delay?.Since)
        {
            Wake();
        }
    }

    /// <summary>Waits until a delay begins, ends or changes its cause.</summary>
    public Task ChangedAsync(CancellationToken cancellationToken) => Awake.WaitAsync(cancellationToken);

    /// <summary>What was heard since the last time; it is not given again.</summary>
    public IReadOnlyList<RateReport> Take()
    {
        var taken = new List<RateReport>();
        foreach (var id in _changed.Keys)
        {
            if (_changed.TryRemove(id, out var report))
            {
                taken.Add(report);
            }
        }

        return taken;
    }

    /// <summary>Gives back what could not be stored, unless something newer was heard.</summary>
    public void GiveBack(IEnumerable<RateReport> reports)
    {
        ArgumentNullException.ThrowIfNull(reports);
        foreach (var report in reports)
        {
            _changed.TryAdd(report.InstallationId, report);
        }
    }

    private void Wake()
    {
        try
        {
            Awake.Release();
        }
        catch (SemaphoreFullException)
        {
            // It is awake already.
        }
    }
}
