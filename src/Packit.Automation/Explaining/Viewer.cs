namespace Packit.Automation.Explaining;

/// <summary>Who reads an explanation.</summary>
public enum Viewer
{
    /// <summary>Anybody, on the dashboard: nothing of private projects.</summary>
    Anybody,

    /// <summary>Who has the service's database in their hands anyway.</summary>
    Operator,
}
