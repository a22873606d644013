namespace Packit.Sandbox.Koji;

/// <summary>What came out of looking at a build's source.</summary>
internal abstract record SourceReading
{
    private SourceReading()
    {
    }

    /// <param name="Resolved">The URL with the full commit.</param>
    /// <param name="NoArch">Whether one build serves all architectures.</param>
    /// <param name="Checkout">What the builder says of the checkout.</param>
    public sealed record Found(
        string Name, string Version, string Release, int? Epoch, bool NoArch, IReadOnlyList<ChangelogRow> Changelog, string Resolved, string Checkout) : SourceReading;

    /// <param name="Code">Koji's fault code.</param>
    /// <param name="LogName">Which log says why; the text of <paramref name="Log"/> is its content.</param>
    public sealed record Failed(int Code, string Text, string LogName, string Log) : SourceReading;
}
