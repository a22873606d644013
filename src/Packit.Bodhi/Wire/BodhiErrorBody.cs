namespace Packit.Bodhi;

/// <summary>Bodhi's error document.</summary>
internal sealed record BodhiErrorBody(IReadOnlyList<BodhiError> Errors);

internal sealed record BodhiError(string? Location = null, string? Name = null, string? Description = null)
{
    public override string ToString() => $"{Name}: {Description}";
}
