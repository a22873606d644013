namespace Packit.Sandbox;

/// <summary>Who stands in a commit.</summary>
public sealed record Person(string Name, string Email);
