namespace Packit.Koji;

/// <summary>How a task ended, if it did.</summary>
public abstract record KojiTaskResult
{
    private KojiTaskResult()
    {
    }

    public sealed record Unfinished : KojiTaskResult;

    public sealed record Canceled : KojiTaskResult;

    /// <summary>It ended well.</summary>
    /// <param name="Value">What the task left; nil for a build, lists of paths for a <c>buildArch</c>.</param>
    public sealed record Succeeded(RpcValue Value) : KojiTaskResult;

    /// <summary>It failed with a fault.</summary>
    /// <param name="Code">The fault's code, such as 1005 or 1000.</param>
    /// <param name="Text">What the builder said: of a traceback the last line. Text of others.</param>
    public sealed record Failed(int Code, string Text) : KojiTaskResult;
}
