namespace Packit.GitHub;

/// <summary>The JSON form of a file, for servers that do not know the raw one.</summary>
internal sealed record ContentFile(string Type, string? Encoding = null, string? Content = null);
