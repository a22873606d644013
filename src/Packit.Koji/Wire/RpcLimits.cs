namespace Packit.Koji;

/// <summary>How much of an answer is read before it is taken for an attack or a mistake.</summary>
/// <param name="MaxBytes">The longest body, after decompression.</param>
/// <param name="MaxValues">The most values in one answer, members and items counted.</param>
/// <param name="MaxDepth">How deep lists and structs may be nested.</param>
internal sealed record RpcLimits(int MaxBytes, int MaxValues = 1_000_000, int MaxDepth = 32)
{
    public static RpcLimits Default { get; } = new(32 * 1024 * 1024);
}
