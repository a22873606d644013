using System.Text.Json;

namespace Packit.Bodhi;

/// <summary>One call.</summary>
/// <param name="Path">Relative to Bodhi's root, each value encoded.</param>
/// <param name="Doing">What the call is for, in words that finish "Bodhi refused ".</param>
internal sealed record BodhiRequest(HttpMethod Method, string Path, string Doing)
{
    /// <summary>Writes the fields of the body, without the form token; null for a read.</summary>
    public Action<Utf8JsonWriter>? Fields { get; init; }

    public static BodhiRequest Get(string path, string doing) => new(HttpMethod.Get, path, doing);
}
