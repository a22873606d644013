namespace Packit.Http;

/// <summary>
/// Where requests may go whose address somebody else chose (a <c>Source</c> of a spec file, a redirect).
/// The default lets https to public addresses pass and nothing else.
/// </summary>
public sealed record EgressPolicy
{
    /// <summary>https to public addresses only: production.</summary>
    public static EgressPolicy Public { get; } = new();

    /// <summary>Plain http and loopback too: the sandbox and tests.</summary>
    public static EgressPolicy Loopback { get; } = new() { AllowHttp = true, AllowLoopback = true };

    public bool AllowHttp { get; init; }

    public bool AllowLoopback { get; init; }

    /// <summary>How many redirects are followed; each is checked like a first request.</summary>
    public int MaxRedirects { get; init; } = 5;
}
