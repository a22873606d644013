using System.Text;

namespace Packit.Stub;

/// <summary>What the stub answers.</summary>
public sealed record StubAnswer(int Status, byte[] Body, string? ContentType)
{
    public (string Name, string Value)[] Headers { get; init; } = [];

    /// <summary>The connection is cut instead of an answer.</summary>
    public bool Cut { get; init; }

    /// <summary>The body comes, but not its end.</summary>
    public bool NeverEnds { get; init; }

    public static StubAnswer Json(string json, int status = 200) => new(status, Encoding.UTF8.GetBytes(json), "application/json; charset=utf-8");

    public static StubAnswer Empty(int status) => new(status, [], null);

    public StubAnswer With(params (string Name, string Value)[] headers) => this with { Headers = [.. Headers, .. headers] };
}

/// <summary>What the stub was asked.</summary>
/// <param name="Target">Path and query as they came over the wire.</param>
public sealed record StubRequest(string Method, string Target, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public string? Header(string name) => Headers.TryGetValue(name, out var value) ? value : null;
}
