namespace Packit.Bodhi;

/// <summary>One entry of Bodhi's error document.</summary>
/// <param name="Location">Where the wrong thing stood: <c>body</c>, <c>querystring</c>, <c>url</c>, <c>cookies</c>, <c>header</c>.</param>
/// <param name="Name">The field.</param>
/// <param name="Description">Bodhi's own words.</param>
/// <remarks>Cornice: error responses.</remarks>
public sealed record BodhiError(string? Location = null, string? Name = null, string? Description = null)
{
    public override string ToString() => $"{Name}: {Description}";
}

/// <summary>The error document.</summary>
internal sealed record BodhiErrorBody(IReadOnlyList<BodhiError> Errors);
