namespace Packit.Service.Dashboard.Words;

/// <summary>Who has to act.</summary>
internal static class Who
{
    public const string Service = "This service";
    public const string Packagers = "Maintainers of the package";
    public const string Upstream = "Maintainers of the project";
    public const string Operators = "Operators of this service";
}

/// <summary>How much a step needs somebody; what needs more is shown first.</summary>
public enum Urgency
{
    Nothing,

    /// <summary>It goes on by itself.</summary>
    Waiting,

    /// <summary>A person has to act.</summary>
    Person,

    Failed,
}
