namespace Packit.Pagure;

/// <summary>One call.</summary>
/// <param name="Path">Relative to the instance's root, each value encoded.</param>
/// <param name="Doing">What the call is for, in words that finish "Pagure refused ".</param>
internal sealed record PagureRequest(HttpMethod Method, string Path, string Doing)
{
    public const int DefaultCap = 16 * 1024 * 1024;

    /// <summary>Form fields of a write; those without a value are left out.</summary>
    public IReadOnlyList<KeyValuePair<string, string?>> Form { get; init; } = [];

    /// <summary>The most bytes of an answer.</summary>
    public int Cap { get; init; } = DefaultCap;

    /// <summary>Whether the token goes with it; files are read without.</summary>
    public bool SignedIn { get; init; } = true;
}
