namespace Packit.Koji;

/// <summary>Which builds of a tag to list: only complete ones are.</summary>
public sealed record TaggedQuery(string Tag)
{
    /// <summary>Name of the package; without it a whole distribution may come.</summary>
    public string? Package { get; init; }

    /// <summary>Also what the tag inherits.</summary>
    public bool Inherit { get; init; }

    /// <summary>Only the latest build of each package.</summary>
    public bool Latest { get; init; }

    internal RpcValue Keywords() => KojiCall.Keywords(
        ("package", Package), ("inherit", Inherit), ("latest", Latest));
}
