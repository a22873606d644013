namespace Packit.GitHub;

/// <summary>One call of the REST API.</summary>
/// <param name="Path">Relative to the API root, each value encoded.</param>
/// <param name="Doing">What the call is for, in words that finish "GitHub refused ": <c>reading release v1.0 of o/r</c>.</param>
internal sealed record GitHubRequest(HttpMethod Method, string Path, string Doing)
{
    public const string JsonAnswer = "application/vnd.github+json";
    public const int DefaultCap = 16 * 1024 * 1024;

    /// <summary>The JSON body of a write.</summary>
    public byte[]? Body { get; init; }

    public string Accept { get; init; } = JsonAnswer;

    /// <summary>The most bytes of an answer.</summary>
    public int Cap { get; init; } = DefaultCap;

    /// <summary>The App permission that the call takes, such as <c>checks: write</c>.</summary>
    public string? Needs { get; init; }

    /// <summary>Whether a person waits for this as the first sign.</summary>
    public bool IsUrgent { get; init; }

    public bool IsRead => Method == HttpMethod.Get;

    /// <summary>Whether it makes something new; GitHub limits that more than other writes.</summary>
    public bool CreatesContent => Method == HttpMethod.Post;
}
