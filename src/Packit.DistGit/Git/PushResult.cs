namespace Packit.DistGit;

/// <summary>How a push ended.</summary>
public abstract record PushResult
{
    private PushResult()
    {
    }

    /// <summary>The branch stands at the commit now.</summary>
    public sealed record Pushed : PushResult;

    /// <summary>The branch stood at the commit already: done earlier, by us.</summary>
    public sealed record UpToDate : PushResult;

    /// <summary>The branch is not where the caller expects it; nothing was changed.</summary>
    /// <param name="Actual">Where it is; null when it does not exist.</param>
    public sealed record LeaseLost(string? Actual) : PushResult;

    /// <summary>A rule of the server forbids it.</summary>
    /// <param name="Reason">What the server said, cleaned and clipped.</param>
    public sealed record Denied(string Reason) : PushResult;
}
