namespace Packit.Automation.Storage;

/// <summary>The name of an enum value in the database, the API and on pages. It never follows a rename in the code.</summary>
[AttributeUsage(AttributeTargets.Field)]
public sealed class WireNameAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}
