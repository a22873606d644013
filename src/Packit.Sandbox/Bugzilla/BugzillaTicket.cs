namespace Packit.Sandbox.Bugzilla;

/// <summary>A ticket as it was filed.</summary>
/// <param name="Component">The package.</param>
public sealed record BugzillaTicket(int Id, string Component, string Summary)
{
    public string Product { get; init; } = "Fedora";

    public string Status { get; init; } = "NEW";

    /// <summary>Login of who filed it.</summary>
    public string Creator { get; init; } = "upstream-release-monitoring@fedoraproject.org";

    /// <summary>Name of who filed it.</summary>
    public string CreatorName { get; init; } = "Upstream Release Monitoring";
}
