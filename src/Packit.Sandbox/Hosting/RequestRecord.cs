namespace Packit.Sandbox.Hosting;

/// <summary>One request that a stand-in got.</summary>
/// <param name="Server">Which stand-in: a name of <see cref="Servers"/>.</param>
/// <param name="Path">The path as it came over the wire, still percent-encoded.</param>
/// <param name="Query">The query with its question mark, or the empty text.</param>
/// <param name="Status">The status that was answered; 0 when the connection was cut before an answer.</param>
/// <param name="At">When the request came.</param>
/// <param name="Took">How long the answer took.</param>
/// <param name="Crash">Set when the stand-in itself failed: a bug of the sandbox, not of its caller.</param>
public sealed record RequestRecord(
    string Server, string Method, string Path, string Query, int Status, DateTimeOffset At, TimeSpan Took, string? UserAgent, string? Crash)
{
    /// <summary>The XML-RPC methods that the body calls: one, or those within a <c>multiCall</c> after it. Empty for other requests.</summary>
    public IReadOnlyList<string> Calls { get; init; } = [];
}
