using Microsoft.AspNetCore.Http;

namespace Packit.Sandbox.Hosting;

/// <summary>The faults that wait for their requests. The first that matches is taken.</summary>
public sealed class FaultList
{
    private readonly Lock _gate = new();
    private readonly List<Pending> _pending = [];

    public void Add(Fault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        lock (_gate)
        {
            _pending.Add(new Pending(fault));
        }
    }

    /// <summary>Ends all troubles.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _pending.Clear();
        }
    }

    internal FaultKind? Take(string server, HttpRequest request, string target, IReadOnlyList<string> calls)
    {
        lock (_gate)
        {
            foreach (var pending in _pending)
            {
                if (!Matches(pending.Fault, server, request, target, calls))
                {
                    continue;
                }

                if (pending.Passed < pending.Fault.After)
                {
                    pending.Passed++;
                    continue;
                }

                if (pending.Hit < pending.Fault.Times)
                {
                    pending.Hit++;
                    return pending.Fault.Kind;
                }
            }

            return null;
        }
    }

    private static bool Matches(Fault fault, string server, HttpRequest request, string target, IReadOnlyList<string> calls) =>
        fault.Server == server
        && (fault.Method is null || fault.Method == request.Method)
        && (fault.PathContains is null || target.Contains(fault.PathContains, StringComparison.Ordinal))
        && (fault.Call is null || calls.Contains(fault.Call))
        && (fault.When is null || fault.When(request));

    private sealed class Pending(Fault fault)
    {
        public Fault Fault { get; } = fault;

        public int Passed { get; set; }

        public int Hit { get; set; }
    }
}
