using Microsoft.AspNetCore.Http;

namespace Packit.Sandbox.Hosting;

/// <summary>A trouble that a stand-in shall have, for the requests that match.</summary>
public sealed record Fault
{
    /// <summary>A name of <see cref="Servers"/>.</summary>
    public required string Server { get; init; }

    /// <summary>The HTTP method, or null for all.</summary>
    public string? Method { get; init; }

    /// <summary>A part of the path and query as they come over the wire, or null for all.</summary>
    public string? PathContains { get; init; }

    /// <summary>The name of the XML-RPC method that is called, alone or among others in a <c>multiCall</c>; null for all.</summary>
    public string? Call { get; init; }

    /// <summary>A further condition on the request, or null.</summary>
    public Func<HttpRequest, bool>? When { get; init; }

    /// <summary>How many matching requests are let through first.</summary>
    public int After { get; init; }

    /// <summary>How many requests are hit; <see cref="int.MaxValue"/> for all.</summary>
    public int Times { get; init; } = 1;

    public required FaultKind Kind { get; init; }
}

/// <summary>What goes wrong.</summary>
public abstract record FaultKind
{
    private FaultKind()
    {
    }

    /// <summary>Nothing is done; this answer is given.</summary>
    public sealed record Status(int Code, string Body = "", IReadOnlyDictionary<string, string>? Headers = null) : FaultKind;

    /// <summary>The request is served as usual, but only after this time of the wall clock.</summary>
    public sealed record Delay(TimeSpan Time) : FaultKind;

    /// <summary>Nothing is done; the connection is closed without an answer.</summary>
    public sealed record CutConnection : FaultKind;

    /// <summary>The effect happens, but the answer is lost: the connection is closed instead.</summary>
    public sealed record EffectThenCut : FaultKind;

    /// <summary>The effect happens, and nothing is answered for this time of the wall clock; then the connection is closed.</summary>
    public sealed record EffectThenSilence(TimeSpan Time) : FaultKind;

    /// <summary>The answer begins as usual and breaks off after so many bytes of its body.</summary>
    public sealed record CutAfter(long Bytes) : FaultKind;
}
